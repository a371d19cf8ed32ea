import { and, eq, inArray, isNull, lt } from '#kernel/drizzle.ts';
import type { DeliveredEvent } from '#kernel/module.ts';
import type { WorkContext } from '#kernel/work.ts';
import { records, versions, zones } from './tables.ts';
import { setZone } from './zone-rows.ts';

const held = (ctx: WorkContext, changeId: unknown) => and(eq(zones.tenantId, ctx.tenantId), eq(zones.changeId, String(changeId)));

/** A Change that holds a zone has a number that people know it by. */
export async function noteNumber(ctx: WorkContext, { data }: DeliveredEvent): Promise<void> {
  await ctx.db
    .update(zones)
    .set({ changeNumber: String(data['number']) })
    .where(and(held(ctx, data['changeId']), isNull(zones.changeNumber)));
}

/** The net under every job: whatever way a Change ended, it holds no zone any longer, and what it may have left at the server is said. */
export async function releaseEnded(ctx: WorkContext, { data }: DeliveredEvent): Promise<void> {
  const rows = await ctx.db.select().from(zones).where(held(ctx, data['changeId'])).for('no key update');
  for (const row of rows) {
    const ended = `${String(data['number'])} ended as ${String(data['state']).replaceAll('_', ' ')}`;
    const lost = row.sent || row.state === 'creating';
    const stateReason = lost ? `${ended} and what the name server has is not certain. Compare with dns.import (source "server").` : null;
    await setZone(ctx, row.id, {
      changeId: null,
      changeNumber: null,
      sent: false,
      ...(row.deletedAt ? {} : { state: lost ? ('error' as const) : ('active' as const), stateReason }),
    });
  }
}

const DAY = 86_400_000;
const KEPT_DAYS = { deletedZones: 90, versions: 400 };

/** Deleted zones can be exported for 90 days; versions are kept for 400. */
export async function forgetOld({ db, tenantId, now }: WorkContext): Promise<void> {
  const before = (days: number): Date => new Date(now().getTime() - days * DAY);
  await db.delete(versions).where(and(eq(versions.tenantId, tenantId), lt(versions.createdAt, before(KEPT_DAYS.versions))));
  const old = await db
    .select({ id: zones.id })
    .from(zones)
    .where(and(eq(zones.tenantId, tenantId), lt(zones.deletedAt, before(KEPT_DAYS.deletedZones)), isNull(zones.changeId)));
  const ids = old.map(({ id }) => id);
  if (ids.length === 0) return;
  for (const table of [records, versions]) await db.delete(table).where(and(eq(table.tenantId, tenantId), inArray(table.zoneId, ids)));
  await db.delete(zones).where(and(eq(zones.tenantId, tenantId), inArray(zones.id, ids)));
}
