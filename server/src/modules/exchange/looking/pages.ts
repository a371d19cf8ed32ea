import { pageOfRoutes, requireSearched, routeView, saidBy } from './answers.ts';
import { glassOf, routesOf, type Looker } from './ask.ts';
import type { View } from './schemas.ts';

interface Wanted {
  id: string;
  session: string;
  view: View;
  prefix?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}
/** A page of the routes of one session. */
export async function sessionPage(looker: Looker, operation: string, { id, session, view, prefix, cursor, limit }: Wanted) {
  const glass = await glassOf(looker, id);
  const searched = prefix === undefined ? undefined : requireSearched(operation, prefix);
  const told = await routesOf(looker, glass, session, view);
  const page = pageOfRoutes(told.value, { cursor, limit, searched }, (route) => routeView(route, glass.fabric.rsAsn, view));
  return { ...saidBy(glass.server.handle, told), ...page };
}
