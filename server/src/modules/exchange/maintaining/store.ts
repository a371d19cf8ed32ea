import type { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, asc, eq, inArray, isNotNull, ne, sql } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { WorkContext } from '#kernel/work.ts';
import { fabricTarget, type Place } from '../find.ts';
import { OPEN } from '../joining/rules.ts';
import { requests } from '../joining/tables.ts';
import { routeServerTarget } from '../route-server-rows.ts';
import { fabrics, routeServers, type FabricRow, type RouteServerRow } from '../tables.ts';
import './problems.ts';
import { canMove, collide, CURRENT, type MaintenanceKind, type MaintenanceState } from './rules.ts';
import type { Maintenance, PortMaintenance } from './schemas.ts';
import { drains, windows, type DrainRow, type WindowRow } from './tables.ts';

export interface Drained {
  drain: DrainRow;
  server: RouteServerRow;
}
/** A window with the fabric that it concerns and the servers that it drains, or that are reloaded in it. */
export interface Window {
  window: WindowRow;
  fabric: FabricRow;
  servers: Drained[];
}

const mine = ({ tenantId }: Pick<Place, 'tenantId'>, id: string) => and(eq(windows.tenantId, tenantId), eq(windows.id, id));

export const windowRows = ({ db }: Place) =>
  db
    .select({ window: windows, fabric: fabrics })
    .from(windows)
    .innerJoin(fabrics, and(eq(fabrics.tenantId, windows.tenantId), eq(fabrics.id, windows.fabricId)));

export async function withServers({ db, tenantId }: Place, rows: readonly Omit<Window, 'servers'>[]): Promise<Window[]> {
  if (rows.length === 0) return [];
  const found = await db
    .select({ drain: drains, server: routeServers })
    .from(drains)
    .innerJoin(routeServers, and(eq(routeServers.tenantId, drains.tenantId), eq(routeServers.id, drains.routeServerId)))
    .where(and(eq(drains.tenantId, tenantId), inArray(drains.maintenanceId, rows.map(({ window }) => window.id))))
    .orderBy(asc(routeServers.handle));
  return rows.map((row) => ({ ...row, servers: found.filter(({ drain }) => drain.maintenanceId === row.window.id) }));
} // prettier-ignore

export async function findWindow(place: Place, id: string, lock = false): Promise<Window> {
  const query = windowRows(place).where(mine(place, id));
  const rows = isUuid(id) ? await (lock ? query.for('no key update', { of: windows }) : query) : [];
  const [found] = await withServers(place, rows);
  if (!found) throw new Problem('exchange-maintenance-not-found', `There is no maintenance "${id.slice(0, 64)}". See exchange.maintenance.list.`);
  return found;
}
export const windowOf = (ctx: ReadContext, id: string): Promise<Window> => ctx.once(`exchange-maintenance:${id}`, () => findWindow(ctx, id));

/** All that are planned or under way, the earliest first. */
export const currentWindows = async (place: Place, fabricId?: string): Promise<Window[]> =>
  withServers(
    place,
    await windowRows(place)
      .where(and(eq(windows.tenantId, place.tenantId), inArray(windows.state, [...CURRENT]), fabricId === undefined ? undefined : eq(windows.fabricId, fabricId)))
      .orderBy(asc(windows.startsAt), asc(windows.id)),
  ); // prettier-ignore

export const targetsOf = ({ fabric, servers }: { fabric: FabricRow; servers: readonly Pick<Drained, 'server'>[] }): Target[] => [
  fabricTarget(fabric),
  ...servers.map(({ server }) => routeServerTarget(server)),
];
export const oneWindow = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => targetsOf(await windowOf(ctx, id));

interface Wish {
  kind: MaintenanceKind;
  startsAt: Date;
  endsAt: Date;
  servers: readonly string[];
}
/** `but`: the window that is changed itself. */
export async function requireFree(place: Place, fabricId: string, wish: Wish, but?: string): Promise<void> {
  for (const { window, fabric, servers } of await currentWindows(place, fabricId)) {
    if (window.id === but || !collide(wish, { ...window, servers: servers.map(({ server }) => server.id) })) continue;
    const when = `from ${window.startsAt.toISOString()} to ${window.endsAt.toISOString()}`;
    throw new Problem('exchange-maintenance-overlap', `${nameOf({ window, fabric, servers })} is under maintenance ${when}.`, {
      maintenance: window.id,
    });
  }
}

export const nameOf = ({ window, fabric, servers }: Window): string =>
  window.kind === 'fabric_cull' ? `fabric "${fabric.slug}"` : servers.map(({ server }) => `"${server.handle}"`).join(', ');

/** People of the networks that are connected to the fabric: those who asked for their ports. */
async function peopleOf({ db, tenantId }: Place, fabricId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: requests.requesterId })
    .from(requests)
    .where(and(eq(requests.tenantId, tenantId), eq(requests.fabricId, fabricId), isNotNull(requests.connectionId), inArray(requests.status, [...OPEN])));
  return rows.map(({ id }) => id);
} // prettier-ignore

const minute = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
export type Told = 'planned' | 'changed' | 'reminded' | 'begun' | 'drained' | 'sessions_lost' | 'ended' | 'cancelled' | 'failed';
const WORDS: Readonly<Record<Told, string>> = { planned: 'is planned', changed: 'was changed', reminded: 'begins within a day', begun: 'begins', drained: 'has taken effect', sessions_lost: 'is over, and not all sessions are known to be back', ended: 'is over', cancelled: 'was called off', failed: 'did not take place' }; // prettier-ignore

type Writer = Pick<WorkContext, 'db' | 'tenantId' | 'now' | 'emit'>;

/** Says it to the world, and to the people of the networks concerned. */
export async function announce(ctx: Pick<Writer, 'db' | 'tenantId' | 'emit'>, found: Window, what: Told, besides: object = {}): Promise<void> {
  const { window: { id, kind, state, startsAt, endsAt, version, reason }, fabric } = found; // prettier-ignore
  const of = kind === 'fabric_cull' ? fabric.name : `route servers ${nameOf(found)} on ${fabric.name}`;
  const summary = `Maintenance of ${of} ${WORDS[what]}: ${minute(startsAt)} to ${minute(endsAt)}`;
  ctx.emit(`exchange.maintenance.${what}`, {
    id, fabricId: fabric.id, fabric: fabric.slug, kind, state, version, reason, summary,
    startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), recipients: await peopleOf(ctx, fabric.id), ...besides,
  }); // prettier-ignore
}

export const notFrom = (state: MaintenanceState, wanted: string): Problem =>
  new Problem('exchange-maintenance-over', `The maintenance is ${state}; it cannot be ${wanted}.`, { current_state: state });

/** What is known of a window besides where it stands; who has seen an earlier version hears of it. */
export async function setWindow({ db, tenantId, now }: Writer, id: string, values: Partial<WindowRow>): Promise<void> {
  const next = { ...values, version: sql`${windows.version} + 1`, updatedAt: now() };
  await db.update(windows).set(next).where(mine({ tenantId }, id)); // prettier-ignore
}

/** The only way from one state to another. Answers false when somebody else was first. */
export async function move({ db, tenantId, now }: Writer, { window: { id, state: from } }: Window, to: MaintenanceState, values: Partial<WindowRow> = {}): Promise<boolean> {
  if (!canMove(from, to)) throw notFrom(from, to);
  const next = { problemCode: null, detail: null, ...values, state: to, version: sql`${windows.version} + 1`, updatedAt: now() };
  const rows = await db.update(windows).set(next).where(and(mine({ tenantId }, id), eq(windows.state, from))).returning({ id: windows.id });
  return rows.length > 0;
} // prettier-ignore

export async function setPhase({ db, tenantId, now }: Writer, { id }: DrainRow, values: Partial<DrainRow>): Promise<void> {
  await db.update(drains).set({ ...values, updatedAt: now() }).where(and(eq(drains.tenantId, tenantId), eq(drains.id, id))); // prettier-ignore
}
export async function setPhases({ db, tenantId, now }: Writer, { window }: Window, phase: DrainRow['phase']): Promise<void> {
  await db.update(drains).set({ phase, updatedAt: now() }).where(and(eq(drains.tenantId, tenantId), eq(drains.maintenanceId, window.id), ne(drains.phase, phase))); // prettier-ignore
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;
export const windowView = ({ window, fabric, servers }: Window): z.input<typeof Maintenance> => ({
  id: window.id,
  fabricId: fabric.id,
  fabric: fabric.slug,
  kind: window.kind,
  reason: window.reason,
  state: window.state,
  startsAt: window.startsAt.toISOString(),
  endsAt: window.endsAt.toISOString(),
  beganAt: iso(window.beganAt),
  endedAt: iso(window.endedAt),
  silentAt: iso(window.silentAt),
  servers: servers.map(({ drain, server }) => ({ id: server.id, routeServer: server.handle, phase: drain.phase, warnedAt: iso(drain.warnedAt), stoppedAt: iso(drain.stoppedAt), lost: drain.lost })),
  plannedBy: window.plannedByName,
  changeId: window.changeId,
  beginChangeId: window.beginChange,
  problemCode: window.problemCode,
  detail: window.detail,
  version: window.version,
  createdAt: window.createdAt.toISOString(),
}); // prettier-ignore

export const portWindow = ({ window, fabric, servers }: Window): z.input<typeof PortMaintenance> => ({
  id: window.id,
  fabric: fabric.slug,
  kind: window.kind,
  reason: window.reason,
  state: window.state,
  startsAt: window.startsAt.toISOString(),
  endsAt: window.endsAt.toISOString(),
  silentAt: iso(window.silentAt),
  routeServers: servers.map(({ server }) => server.handle),
});
