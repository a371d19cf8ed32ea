import type { ReadContext } from '#kernel/context.ts';
import { isUuid, type Database } from '#kernel/database.ts';
import { and, count, eq, inArray } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { z } from 'zod';
import { connections, fabrics, participants } from '../tables.ts';
import './problems.ts';
import type { BoundNetwork, Controller, Member } from './schemas.ts';
import { controllers, members, networks, type ControllerRow, type MemberRow, type NetworkRow } from './tables.ts';

export interface Place {
  db: Database;
  tenantId: string;
}

/** By id or name; `lock` holds it until the transaction ends. */
export async function findController({ db, tenantId }: Place, idOrName: string, lock = false): Promise<ControllerRow> {
  const query = db
    .select()
    .from(controllers)
    .where(and(eq(controllers.tenantId, tenantId), isUuid(idOrName) ? eq(controllers.id, idOrName) : eq(controllers.name, idOrName)));
  const [row] = await (lock ? query.for('no key update') : query);
  if (!row) throw new Problem('controller-not-found', `There is no controller "${idOrName.slice(0, 64)}". See exchange.controllers.list.`);
  return row;
}
/** Read once per call: the target resolver, the plan and the handler look at the same row. */
export const controllerOf = (ctx: ReadContext, id: string): Promise<ControllerRow> => ctx.once(`controller:${id}`, () => findController(ctx, id));
export const controllerTarget = ({ id, name }: Pick<ControllerRow, 'id' | 'name'>): Target => ({ type: 'exchangeController', id, name });
export const oneController = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => [controllerTarget(await controllerOf(ctx, id))];

export async function networkOf({ db, tenantId }: Place, fabricId: string): Promise<NetworkRow | undefined> {
  const [row] = await db
    .select()
    .from(networks)
    .where(and(eq(networks.tenantId, tenantId), eq(networks.fabricId, fabricId)));
  return row;
}
export async function requireNetwork(place: Place, fabric: { id: string; slug: string }): Promise<NetworkRow> {
  const row = await networkOf(place, fabric.id);
  if (!row) throw new Problem('exchange-network-not-found', `The fabric "${fabric.slug}" is bound to no ZeroTier network. Bind it with exchange.networks.bind.`); // prettier-ignore
  return row;
}

/** Networks of controllers with the fabrics that they carry. */
export async function boundTo({ db, tenantId }: Place, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return db
    .select({ network: networks, fabric: fabrics })
    .from(networks)
    .innerJoin(fabrics, and(eq(fabrics.tenantId, networks.tenantId), eq(fabrics.id, networks.fabricId)))
    .where(and(eq(networks.tenantId, tenantId), inArray(networks.controllerId, [...ids])))
    .orderBy(fabrics.slug);
}

export async function memberCounts({ db, tenantId }: Place, fabricIds: readonly string[]): Promise<(id: string) => number> {
  if (fabricIds.length === 0) return () => 0;
  const rows = await db
    .select({ id: members.fabricId, total: count() })
    .from(members)
    .where(and(eq(members.tenantId, tenantId), inArray(members.fabricId, [...fabricIds])))
    .groupBy(members.fabricId);
  const totals = new Map(rows.map(({ id, total }) => [id, total]));
  return (id) => totals.get(id) ?? 0;
}

export async function controllerViews(place: Place, rows: readonly ControllerRow[]): Promise<z.input<typeof Controller>[]> {
  const bound = await boundTo(place, rows.map(({ id }) => id)); // prettier-ignore
  const counts = await memberCounts(place, bound.map(({ fabric }) => fabric.id)); // prettier-ignore
  return rows.map((row) => {
    const own = bound.filter(({ network }) => network.controllerId === row.id);
    return viewOf(row, own.map(({ network, fabric }) => ({ fabricId: fabric.id, fabric: fabric.slug, networkId: network.networkId, members: counts(fabric.id) }))); // prettier-ignore
  });
}
export const controllerView = async (place: Place, row: ControllerRow): Promise<z.input<typeof Controller>> =>
  (await controllerViews(place, [row]))[0]!;

/** All but the token. */
const viewOf = (
  { tenantId: _tenant, token: _token, restoringUntil: _until, restoringChange: _change, ...row }: ControllerRow,
  bound: z.output<typeof BoundNetwork>[],
) => ({
  ...row,
  networks: bound,
  preflightAt: row.preflightAt?.toISOString() ?? null,
  readyAt: row.readyAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** Members with the connection that each is of. */
export const joinedMembers = ({ db }: Place) =>
  db
    .select({ member: members, fabric: fabrics, participant: participants, connection: connections, networkId: networks.networkId })
    .from(members)
    .innerJoin(fabrics, and(eq(fabrics.tenantId, members.tenantId), eq(fabrics.id, members.fabricId)))
    .innerJoin(connections, and(eq(connections.tenantId, members.tenantId), eq(connections.id, members.connectionId)))
    .innerJoin(participants, and(eq(participants.tenantId, connections.tenantId), eq(participants.id, connections.participantId)))
    .leftJoin(networks, and(eq(networks.tenantId, members.tenantId), eq(networks.fabricId, members.fabricId)));
export type JoinedMember = Awaited<ReturnType<typeof joinedMembers>>[number];

export async function findMember(place: Place, id: string): Promise<JoinedMember> {
  const [row] = isUuid(id) ? await joinedMembers(place).where(and(eq(members.tenantId, place.tenantId), eq(members.id, id))) : [];
  if (!row) throw new Problem('exchange-member-not-found', `There is no member "${id.slice(0, 64)}". See exchange.members.list.`);
  return row;
}
export const memberOf = (ctx: ReadContext, id: string): Promise<JoinedMember> => ctx.once(`exchange-member:${id}`, () => findMember(ctx, id));

/** Of the connection that a node is for; undefined when it has none. */
export async function memberOfConnection({ db, tenantId }: Place, connectionId: string): Promise<MemberRow | undefined> {
  const [row] = await db
    .select()
    .from(members)
    .where(and(eq(members.tenantId, tenantId), eq(members.connectionId, connectionId)));
  return row;
}

export async function requireNoNode(place: Place, connectionId: string): Promise<void> {
  const row = await memberOfConnection(place, connectionId);
  if (row) throw new Problem('exchange-in-use', `Node ${row.nodeId} is on the ZeroTier network for this connection. Take it off first.`);
}

export const memberView = ({ member, fabric, participant, networkId }: JoinedMember): z.input<typeof Member> => ({
  id: member.id,
  connectionId: member.connectionId,
  fabricId: fabric.id,
  fabric: fabric.slug,
  networkId,
  asn: participant.asn,
  participant: participant.name,
  nodeId: member.nodeId,
  authorized: member.authorized,
  addresses: member.addresses,
  revision: member.revision,
  observedAt: member.observedAt.toISOString(),
});

/** Addresses that the controller hands to the node of a connection. */
export const addressesOf = ({ addressV6, addressV4 }: { addressV6: string; addressV4: string | null }): string[] =>
  [addressV6, addressV4].filter((one) => one !== null);
