import { and, eq, lt } from '#kernel/drizzle.ts';
import { LegalHolds } from '#kernel/holds.ts';
import type { WorkContext } from '#kernel/work.ts';
import { reportPictures, reports, scheduleRuns } from './tables.ts';

const RUNS_KEPT_MS = 400 * 86_400_000;

/** Lets reports go whose 400 days are over, unless a legal hold keeps everything of the tenant. */
export async function letGo({ db, tenantId, now, provider }: WorkContext): Promise<void> {
  if (await provider(LegalHolds).isHeld(db, tenantId)) return;
  await db.delete(reports).where(and(eq(reports.tenantId, tenantId), lt(reports.expiresAt, now())));
  await db.delete(reportPictures).where(and(eq(reportPictures.tenantId, tenantId), lt(reportPictures.expiresAt, now())));
  const old = new Date(now().getTime() - RUNS_KEPT_MS);
  await db.delete(scheduleRuns).where(and(eq(scheduleRuns.tenantId, tenantId), lt(scheduleRuns.createdAt, old)));
}
