import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Work, WorkContext } from '#kernel/work.ts';
import type { Joined } from '../find.ts';
import './problems.ts';
import { addressesOf, findController, memberOfConnection, requireNetwork, type Place } from './store.ts';
import { members, type ControllerRow, type MemberRow, type NetworkRow } from './tables.ts';
import { openController, requireReady, tokenInUse } from './talk.ts';

export const nodeInUse = (node: string, slug: string): Problem =>
  new Problem('node-in-use', `Node ${node} is on the fabric "${slug}" for another connection, or this connection has another node.`);

/** Taken before the controller is told: nobody else lets the same node on for another network. */
export async function takeNode(ctx: Place & Pick<WorkContext, 'now'>, { connection, fabric }: Pick<Joined, 'connection' | 'fabric'>, nodeId: string): Promise<void> {
  const there = await memberOfConnection(ctx, connection.id);
  if (there && there.nodeId !== nodeId) throw nodeInUse(nodeId, fabric.slug);
  if (there) return;
  const { db, tenantId, now } = ctx;
  const at = { observedAt: now(), createdAt: now(), updatedAt: now() };
  await db.insert(members).values({ tenantId, id: newId(), connectionId: connection.id, fabricId: fabric.id, nodeId, authorized: false, addresses: [], revision: 0, ...at }).catch((error: unknown) => {
    throw isUniqueViolation(error) ? nodeInUse(nodeId, fabric.slug) : error;
  });
} // prettier-ignore

interface Route {
  network: NetworkRow;
  controller: ControllerRow;
}
/** Where members of a fabric are kept; throws unless the controller is ready to be written to. */
export async function readyRoute(place: Place, fabric: { id: string; slug: string }, now: Date): Promise<Route> {
  const network = await requireNetwork(place, fabric);
  const controller = await findController(place, network.controllerId);
  requireReady(controller, now);
  return { network, controller };
}
const routeOf = (work: Work, fabric: { id: string; slug: string }): Promise<Route> => work.tx((ctx) => readyRoute(ctx, fabric, work.now()));

const ofConnection = ({ tenantId }: Place, id: string) => and(eq(members.tenantId, tenantId), eq(members.connectionId, id));

/** Has the controller let the node of a connection on, with its addresses, and reads back that it has. */
export async function letOn(work: Work, found: Joined, nodeId: string): Promise<MemberRow> {
  const { network, controller } = await routeOf(work, found.fabric);
  const { addresses, authorized, revision } = await work.step('member', `Authorise ${nodeId} at ${controller.name}`, async () => {
    const told = { authorized: true, addresses: addressesOf(found.connection), name: `AS${found.participant.asn} ${found.connection.tag}` };
    return openController(work, controller, await tokenInUse(work, controller)).upsertMember(network.networkId, nodeId, told);
  });
  return work.tx(async (ctx) => {
    const seen = { addresses, authorized, revision, observedAt: ctx.now(), updatedAt: ctx.now() };
    const [row] = await ctx.db.update(members).set(seen).where(ofConnection(ctx, found.connection.id)).returning();
    ctx.emit('exchange.member.authorized', { id: row!.id, fabricId: found.fabric.id, asn: found.participant.asn, nodeId });
    return row!;
  });
}

type Gone = Pick<Joined, 'fabric' | 'participant'> & { member: MemberRow };

const tellGone = (ctx: WorkContext, { member, fabric, participant }: Gone): void =>
  ctx.emit('exchange.member.deauthorized', { id: member.id, fabricId: fabric.id, asn: participant.asn, nodeId: member.nodeId });

/** De-authorises a node, which keeps its place. */
export async function shutOut(work: Work, gone: Gone): Promise<void> {
  const { member, fabric } = gone;
  const { network, controller } = await routeOf(work, fabric);
  const { revision } = await work.step('member', `De-authorise ${member.nodeId} at ${controller.name}`, async () => {
    const told = await openController(work, controller, await tokenInUse(work, controller)).deauthorizeMember(network.networkId, member.nodeId);
    return { revision: told?.revision ?? member.revision };
  });
  await work.tx(async (ctx) => {
    const seen = { authorized: false, revision, observedAt: ctx.now(), updatedAt: ctx.now() };
    await ctx.db.update(members).set(seen).where(ofConnection(ctx, member.connectionId));
    tellGone(ctx, gone);
  });
}

/** De-authorises a node and forgets it, there and here. */
export async function letGo(work: Work, gone: Gone): Promise<void> {
  const { member, fabric } = gone;
  const { network, controller } = await routeOf(work, fabric);
  await work.step('member', `Take ${member.nodeId} off at ${controller.name}`, async () => {
    await openController(work, controller, await tokenInUse(work, controller)).deleteMember(network.networkId, member.nodeId);
    return {};
  });
  await work.tx(async (ctx) => {
    await ctx.db.delete(members).where(ofConnection(ctx, member.connectionId));
    tellGone(ctx, gone);
  });
}
