import { exchangeBirdwatcherProtocols } from './operations/exchange.birdwatcher.protocols.ts';
import { exchangeBirdwatcherRoutes } from './operations/exchange.birdwatcher.routes.ts';
import { exchangeBirdwatcherStatus } from './operations/exchange.birdwatcher.status.ts';
import { exchangeLookingglassProtocols } from './operations/exchange.lookingglass.protocols.ts';
import { exchangeLookingglassRefused } from './operations/exchange.lookingglass.refused.ts';
import { exchangeLookingglassRoutes } from './operations/exchange.lookingglass.routes.ts';
import { exchangeLookingglassSearch } from './operations/exchange.lookingglass.search.ts';
import { exchangeLookingglassStatus } from './operations/exchange.lookingglass.status.ts';
import { exchangePublicGlassRoutes } from './operations/exchange.publicGlass.routes.ts';
import { exchangePublicGlassServers } from './operations/exchange.publicGlass.servers.ts';
import { exchangePublicGlassSessions } from './operations/exchange.publicGlass.sessions.ts';
import { exchangePortsRoutes } from './operations/exchange.ports.routes.ts';
import { exchangePortsSessions } from './operations/exchange.ports.sessions.ts';
import './problems.ts';

export const operations = [
  exchangeLookingglassStatus, exchangeLookingglassProtocols, exchangeLookingglassRoutes, exchangeLookingglassRefused, exchangeLookingglassSearch,
  exchangePortsSessions, exchangePortsRoutes, exchangeBirdwatcherStatus, exchangeBirdwatcherProtocols, exchangeBirdwatcherRoutes,
  exchangePublicGlassServers, exchangePublicGlassSessions, exchangePublicGlassRoutes,
]; // prettier-ignore
