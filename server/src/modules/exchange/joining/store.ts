import type { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { Figures } from '#kernel/figures.ts';
import { and, eq, inArray, sql } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { WorkContext } from '#kernel/work.ts';
import { fabricTarget, type Place } from '../find.ts';
import type { Health } from '../observing/rules.ts';
import { connections, fabrics, type FabricRow } from '../tables.ts';
import { StatusTrail } from './port.ts';
import './problems.ts';
import { canMove, OPEN, type Status } from './rules.ts';
import type { JoinRequest } from './schemas.ts';
import { requests, type RequestRow } from './tables.ts';

export interface Asked {
  request: RequestRow;
  fabric: FabricRow;
  /** Of its connection, where it has one. */
  health?: Health | null;
}
export const asked = ({ db }: Place) =>
  db
    .select({ request: requests, fabric: fabrics, health: connections.health })
    .from(requests)
    .innerJoin(fabrics, and(eq(fabrics.tenantId, requests.tenantId), eq(fabrics.id, requests.fabricId)))
    .leftJoin(connections, and(eq(connections.tenantId, requests.tenantId), eq(connections.id, requests.connectionId)));

const notFound = (id: string): Problem => new Problem('exchange-request-not-found', `There is no join request "${id.slice(0, 64)}".`);

export async function findRequest(place: Place, id: string, lock = false): Promise<Asked> {
  const query = asked(place).where(and(eq(requests.tenantId, place.tenantId), eq(requests.id, id)));
  const [row] = isUuid(id) ? await (lock ? query.for('no key update', { of: requests }) : query) : [];
  if (!row) throw notFound(id);
  return row;
}
/** Read once per call: the target resolver, the plan and the handler look at the same row. */
export const requestOf = (ctx: ReadContext, id: string): Promise<Asked> => ctx.once(`join-request:${id}`, () => findRequest(ctx, id));

/** One's own; those of others do not exist. */
export async function ownRequestOf(ctx: ReadContext, id: string): Promise<Asked> {
  const found = await requestOf(ctx, id);
  if (found.request.requesterId !== ctx.actor.id) throw notFound(id);
  return found;
}

export const nameOf = ({ request, fabric }: Asked): string => `AS${request.asn} on ${fabric.slug}`;

export const oneRequest = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => [fabricTarget((await requestOf(ctx, id)).fabric)];
export const oneOwn = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => [fabricTarget((await ownRequestOf(ctx, id)).fabric)];

export const notFrom = (status: Status, wanted: string): Problem =>
  new Problem('invalid-state-transition', `The request is ${status}; it cannot be ${wanted}.`, { current_status: status });

/** Throws unless the status may be followed by the other one. */
export function requireMove({ request }: Asked, to: Status): void {
  if (!canMove(request.status, to)) throw notFrom(request.status, to);
}

/** Nobody decides on what they asked for themselves, nor does what acts for them. */
export function requireOther({ request }: Asked, { actor }: Pick<ReadContext, 'actor'>): void {
  if (request.requesterId === actor.id || request.requesterId === actor.ownerId)
    throw new Problem('self-decision-forbidden', 'Nobody decides on a request that they made themselves. Somebody else has to.');
}

/** Whoever moves a request: a person's call, a job, or the clock. */
export type Mover = Pick<WorkContext, 'db' | 'tenantId' | 'now' | 'emit' | 'actor' | 'provider' | 'changeId'>;

/**
 * The only way from one status to another: whoever is first moves it, and who comes later hears where it stands. Announced with it, in the
 * same transaction.
 */
export async function move(ctx: Mover, { request: { id, status: from, statusSeq, statusAt }, fabric }: Asked, to: Status, patch: Partial<RequestRow> = {}): Promise<RequestRow> {
  const { db, tenantId, now } = ctx;
  if (!canMove(from, to)) throw notFrom(from, to);
  const here = and(eq(requests.tenantId, tenantId), eq(requests.id, id), eq(requests.status, from), eq(requests.statusSeq, statusSeq));
  const next = { status: to, statusSeq: statusSeq + 1, statusAt: now(), updatedAt: now(), version: sql`${requests.version} + 1` };
  const [row] = await db.update(requests).set({ ...patch, ...next }).where(here).returning();
  if (!row) throw notFrom((await findRequest(ctx, id)).request.status, to);
  await announce(ctx, { request: row, fabric }, from);
  ctx.provider(Figures).requestMoved(from, to, Math.max(0, (now().getTime() - statusAt.getTime()) / 1_000));
  return row;
} // prettier-ignore

/** One event and one entry in the trail for each step, in the transaction that takes it. */
export async function announce(ctx: Mover, found: Asked, from: Status | null): Promise<void> {
  const { request, fabric } = found;
  const { id, asn, status, statusSeq, requesterId, reason } = request;
  const summary = `AS${asn} on ${fabric.slug}: ${status}`;
  ctx.emit(`exchange.request.${status}`, {
    id,
    fabricId: fabric.id,
    fabric: fabric.slug,
    asn,
    status,
    statusSeq,
    requesterId,
    recipients: [requesterId],
    summary,
    reason,
  });
  const targets = [{ type: 'exchangeJoinRequest', id, name: nameOf(found) }, fabricTarget(fabric)];
  await ctx.provider(StatusTrail).write(ctx, { targets, from, to: status, rule: status === 'approved' ? request.decisionRule : null });
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

export const requestView = ({ request, fabric, health = null }: Asked): z.input<typeof JoinRequest> => {
  const { tenantId: _tenant, requesterId, requesterName, rightSource, rightVerifiedAt, networkName, ...row } = request;
  return {
    ...row,
    fabric: fabric.slug,
    fabricName: fabric.name,
    health,
    network: networkName,
    requester: { id: requesterId, name: requesterName },
    right: { source: rightSource, verifiedAt: rightVerifiedAt.toISOString() },
    statusAt: row.statusAt.toISOString(),
    decidedAt: iso(row.decidedAt),
    provisionedAt: iso(row.provisionedAt),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
};

export const openRequestsOn = ({ db, tenantId }: Place, fabricId: string): Promise<number> =>
  db.$count(requests, and(eq(requests.tenantId, tenantId), eq(requests.fabricId, fabricId), inArray(requests.status, [...OPEN])));

/** What came of a request goes by way of the request. */
export async function requireNoRequest({ db, tenantId }: Place, connectionId: string): Promise<void> {
  const [row] = await db
    .select({ id: requests.id })
    .from(requests)
    .where(and(eq(requests.tenantId, tenantId), eq(requests.connectionId, connectionId)));
  if (row) throw new Problem('exchange-in-use', `The connection came of join request ${row.id}. Remove that port with exchange.ports.remove.`);
}
