import type { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, eq, gt, inArray, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { WorkContext } from '#kernel/work.ts';
import { controllers } from '../controllers/tables.ts';
import { fabricTarget, type Place } from '../find.ts';
import { requests } from '../joining/tables.ts';
import { fabrics, routeServers } from '../tables.ts';
import './problems.ts';
import { isCurrent, isReloaded, isRepairable } from './rules.ts';
import type { Drift, FindingClass, Mode, Severity } from './schemas.ts';
import { findings, type FindingRow } from './tables.ts';

type Writer = Pick<WorkContext, 'db' | 'tenantId' | 'now' | 'emit' | 'changeId'>;

/** Whose findings: those of one server, of one controller, or of one port. */
type Whose = { routeServerId: string } | { controllerId: string } | { requestId: string };

interface Found {
  class: FindingClass;
  severity: Severity;
  mode: Mode;
  detail: string;
  fabricId: string | null;
  networkId?: string | null;
  nodeId?: string | null;
}

export const CURRENT = ['open', 'repairing', 'ignored'] as const;
const ofWhom = (tenantId: string, whose: Whose) => {
  const theirs = 'routeServerId' in whose ? eq(findings.routeServerId, whose.routeServerId) : 'controllerId' in whose ? eq(findings.controllerId, whose.controllerId) : eq(findings.requestId, whose.requestId); // prettier-ignore
  return and(eq(findings.tenantId, tenantId), theirs);
};
const mine = ({ tenantId }: Pick<Writer, 'tenantId'>, { id }: Pick<FindingRow, 'id'>) => and(eq(findings.tenantId, tenantId), eq(findings.id, id));

/** All that is there now, also what is left alone. */
export const currentOf = ({ db, tenantId }: Place, whose: Whose): Promise<FindingRow[]> =>
  db
    .select()
    .from(findings)
    .where(and(ofWhom(tenantId, whose), inArray(findings.state, [...CURRENT])));

const said = ({ id, class: kind, severity, detail, fabricId, routeServerId, controllerId, requestId }: FindingRow) => ({ id, class: kind, severity, detail, summary: `${kind}: ${detail}`, fabricId, routeServerId, controllerId, requestId }); // prettier-ignore
export const announce = ({ emit }: Pick<Writer, 'emit'>, row: FindingRow, what: 'opened' | 'repaired' | 'ignored' | 'gone'): void =>
  emit(`exchange.finding.${what}`, said(row));

const subjectOf = (whose: Whose, { networkId, nodeId }: Found): string => [...Object.values(whose), networkId, nodeId].filter(Boolean).join(' ');

async function open(ctx: Writer, whose: Whose, { networkId = null, nodeId = null, ...found }: Found): Promise<void> {
  const { db, tenantId, now } = ctx;
  const subject = subjectOf(whose, { networkId, nodeId, ...found });
  const at = { firstSeenAt: now(), lastSeenAt: now(), createdAt: now(), updatedAt: now() };
  const fields = { tenantId, id: newId(), subject, ...whose, ...found, networkId, nodeId, state: 'open' as const, ...at };
  const [row] = await db.insert(findings).values(fields).onConflictDoNothing().returning();
  if (row) announce(ctx, row, 'opened');
}

/** It is there still: nobody is at work on it any more, and what was ignored for a time is not ignored for ever. */
async function seenAgain(ctx: Writer, row: FindingRow, { severity, mode, detail, fabricId }: Found): Promise<void> {
  const { db, now } = ctx;
  const isLeft = row.state === 'ignored' && (row.ignoredUntil === null || row.ignoredUntil > now());
  const afresh = {
    state: 'open' as const,
    reason: null,
    ignoredBy: null,
    ignoredUntil: null,
    changeId: row.state === 'repairing' ? null : row.changeId,
  };
  const seen = { severity, mode, detail, fabricId, lastSeenAt: now(), updatedAt: now() };
  const [after] = await db.update(findings).set({ ...seen, ...(isLeft ? {} : afresh) }).where(mine(ctx, row)).returning(); // prettier-ignore
  if (row.state === 'ignored' && !isLeft) announce(ctx, after!, 'opened');
}

/** It is not there any more. `changeId`: of the Change that put it right. */
export async function end(ctx: Writer, row: FindingRow, changeId: string | null): Promise<void> {
  const { db, now } = ctx;
  const state = changeId === null ? 'gone' : 'repaired';
  const [after] = await db.update(findings).set({ state, changeId, endedAt: now(), updatedAt: now() }).where(mine(ctx, row)).returning(); // prettier-ignore
  announce(ctx, after!, state);
}

/** Writes down what was found. `looked`: the classes that a look like this one would have found; what is not found any more is gone. */
export async function keepFindings(ctx: Writer, whose: Whose, looked: ReadonlySet<FindingClass>, found: readonly Found[]): Promise<void> {
  const known = new Map((await currentOf(ctx, whose)).map((row) => [`${row.subject} ${row.class}`, row]));
  for (const one of found) {
    const name = `${subjectOf(whose, one)} ${one.class}`;
    const row = known.get(name);
    known.delete(name);
    await (row ? seenAgain(ctx, row, one) : open(ctx, whose, one));
  }
  for (const row of known.values()) if (looked.has(row.class)) await end(ctx, row, row.state === 'repairing' ? row.changeId : null);
}

/** Says of a server what has come to light while something was done to it. */
export async function findOnServer(ctx: Writer, routeServerId: string, found: Pick<Found, 'class' | 'severity' | 'detail'>): Promise<void> {
  const { db, tenantId } = ctx;
  const [server] = await db.select({ fabricId: routeServers.fabricId }).from(routeServers).where(and(eq(routeServers.tenantId, tenantId), eq(routeServers.id, routeServerId))); // prettier-ignore
  if (server) await keepFindings(ctx, { routeServerId }, new Set(), [{ ...found, ...server, mode: 'report' }]);
}

/** A server has confirmed what was loaded: all that loading puts right is so, by the Change that loaded it. */
export async function loaded(ctx: Writer, routeServerId: string): Promise<void> {
  const { changeId } = ctx;
  // Without a Change nothing was loaded: it has what is wanted, and nothing else is known.
  const isOver = ({ class: kind }: FindingRow): boolean => kind === 'health_regression' || (changeId !== null && isReloaded(kind));
  for (const row of (await currentOf(ctx, { routeServerId })).filter(isOver)) await end(ctx, row, changeId);
}

const HOUR_MS = 3_600_000;
/** How often a server was put right by itself within the last hour. */
export async function repairsOf({ db, tenantId, now }: Pick<Writer, 'db' | 'tenantId' | 'now'>, routeServerId: string): Promise<number> {
  const lately = gt(findings.endedAt, new Date(now().getTime() - HOUR_MS));
  const [row] = await db
    .select({ changes: sql<number>`count(distinct ${findings.changeId})::int` })
    .from(findings)
    .where(and(ofWhom(tenantId, { routeServerId }), eq(findings.state, 'repaired'), eq(findings.mode, 'auto'), lately));
  return row!.changes;
}

/** Findings with the names of what they are of. */
export const named = ({ db }: Pick<Place, 'db'>) =>
  db
    .select({ finding: findings, fabric: fabrics, routeServer: routeServers, controller: controllers, request: requests })
    .from(findings)
    .leftJoin(fabrics, and(eq(fabrics.tenantId, findings.tenantId), eq(fabrics.id, findings.fabricId)))
    .leftJoin(routeServers, and(eq(routeServers.tenantId, findings.tenantId), eq(routeServers.id, findings.routeServerId)))
    .leftJoin(controllers, and(eq(controllers.tenantId, findings.tenantId), eq(controllers.id, findings.controllerId)))
    .leftJoin(requests, and(eq(requests.tenantId, findings.tenantId), eq(requests.id, findings.requestId)));
export type Named = Awaited<ReturnType<typeof named>>[number];

export async function findFinding(place: Place, id: string, lock = false): Promise<Named> {
  const query = named(place).where(and(eq(findings.tenantId, place.tenantId), eq(findings.id, id)));
  const [row] = isUuid(id) ? await (lock ? query.for('no key update', { of: findings }) : query) : [];
  if (!row) throw new Problem('exchange-finding-not-found', `There is no finding "${id.slice(0, 64)}". See exchange.drift.list.`);
  return row;
}
export const findingOf = (ctx: ReadContext, id: string): Promise<Named> => ctx.once(`exchange-finding:${id}`, () => findFinding(ctx, id));

/** Whoever does something about it does it to the server or the controller, and to the fabric. */
export const oneFinding = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => {
  const { fabric, routeServer, controller } = await findingOf(ctx, id);
  return [
    ...(routeServer ? [{ type: 'exchangeRouteServer', id: routeServer.id, name: routeServer.handle }] : []),
    ...(controller ? [{ type: 'exchangeController', id: controller.id, name: controller.name }] : []),
    ...(fabric ? [fabricTarget(fabric)] : []),
  ];
};

export function requireCurrent({ finding: { class: kind, state } }: Named): void {
  if (!isCurrent(state)) throw new Problem('exchange-finding-over', `What was found (${kind}) is ${state}.`);
}
export function requireRepairable(found: Named): void {
  requireCurrent(found);
  const { class: kind, detail } = found.finding;
  if (!isRepairable(kind)) throw new Problem('exchange-finding-not-repairable', `${kind} is put right by nothing that could be done from here: ${detail}.`); // prettier-ignore
}

export const titleOf = ({ finding: { class: kind }, routeServer, controller, request }: Named): string => `${kind} on ${routeServer?.handle ?? controller?.name ?? `AS${request?.asn}`}`; // prettier-ignore

const placeOf = ({ fabric, routeServer, controller, request }: Named) => ({
  fabric: fabric?.slug ?? null,
  routeServer: routeServer?.handle ?? null,
  controller: controller?.name ?? null,
  portId: request?.id ?? null,
  asn: request?.asn ?? null,
});
export const findingView = ({ finding, ...where }: Named): z.input<typeof Drift> => ({
  id: finding.id,
  class: finding.class,
  severity: finding.severity,
  mode: finding.mode,
  state: finding.state,
  detail: finding.detail,
  ...placeOf({ finding, ...where }),
  networkId: finding.networkId,
  nodeId: finding.nodeId,
  isRepairable: isCurrent(finding.state) && isRepairable(finding.class),
  changeId: finding.changeId,
  reason: finding.reason,
  ignoredBy: finding.ignoredBy,
  ignoredUntil: finding.ignoredUntil?.toISOString() ?? null,
  firstSeenAt: finding.firstSeenAt.toISOString(),
  lastSeenAt: finding.lastSeenAt.toISOString(),
  endedAt: finding.endedAt?.toISOString() ?? null,
});
