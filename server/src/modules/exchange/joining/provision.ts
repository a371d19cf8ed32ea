import type { ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, eq, inArray } from '#kernel/drizzle.ts';
import { Figures } from '#kernel/figures.ts';
import { newId } from '#kernel/ids.ts';
import type { DeliveredEvent } from '#kernel/module.ts';
import { Problem } from '#kernel/problem.ts';
import type { Work, WorkContext } from '#kernel/work.ts';
import { markDirty } from '../applying/following.ts';
import { connect } from '../connecting.ts';
import { letOn, readyRoute, takeNode } from '../controllers/letting.ts';
import { networkOf } from '../controllers/store.ts';
import { findConnection, type Joined } from '../find.ts';
import { connections, participants, type FabricRow, type ParticipantRow } from '../tables.ts';
import { requireNetworked } from './submit.ts';
import { asked, findRequest, move, type Asked } from './store.ts';
import { activate, missingAt } from './telling.ts';
import type { Stage } from './schemas.ts';
import { requests, type RequestRow } from './tables.ts';

const NAME = 'exchange.requests.approve';

/** Refuses what could not be carried out: a node that is missing, or a controller that takes nothing. Answers whether there is a node to let on. */
export async function requirePossible(ctx: Pick<ReadContext, 'db' | 'tenantId' | 'now'>, { request, fabric }: Asked): Promise<boolean> {
  requireNetworked(fabric);
  if (!(await networkOf(ctx, fabric.id))) return false;
  if (request.nodeId === null)
    throw new Problem('node-id-required', `The fabric "${fabric.slug}" is on a ZeroTier network, and the request names no node.`);
  await readyRoute(ctx, fabric, ctx.now());
  return true;
}

/** Of the network; made from what PeeringDB calls it where it is not known yet. */
async function participantFor({ db, tenantId, now, emit }: WorkContext, { asn, networkName }: RequestRow): Promise<ParticipantRow> {
  const name = networkName?.replaceAll(/\p{Cc}/gu, ' ').trim() || `AS${asn}`;
  const fields = { tenantId, id: newId(), asn, name, createdAt: now(), updatedAt: now() };
  const [made] = await db.insert(participants).values(fields).onConflictDoNothing().returning();
  if (made) emit('exchange.participant.created', { id: made.id, asn });
  const [row] = await db
    .select()
    .from(participants)
    .where(and(eq(participants.tenantId, tenantId), eq(participants.asn, asn)));
  return row!;
}

/**
 * A connection with its addresses, of which route servers know nothing yet. It is kept when what comes later fails, so that another try
 * has the same addresses.
 */
async function reserve(ctx: WorkContext, id: string): Promise<Joined> {
  const { request, fabric } = await findRequest(ctx, id, true);
  if (request.connectionId !== null) return findConnection(ctx, request.connectionId);
  const participant = await participantFor(ctx, request);
  const { connection } = await connect(ctx, NAME, { fabricId: fabric.id, participant }, { roleStrict: request.roleStrict, state: 'suspended' });
  const { addressV6, addressV4 } = connection;
  await ctx.db
    .update(requests)
    .set({ connectionId: connection.id, addressV6, addressV4, updatedAt: ctx.now() })
    .where(and(eq(requests.tenantId, ctx.tenantId), eq(requests.id, id)));
  return { connection, fabric, participant };
}

/** Route servers know a connection while it is active. */
export async function setConnection({ db, tenantId, now, emit }: WorkContext, id: string, fabric: FabricRow, asn: number, state: 'active' | 'suspended'): Promise<void> {
  const here = and(eq(connections.tenantId, tenantId), eq(connections.id, id));
  await db.update(connections).set({ state, updatedAt: now() }).where(here);
  emit('exchange.connection.updated', { id, fabricId: fabric.id, asn });
} // prettier-ignore

async function claim(ctx: WorkContext, id: string): Promise<void> {
  const found = await findRequest(ctx, id, true);
  // A worker before this one may have got as far as here.
  if (found.request.status !== 'provisioning') await move(ctx, found, 'provisioning');
}

/** Route servers are told. Where all have it, or there are none that hear of it, it is active at once; else when they have. */
async function finish(ctx: WorkContext, id: string, joined: Joined): Promise<Asked> {
  const found = await findRequest(ctx, id, true);
  if (found.request.status === 'active') return found;
  await setConnection(ctx, joined.connection.id, found.fabric, joined.participant.asn, 'active');
  await markDirty(ctx, found.fabric.id);
  if ((await missingAt(ctx, joined)).length > 0) return findRequest(ctx, id);
  return { request: await activate(ctx, found), fabric: found.fabric };
}

async function carryOut(work: Work, id: string, at: (stage: Stage) => void): Promise<Asked> {
  await work.tx((ctx) => claim(ctx, id));
  at('gate');
  const hasNode = await work.tx(async (ctx) => requirePossible(ctx, await findRequest(ctx, id)));
  at('address');
  const found = await work.tx((ctx) => reserve(ctx, id));
  await work.log(`AS${found.participant.asn} has ${[found.connection.addressV6, found.connection.addressV4].filter(Boolean).join(' and ')}`);
  at('controller');
  if (hasNode) {
    const { request } = await work.tx((ctx) => findRequest(ctx, id));
    await work.tx((ctx) => takeNode(ctx, found, request.nodeId!));
    await letOn(work, found, request.nodeId!);
  }
  const done = await work.tx((ctx) => finish(ctx, id, found));
  if (done.request.status === 'provisioning') await work.log('It is active once the route servers have it.');
  return done;
}

async function fail(ctx: WorkContext, id: string, stage: Stage, { slug, message }: Pick<Problem, 'slug' | 'message'>): Promise<void> {
  const found = await findRequest(ctx, id, true);
  if (found.request.status !== 'provisioning') return;
  const lastError = { stage, code: slug, message: message.slice(0, 1_000), at: ctx.now().toISOString() };
  await move(ctx, found, 'failed', { failedStage: stage, lastError });
}

/** From approved to active, each part of it safe to repeat. What stops it is written on the request. */
export async function provision(work: Work, id: string): Promise<Asked> {
  let [stage, since]: [Stage, number] = ['gate', performance.now()];
  const measure = (outcome: 'done' | 'failed'): void => {
    work.provider(Figures).provisioned(stage, outcome, (performance.now() - since) / 1_000);
    since = performance.now();
  };
  try {
    const done = await carryOut(work, id, (next) => {
      if (next !== stage) measure('done');
      stage = next;
    });
    measure('done');
    return done;
  } catch (error) {
    measure('failed');
    // A database that is away is no fault of the request: another attempt carries on.
    if (error instanceof Problem && error.slug !== 'dependency-unavailable') await work.tx((ctx) => fail(ctx, id, stage, error));
    throw error;
  }
}

/** The Change ended otherwise than well: what it was setting up does not stay half done without a word. */
export async function ended(ctx: WorkContext, { data }: DeliveredEvent): Promise<void> {
  const changeId = String(data['changeId']);
  if (!isUuid(changeId)) return;
  const half = inArray(requests.status, ['approved', 'provisioning']);
  const [found] = await asked(ctx).where(and(eq(requests.tenantId, ctx.tenantId), eq(requests.changeId, changeId), half));
  if (!found) return;
  const { id } = found.request;
  await claim(ctx, id);
  // Where route servers had begun to take it, they go on.
  const joined = found.request.connectionId === null ? undefined : await findConnection(ctx, found.request.connectionId);
  await fail(ctx, id, joined?.connection.state === 'active' ? 'route_servers' : 'gate', {
    slug: 'provisioning-stalled',
    message: 'The Change that set the port up ended before it was done.',
  });
}
