import { and, eq, inArray, or } from '#kernel/drizzle.ts';
import type { Place } from '../find.ts';
import { ATTENDED, type Phase } from './rules.ts';
import { drains, windows } from './tables.ts';

/** How a server is to be rendered; null where nobody drains it. */
export async function drainOf({ db, tenantId }: Place, routeServerId: string): Promise<Exclude<Phase, 'serving'> | null> {
  const [row] = await db
    .select({ phase: drains.phase })
    .from(drains)
    .innerJoin(windows, and(eq(windows.tenantId, drains.tenantId), eq(windows.id, drains.maintenanceId)))
    .where(
      and(eq(drains.tenantId, tenantId), eq(drains.routeServerId, routeServerId), inArray(drains.phase, ['warning', 'stopped']), inArray(windows.state, ['draining', 'drained'])),
    )
    .limit(1);
  return row && row.phase !== 'serving' ? row.phase : null;
} // prettier-ignore

/** Members of the fabric are not to speak BGP with each other now. */
export const isCulled = async ({ db, tenantId }: Place, fabricId: string): Promise<boolean> =>
  (await db.$count(windows, and(eq(windows.tenantId, tenantId), eq(windows.fabricId, fabricId), eq(windows.kind, 'fabric_cull'), eq(windows.state, 'active')))) > 0; // prettier-ignore

/** The server is reloaded or restarted, as was told: that sessions there are away for a while is expected, and alarms nobody. */
export async function isReloaded({ db, tenantId }: Place, routeServerId: string): Promise<boolean> {
  const mine = db
    .select({ id: drains.maintenanceId })
    .from(drains)
    .where(and(eq(drains.tenantId, tenantId), eq(drains.routeServerId, routeServerId)));
  const now = and(eq(windows.kind, 'rs_reload'), inArray(windows.state, ['active', 'ending']), inArray(windows.id, mine));
  return (await db.$count(windows, and(eq(windows.tenantId, tenantId), now))) > 0;
}

/** People are at work on the server, or on all of its fabric: what differs on it is told of, and nothing is put right by itself. */
export async function isAttended({ db, tenantId }: Place, { id, fabricId }: { id: string; fabricId: string }): Promise<boolean> {
  const mine = db
    .select({ id: drains.maintenanceId })
    .from(drains)
    .where(and(eq(drains.tenantId, tenantId), eq(drains.routeServerId, id)));
  const whose = or(inArray(windows.id, mine), and(eq(windows.fabricId, fabricId), eq(windows.kind, 'fabric_cull')));
  return (await db.$count(windows, and(eq(windows.tenantId, tenantId), inArray(windows.state, [...ATTENDED]), whose))) > 0;
}
