import type { ReadContext } from '#kernel/context.ts';
import { findRouteServer, routeServerOf } from '../route-server-rows.ts';
import { requireAccess } from '../ssh/talk.ts';
import type { Place } from '../find.ts';
import type { Reached } from './following.ts';
import { impactOf } from './impact.ts';
import { confirmedOf } from './store.ts';
import type { Impact } from './schemas.ts';
import type { GenerationRow } from './tables.ts';
import { wantedOf, type Wanted } from './wanted.ts';

export async function findReached(place: Place, id: string): Promise<Reached> {
  const found = await findRouteServer(place, id);
  return { ...found, access: await requireAccess(place, found.server) };
}

export interface Prospect extends Reached {
  wanted: Wanted;
  confirmed: GenerationRow | undefined;
  impact: Impact;
}
/** What applying would do, as far as it can be told without asking the server. */
export async function prospectOf(ctx: ReadContext, id: string): Promise<Prospect> {
  const found = await routeServerOf(ctx, id);
  const access = await requireAccess(ctx, found.server);
  const wanted = await wantedOf(ctx, found);
  const confirmed = await confirmedOf(ctx, found.server.id);
  return { ...found, access, wanted, confirmed, impact: impactOf(confirmed?.files ?? [], wanted.files) };
}
