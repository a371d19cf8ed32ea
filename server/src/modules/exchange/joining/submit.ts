import type { Context, ReadContext } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, eq, gt, inArray, isNull, notInArray } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { MOST_OF_NETWORK } from '../connecting.ts';
import { nodeInUse } from '../controllers/letting.ts';
import { networkOf } from '../controllers/store.ts';
import { members } from '../controllers/tables.ts';
import { findFabric } from '../find.ts';
import { connections, participants, type FabricRow } from '../tables.ts';
import { PeerStanding } from './port.ts';
import './problems.ts';
import { asnFault, fabricRefusal, MOST_AN_HOUR, MOST_OPEN, OPEN, rightFor, type AsnRight } from './rules.ts';
import { announce } from './store.ts';
import { requests, type RequestRow } from './tables.ts';

export interface Wish {
  asn: number;
  nodeId?: string | undefined;
  notes?: string | undefined;
  roleStrict: boolean;
}

const WORDS = {
  'asn-not-authorized': (asn: number) => `Nothing says that you speak for AS${asn}. Sign in with a PeeringDB account that may update the network, or ask the operator.`, // prettier-ignore
  'asn-right-stale': (asn: number) => `PeeringDB said more than 30 days ago that you speak for AS${asn}. Sign in with PeeringDB again.`,
} as const;

export const standingOf = (ctx: ReadContext) => ctx.once('peer-standing', () => ctx.provider(PeerStanding).of(ctx.tenantId, ctx.actor.id));

export function requireNetworked({ slug, orphanedFrom }: Pick<FabricRow, 'slug' | 'orphanedFrom'>): void {
  if (orphanedFrom !== null) throw new Problem('fabric-inactive', `The fabric "${slug}" was taken off its ZeroTier network and is on none yet.`);
}

/** By whose word the caller speaks for the network, if they may ask for this fabric at all. The first thing that is wrong is what they hear. */
export async function eligible(ctx: ReadContext, fabric: FabricRow, asn: number): Promise<AsnRight> {
  const { slug, access } = fabric;
  if (access === 'closed') throw new Problem('fabric-closed', `The fabric "${slug}" takes no new networks.`);
  requireNetworked(fabric);
  const fault = asnFault(asn, fabric.allowPrivateAsns);
  if (fault !== undefined) throw new Problem('asn-not-allowed', `AS${asn} ${fault}.`);
  const { rights, fabrics: grants } = await standingOf(ctx);
  const right = rightFor(rights, asn);
  if (typeof right === 'string') throw new Problem(right, WORDS[right](asn));
  const networkId = (await networkOf(ctx, fabric.id))?.networkId ?? null;
  if (fabricRefusal({ id: fabric.id, access, networkId }, grants, right) !== undefined)
    throw new Problem('fabric-not-authorized', `You may not ask for the fabric "${slug}". Ask its operator for a grant.`);
  return right;
}

const mine = ({ tenantId }: ReadContext, fabricId: string) =>
  and(eq(requests.tenantId, tenantId), eq(requests.fabricId, fabricId), inArray(requests.status, [...OPEN]));

const tooMany = (limit: string, value: number, words: string): Problem => new Problem('limit-reached', words, { limit, value });

/** Connections of a network that came of no open request: an operator made them. */
async function connectedByHand({ db, tenantId }: ReadContext, fabricId: string, asn: number, known: readonly RequestRow[]): Promise<number> {
  const ids = known.flatMap(({ connectionId }) => connectionId ?? []);
  const rows = await db
    .select({ id: connections.id })
    .from(connections)
    .innerJoin(participants, and(eq(participants.tenantId, connections.tenantId), eq(participants.id, connections.participantId)))
    .where(and(eq(connections.tenantId, tenantId), eq(connections.fabricId, fabricId), eq(participants.asn, asn), ids.length > 0 ? notInArray(connections.id, ids) : undefined)); // prettier-ignore
  return rows.length;
}

async function requireWithin(ctx: ReadContext, fabric: FabricRow, asn: number): Promise<void> {
  const { db, tenantId, actor, now } = ctx;
  const own = and(eq(requests.tenantId, tenantId), eq(requests.requesterId, actor.id));
  const open = await db.$count(requests, and(own, inArray(requests.status, [...OPEN])));
  if (open >= MOST_OPEN) throw tooMany('open', MOST_OPEN, `You have ${MOST_OPEN} open requests and ports, and that is the most.`);
  const lately = await db.$count(requests, and(own, gt(requests.createdAt, new Date(now().getTime() - 3_600_000))));
  if (lately >= MOST_AN_HOUR) throw tooMany('hour', MOST_AN_HOUR, `You made ${MOST_AN_HOUR} requests within an hour. Wait a while.`);
  const known = await db.select().from(requests).where(and(mine(ctx, fabric.id), eq(requests.asn, asn))); // prettier-ignore
  if (known.length + (await connectedByHand(ctx, fabric.id, asn, known)) >= MOST_OF_NETWORK)
    throw tooMany('network', MOST_OF_NETWORK, `AS${asn} has ${MOST_OF_NETWORK} ports or requests on the fabric "${fabric.slug}".`);
}

/** To somebody else's a member hears that it is taken, and nothing of whose it is. */
function duplicate(row: RequestRow, { actor }: ReadContext, slug: string): Problem {
  const own = row.requesterId === actor.id ? { existing_request_id: row.id, link: `/api/v1/exchange/ports/${row.id}` } : {};
  return new Problem(
    'duplicate-request',
    `AS${row.asn} has asked for the fabric "${slug}"${row.nodeId === null ? '' : ' with this node'} already.`,
    own,
  );
}

export async function requireSingle(ctx: ReadContext, { id: fabricId, slug }: FabricRow, { asn, nodeId }: Pick<Wish, 'asn' | 'nodeId'>, but?: string): Promise<void> {
  const { db, tenantId } = ctx;
  const same = nodeId === undefined ? and(isNull(requests.nodeId), eq(requests.asn, asn)) : eq(requests.nodeId, nodeId);
  const [row] = (await db.select().from(requests).where(and(mine(ctx, fabricId), same))).filter(({ id }) => id !== but);
  if (row?.asn === asn) throw duplicate(row, ctx, slug);
  if (row) throw nodeInUse(nodeId!, slug);
  if (nodeId === undefined) return;
  const there = await db.$count(members, and(eq(members.tenantId, tenantId), eq(members.fabricId, fabricId), eq(members.nodeId, nodeId)));
  if (there > 0) throw nodeInUse(nodeId, slug);
} // prettier-ignore

/** Writes the request down, if nothing speaks against it. */
export async function submit(ctx: Context, fabricId: string, wish: Wish): Promise<{ request: RequestRow; fabric: FabricRow }> {
  const { db, tenantId, actor, now } = ctx;
  // One at a time on a fabric, so that limits hold and of two that ask for the same the second hears so.
  const fabric = await findFabric(ctx, fabricId, true);
  const right = await eligible(ctx, fabric, wish.asn);
  await requireWithin(ctx, fabric, wish.asn);
  await requireSingle(ctx, fabric, wish);
  const proof = { rightSource: right.source, rightVerifiedAt: right.verifiedAt, networkName: right.name?.slice(0, 100) ?? null };
  const at = { statusAt: now(), createdAt: now(), updatedAt: now() };
  const [request] = await db
    .insert(requests)
    .values({
      tenantId,
      id: newId(),
      fabricId: fabric.id,
      requesterId: actor.id,
      requesterName: actor.name,
      ...proof,
      ...wish,
      status: 'pending',
      ...at,
    })
    .returning()
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? new Problem('duplicate-request', `AS${wish.asn} has asked for the fabric "${fabric.slug}" already.`) : error;
    });
  await announce(ctx, { request: request!, fabric }, null);
  return { request: request!, fabric };
}
