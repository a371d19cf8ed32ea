import { z } from 'zod';
import { defineModule } from '#kernel/module.ts';
import { events as backupEvents, operations as backingUp, schedules as backupSchedules } from './backups/index.ts';
import { events as brandingEvents, operations as branding } from './branding/index.ts';
import { exchangeControllersCreate } from './controllers/operations/exchange.controllers.create.ts';
import { exchangeControllersDelete } from './controllers/operations/exchange.controllers.delete.ts';
import { exchangeControllersGet } from './controllers/operations/exchange.controllers.get.ts';
import { exchangeControllersList } from './controllers/operations/exchange.controllers.list.ts';
import { exchangeControllersPreflight } from './controllers/operations/exchange.controllers.preflight.ts';
import { exchangeControllersReloadToken } from './controllers/operations/exchange.controllers.reloadToken.ts';
import { exchangeControllersUpdate } from './controllers/operations/exchange.controllers.update.ts';
import { exchangeMembersAuthorize } from './controllers/operations/exchange.members.authorize.ts';
import { exchangeMembersDeauthorize } from './controllers/operations/exchange.members.deauthorize.ts';
import { exchangeMembersList } from './controllers/operations/exchange.members.list.ts';
import { exchangeNetworksBind } from './controllers/operations/exchange.networks.bind.ts';
import { exchangeNetworksUnbind } from './controllers/operations/exchange.networks.unbind.ts';
import './controllers/problems.ts';
import { watchControllers } from './controllers/watch.ts';
import { operations as knowing, schedules as factSchedules } from './facts/index.ts';
import { events as irrEvents, operations as registering, schedules as irrSchedules } from './irr/index.ts';
import { operations as looking } from './looking/index.ts';
import { events as joiningEvents, on as joiningOn, operations as joining, schedules as joiningSchedules } from './joining/index.ts';
import { exchangeConnectionsCreate } from './operations/exchange.connections.create.ts';
import { exchangeConnectionsDelete } from './operations/exchange.connections.delete.ts';
import { exchangeConnectionsGet } from './operations/exchange.connections.get.ts';
import { exchangeConnectionsList } from './operations/exchange.connections.list.ts';
import { exchangeConnectionsUpdate } from './operations/exchange.connections.update.ts';
import { exchangeFabricsCreate } from './operations/exchange.fabrics.create.ts';
import { exchangeFabricsDelete } from './operations/exchange.fabrics.delete.ts';
import { exchangeFabricsGet } from './operations/exchange.fabrics.get.ts';
import { exchangeFabricsList } from './operations/exchange.fabrics.list.ts';
import { exchangeFabricsUpdate } from './operations/exchange.fabrics.update.ts';
import { exchangeParticipantsCreate } from './operations/exchange.participants.create.ts';
import { exchangeParticipantsDelete } from './operations/exchange.participants.delete.ts';
import { exchangeParticipantsGet } from './operations/exchange.participants.get.ts';
import { exchangeParticipantsList } from './operations/exchange.participants.list.ts';
import { exchangeParticipantsUpdate } from './operations/exchange.participants.update.ts';
import { exchangeRouteServersConfig } from './operations/exchange.routeServers.config.ts';
import { exchangeRouteServersCreate } from './operations/exchange.routeServers.create.ts';
import { exchangeRouteServersDelete } from './operations/exchange.routeServers.delete.ts';
import { exchangeRouteServersExport } from './operations/exchange.routeServers.export.ts';
import { exchangeRouteServersGet } from './operations/exchange.routeServers.get.ts';
import { exchangeRouteServersList } from './operations/exchange.routeServers.list.ts';
import { exchangeRouteServersUpdate } from './operations/exchange.routeServers.update.ts';
import './problems.ts';
import { exchangeGenerationsGet } from './applying/operations/exchange.generations.get.ts';
import { exchangeGenerationsList } from './applying/operations/exchange.generations.list.ts';
import { exchangeRouteServersApply } from './applying/operations/exchange.routeServers.apply.ts';
import { exchangeRouteServersConverge } from './applying/operations/exchange.routeServers.converge.ts';
import { exchangeRouteServersFollow } from './applying/operations/exchange.routeServers.follow.ts';
import { exchangeRouteServersHold } from './applying/operations/exchange.routeServers.hold.ts';
import { exchangeRouteServersPlan } from './applying/operations/exchange.routeServers.plan.ts';
import { exchangeRouteServersRollback } from './applying/operations/exchange.routeServers.rollback.ts';
import { exchangeSyncList } from './applying/operations/exchange.sync.list.ts';
import { reactions } from './applying/react.ts';
import { FINDING_CLASSES } from './applying/schemas.ts';
import { watchRouteServers } from './applying/watch.ts';
import { events as findingEvents, operations as findings } from './findings/index.ts';
import { watchPorts } from './findings/ports.ts';
import {
  events as maintenanceEvents,
  exchangeMaintenanceBegin,
  operations as maintaining,
  schedules as maintenanceSchedules,
} from './maintaining/index.ts';
import { events as observed } from './observing/index.ts';
import './applying/problems.ts';
import { exchangeRouteServersCheck } from './ssh/operations/exchange.routeServers.check.ts';
import { exchangeRouteServersConnect } from './ssh/operations/exchange.routeServers.connect.ts';
import { exchangeRouteServersDisconnect } from './ssh/operations/exchange.routeServers.disconnect.ts';
import { exchangeRouteServersSetup } from './ssh/operations/exchange.routeServers.setup.ts';
import { exchangeRouteServersStatus } from './ssh/operations/exchange.routeServers.status.ts';
import { ACCESS_STATES } from './ssh/schemas.ts';
import './ssh/problems.ts';
import { exchangeRequestsApprove } from './joining/operations/exchange.requests.approve.ts';
import { exchangeMembersExport } from './publishing/operations/exchange.members.export.ts';
import { exchangeMembersLists } from './publishing/operations/exchange.members.lists.ts';

export { exchangeMaintenanceBegin, exchangeRequestsApprove, exchangeRouteServersApply, exchangeRouteServersConverge };

const fabric = z.object({ id: z.uuid(), slug: z.string() });
const participant = z.object({ id: z.uuid(), asn: z.int() });
const routeServer = z.object({ id: z.uuid(), handle: z.string() });
const generation = routeServer.extend({ number: z.int() });
const controller = z.object({ id: z.uuid(), name: z.string() });
const network = z.object({ fabricId: z.uuid(), fabric: z.string(), networkId: z.string() });
const member = z.object({ id: z.uuid(), fabricId: z.uuid(), asn: z.int(), nodeId: z.string() });
const connection = z.object({ id: z.uuid(), fabricId: z.uuid(), asn: z.int() });

/** An Internet exchange: peering LANs, the networks that meet on them, and how they are connected. */
export const exchange = defineModule({
  name: 'exchange',
  migrations: new URL('./migrations/', import.meta.url),
  operations: [
    exchangeFabricsList, exchangeFabricsGet, exchangeFabricsCreate, exchangeFabricsUpdate, exchangeFabricsDelete,
    exchangeParticipantsList, exchangeParticipantsGet, exchangeParticipantsCreate, exchangeParticipantsUpdate, exchangeParticipantsDelete,
    exchangeConnectionsList, exchangeConnectionsGet, exchangeConnectionsCreate, exchangeConnectionsUpdate, exchangeConnectionsDelete,
    exchangeRouteServersList, exchangeRouteServersGet, exchangeRouteServersCreate, exchangeRouteServersUpdate, exchangeRouteServersDelete,
    exchangeRouteServersConfig, exchangeRouteServersExport,
    exchangeControllersList, exchangeControllersGet, exchangeControllersCreate, exchangeControllersDelete, exchangeControllersPreflight,
    exchangeControllersReloadToken, exchangeControllersUpdate, exchangeNetworksBind, exchangeNetworksUnbind, exchangeMembersList, exchangeMembersAuthorize,
    exchangeMembersDeauthorize,
    exchangeRouteServersConnect, exchangeRouteServersDisconnect, exchangeRouteServersSetup, exchangeRouteServersCheck,
    exchangeRouteServersStatus, exchangeRouteServersApply, exchangeRouteServersConverge, exchangeRouteServersRollback, exchangeRouteServersFollow,
    exchangeRouteServersHold, exchangeRouteServersPlan, exchangeGenerationsList, exchangeGenerationsGet, exchangeSyncList,
    ...backingUp, ...joining, exchangeMembersExport, exchangeMembersLists, ...looking, ...findings, ...knowing, ...registering, ...maintaining, ...branding,
  ], // prettier-ignore
  events: {
    'exchange.fabric.created': { summary: 'A peering LAN was added', data: fabric },
    'exchange.fabric.updated': { summary: 'A peering LAN was changed', data: fabric },
    'exchange.fabric.deleted': { summary: 'A peering LAN was removed', data: fabric },
    'exchange.participant.created': { summary: 'A network was added to the exchange', data: participant },
    'exchange.participant.updated': { summary: 'What is known of a network was changed', data: participant },
    'exchange.participant.deleted': { summary: 'A network was removed from the exchange', data: participant },
    'exchange.routeServer.created': { summary: 'A route server was added', data: routeServer },
    'exchange.routeServer.updated': { summary: 'A route server was changed', data: routeServer },
    'exchange.routeServer.deleted': { summary: 'A route server was removed', data: routeServer },
    'exchange.connection.created': { summary: 'A network was connected to a peering LAN', data: connection },
    'exchange.connection.updated': { summary: 'A connection was changed', data: connection },
    'exchange.connection.deleted': { summary: 'A network was taken off a peering LAN', data: connection },
    'exchange.controller.created': { summary: 'A ZeroTier controller was added', data: controller },
    'exchange.controller.updated': { summary: 'How a ZeroTier controller is backed up was changed', data: controller },
    'exchange.controller.deleted': { summary: 'A ZeroTier controller was forgotten', data: controller },
    'exchange.controller.ready': { summary: 'A ZeroTier controller passed its preflight', data: controller.extend({ code: z.null() }) },
    'exchange.controller.blocked': {
      summary: 'A ZeroTier controller failed its preflight: nothing is written to it',
      data: controller.extend({ code: z.string() }),
    },
    'exchange.controller.token_reloaded': {
      summary: 'Another token of a ZeroTier controller is in use',
      data: controller.extend({ mark: z.string() }),
    },
    'exchange.network.bound': { summary: 'A peering LAN was put on a ZeroTier network', data: network },
    'exchange.network.unbound': { summary: 'A peering LAN was taken off its ZeroTier network', data: network },
    'exchange.member.authorized': { summary: 'A node was let onto the network of a peering LAN', data: member },
    'exchange.member.deauthorized': { summary: 'A node was taken off the network of a peering LAN', data: member },
    'exchange.routeServer.connected': {
      summary: 'It was recorded how a route server is reached',
      data: routeServer.extend({ host: z.string(), fingerprint: z.string() }),
    },
    'exchange.routeServer.disconnected': { summary: 'How a route server is reached was forgotten', data: routeServer },
    'exchange.routeServer.drifted': {
      summary: 'A route server has something else than it confirmed',
      data: routeServer.extend({ class: z.enum(FINDING_CLASSES), detail: z.string() }),
    },
    'exchange.generation.confirmed': { summary: 'A route server has taken a configuration', data: generation },
    'exchange.generation.failed': {
      summary: 'A configuration came to nothing on a route server; what it had runs on',
      data: generation.extend({ code: z.string() }),
    },
    'exchange.routeServer.reached': {
      summary: 'A route server is reached again, or no longer',
      data: z.object({ id: z.uuid(), state: z.enum(ACCESS_STATES), code: z.string().nullable() }),
    },
    ...backupEvents,
    ...joiningEvents,
    ...findingEvents,
    ...irrEvents,
    ...maintenanceEvents,
    ...observed,
    ...brandingEvents,
  },
  on: { ...joiningOn, ...reactions },
  schedules: [
    { name: 'exchange-controllers', cron: '*/5 * * * *', outside: watchControllers },
    { name: 'exchange-route-servers', cron: '* * * * *', outside: watchRouteServers },
    { name: 'exchange-ports', cron: '*/5 * * * *', outside: watchPorts },
    ...joiningSchedules,
    ...factSchedules,
    ...irrSchedules,
    ...backupSchedules,
    ...maintenanceSchedules,
  ],
  sealed: [
    { table: 'exchange_controllers', column: 'token', field: "'token'" },
    { table: 'exchange_controller_backups', column: 'archive', field: "'archive'" },
    { table: 'exchange_route_server_access', column: 'private_key_sealed', field: "'private_key_sealed'" },
  ],
});
