import type { Context, ReadContext } from '#kernel/context.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import type { Plan } from '#kernel/plan.ts';
import type { Work, WorkContext } from '#kernel/work.ts';
import { letGo, readyRoute, shutOut } from '../controllers/letting.ts';
import { memberOfConnection, networkOf } from '../controllers/store.ts';
import { findConnection, type Joined } from '../find.ts';
import type { MemberRow } from '../controllers/tables.ts';
import { setConnection } from './provision.ts';
import { speakersOf, untilQuiet } from './quieting.ts';
import { release } from './releasing.ts';
import { findRequest, move, nameOf, requireMove, type Asked } from './store.ts';
import { requests } from './tables.ts';

interface Port {
  found: Asked;
  joined: Joined | undefined;
  member: MemberRow | undefined;
}
async function portOf(ctx: WorkContext, id: string): Promise<Port> {
  const found = await findRequest(ctx, id);
  const { connectionId } = found.request;
  if (connectionId === null) return { found, joined: undefined, member: undefined };
  return { found, joined: await findConnection(ctx, connectionId), member: await memberOfConnection(ctx, connectionId) };
}

/** Routes leave first: route servers let go of a connection when it is no longer active, and only then is the node shut out. */
async function quiet(work: Work, { joined }: Port): Promise<string[]> {
  if (!joined) return [];
  const { connection, fabric, participant } = joined;
  if (connection.state === 'active') await work.tx((ctx) => setConnection(ctx, connection.id, fabric, participant.asn, 'suspended'));
  return untilQuiet(work, joined);
}

/** Stops a port that keeps its node and its addresses. */
export async function suspend(work: Work, id: string): Promise<Asked> {
  const port = await work.tx((ctx) => portOf(ctx, id));
  await quiet(work, port);
  const { joined, member } = port;
  if (joined && member?.authorized) await shutOut(work, { ...joined, member });
  return work.tx((ctx) => findRequest(ctx, id));
}

/**
 * Takes a port away: its routes, then its node, then its addresses. A controller that cannot be reached leaves it `leaving`, to be repeated;
 * a route server that speaks with it still does so too, until it has let go.
 */
export async function leave(work: Work, id: string): Promise<Asked> {
  const port = await work.tx((ctx) => portOf(ctx, id));
  const speaking = await quiet(work, port);
  const { joined, member } = port;
  if (joined && member) await letGo(work, { ...joined, member });
  return work.tx(async (ctx) => {
    const found = await findRequest(ctx, id, true);
    if (found.request.status === 'left' || (joined && speaking.length > 0 && (await speakersOf(ctx, joined)).length > 0)) return found;
    const request = await move(ctx, found, 'left', { connectionId: null });
    if (joined) await release(ctx, joined);
    return { request, fabric: found.fabric };
  });
}

/** One that is leaving already may be told so again: something was out of reach the first time. */
async function requireLeaving(ctx: Pick<ReadContext, 'db' | 'tenantId' | 'now'>, found: Asked): Promise<void> {
  const { request, fabric } = found;
  if (request.status !== 'leaving') requireMove(found, 'leaving');
  const member = request.connectionId === null ? undefined : await memberOfConnection(ctx, request.connectionId);
  if (member && (await networkOf(ctx, fabric.id))) await readyRoute(ctx, fabric, ctx.now());
}

export async function planLeaving(ctx: ReadContext, found: Asked): Promise<Plan> {
  await requireLeaving(ctx, found);
  const { request, fabric } = found;
  return {
    summary: `Take AS${request.asn} off "${fabric.slug}"`,
    changes: [{ action: 'delete', type: 'exchangePort', id: request.id, name: nameOf(found) }],
    downtime: { kind: 'outage', seconds: 0 },
    warnings: [`AS${request.asn} loses every session on this fabric with this port.`, 'Its IPv6 address is never given out again.'],
    reversible: 'Ask for another port; it gets other addresses.',
  };
}

export async function acceptLeaving(ctx: Context, id: string): Promise<void> {
  const found = await findRequest(ctx, id, true);
  await requireLeaving(ctx, found);
  const { changeId } = ctx;
  if (found.request.status !== 'leaving') return void (await move(ctx, found, 'leaving', { changeId }));
  const here = and(eq(requests.tenantId, ctx.tenantId), eq(requests.id, id));
  await ctx.db.update(requests).set({ changeId, version: sql`${requests.version} + 1`, updatedAt: ctx.now() }).where(here); // prettier-ignore
}
