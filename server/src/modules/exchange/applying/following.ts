import type { z } from 'zod';
import { and, asc, eq, inArray, sql } from '#kernel/drizzle.ts';
import type { WorkContext } from '#kernel/work.ts';
import type { Place } from '../find.ts';
import { placed, type Placed } from '../route-server-rows.ts';
import { SshLines } from '../providers/ssh/port.ts';
import { accesses, type AccessRow } from '../ssh/tables.ts';
import { routeServers } from '../tables.ts';
import { Convergence } from './port.ts';
import type { Following } from './schemas.ts';

export interface Reached extends Placed {
  access: AccessRow;
}

/** Route servers that can be reached, in the order in which they are applied to. */
export async function reachedOn(place: Place, fabricId: string): Promise<Reached[]> {
  const rows = await placed(place).where(and(eq(routeServers.tenantId, place.tenantId), eq(routeServers.fabricId, fabricId))).orderBy(asc(routeServers.handle)); // prettier-ignore
  if (rows.length === 0) return [];
  const found = await place.db.select().from(accesses).where(and(eq(accesses.tenantId, place.tenantId), inArray(accesses.routeServerId, rows.map(({ server }) => server.id)))); // prettier-ignore
  const byServer = new Map(found.map((access) => [access.routeServerId, access]));
  return rows
    .flatMap((row) => {
      const access = byServer.get(row.server.id);
      return access ? [{ ...row, access }] : [];
    })
    .sort((one, other) => one.access.applyOrder - other.access.applyOrder);
}

export const setAccess = ({ db, tenantId }: Place, id: string, values: Partial<AccessRow>): Promise<unknown> =>
  db
    .update(accesses)
    .set(values)
    .where(and(eq(accesses.tenantId, tenantId), eq(accesses.id, id)));

/** How often something was wanted of it; read before what is wanted, so that nothing in between is missed. */
export async function askedOf({ db, tenantId }: Place, id: string): Promise<number | null> {
  const [row] = await db.select({ count: accesses.dirtyCount }).from(accesses).where(and(eq(accesses.tenantId, tenantId), eq(accesses.id, id))); // prettier-ignore
  return row?.count ?? null;
}

type Kicker = Pick<WorkContext, 'db' | 'tenantId' | 'now' | 'provider'>;

/** Something that the servers of a fabric are to have has changed: those that follow are seen to once it is quiet. */
export async function markDirty(ctx: Kicker, fabricId: string, isNews = true): Promise<void> {
  const { db, tenantId, now, provider } = ctx;
  const ids = (await reachedOn(ctx, fabricId)).filter(({ access }) => access.follow).map(({ access }) => access.id);
  if (ids.length === 0) return;
  // Always in the same order: what is agreed to of many members at once comes from many sides at once.
  await db
    .select({ id: accesses.id })
    .from(accesses)
    .where(and(eq(accesses.tenantId, tenantId), inArray(accesses.id, ids)))
    .orderBy(asc(accesses.id))
    .for('no key update');
  const afresh = isNews ? { attempts: 0, nextAttemptAt: null } : {};
  await db
    .update(accesses)
    .set({
      dirtySince: sql`coalesce(${accesses.dirtySince}, ${now().toISOString()}::timestamptz)`,
      dirtyAt: now(),
      dirtyCount: sql`${accesses.dirtyCount} + 1`,
      ...afresh,
    })
    .where(and(eq(accesses.tenantId, tenantId), inArray(accesses.id, ids)));
  await provider(Convergence).later(db, { tenantId, fabricId }, provider(SshLines).timing.quietMs, now());
}

export const followingView = (row: AccessRow): z.input<typeof Following> => ({
  follow: row.follow,
  by: row.followedByName,
  order: row.applyOrder,
  dirtySince: row.dirtySince?.toISOString() ?? null,
  attempts: row.attempts,
  nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
  applyingChange: row.applyingChange,
  holdUntil: row.holdUntil?.toISOString() ?? null,
  holdReason: row.holdReason,
  findings: row.findings,
});
