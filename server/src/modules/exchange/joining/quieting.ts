import { and, eq } from '#kernel/drizzle.ts';
import type { DeliveredEvent } from '#kernel/module.ts';
import type { Work, WorkContext } from '#kernel/work.ts';
import { reachedOn, type Reached } from '../applying/following.ts';
import { memberOfConnection } from '../controllers/store.ts';
import { findConnection, type Joined, type Place } from '../find.ts';
import { findRouteServer } from '../route-server-rows.ts';
import { release } from './releasing.ts';
import { asked, findRequest, move } from './store.ts';
import { requests } from './tables.ts';
import { finishJoining, speaks } from './telling.ts';

/** So long the node of a port stays on while route servers are being told. What they hear later does not hold the rest back. */
const LONGEST_SECONDS = 90;

/** Route servers that are known to speak with a peer still, by what they confirmed last. */
export async function speakersOf(place: Place, joined: Joined): Promise<Reached[]> {
  const found: Reached[] = [];
  for (const reached of await reachedOn(place, joined.fabric.id)) if (await speaks(place, joined, reached)) found.push(reached);
  return found;
}

/** It can be told now, and will be by itself. */
const isHearing = ({ access: { follow, followedBy, state, attempts, holdUntil } }: Reached, now: Date): boolean =>
  follow && followedBy !== null && state === 'ready' && attempts === 0 && (holdUntil === null || holdUntil <= now);

/** Waits until the route servers that hear of it have let go of the sessions. Answers those that speak with the peer still. */
export async function untilQuiet(work: Work, joined: Joined): Promise<string[]> {
  const end = work.now().getTime() + LONGEST_SECONDS * 1_000;
  const speaking = await work.until('Route servers let go of it', async () => {
    const left = await work.tx((ctx) => speakersOf(ctx, joined));
    const isWorthWaiting = left.some((one) => isHearing(one, work.now())) && work.now().getTime() < end;
    return isWorthWaiting ? undefined : left.map(({ server }) => server.handle);
  });
  if (speaking.length > 0) await work.log(`Out of reach, held, or applied to by hand: ${speaking.join(', ')}. The node is taken off all the same.`, 'warn');
  return speaking;
} // prettier-ignore

/** Ports whose node is off already, and which wait for nothing but route servers. */
async function finishLeaving(ctx: WorkContext, fabricId: string): Promise<void> {
  const leaving = and(eq(requests.tenantId, ctx.tenantId), eq(requests.fabricId, fabricId), eq(requests.status, 'leaving'));
  for (const { request } of await asked(ctx).where(leaving)) {
    if (request.connectionId === null || (await memberOfConnection(ctx, request.connectionId))) continue;
    const joined = await findConnection(ctx, request.connectionId);
    // A Change that is at work on it begins by stopping it.
    if (joined.connection.state === 'active' || (await speakersOf(ctx, joined)).length > 0) continue;
    const found = await findRequest(ctx, request.id, true);
    if (found.request.status !== 'leaving') continue;
    await move(ctx, found, 'left', { connectionId: null });
    await release(ctx, joined);
  }
}

/** Ports of a fabric that wait for route servers: whether those have let go of them, or have taken them. */
export async function settlePorts(ctx: WorkContext, fabricId: string): Promise<void> {
  await finishLeaving(ctx, fabricId);
  await finishJoining(ctx, fabricId);
}

/** A server has taken a configuration, or is there no more. */
export async function onServer(ctx: WorkContext, { data }: DeliveredEvent): Promise<void> {
  const found = await findRouteServer(ctx, String(data['id'])).catch(() => undefined);
  if (found) await settlePorts(ctx, found.fabric.id);
}
