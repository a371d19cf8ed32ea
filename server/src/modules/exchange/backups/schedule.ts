import { and, asc, eq } from '#kernel/drizzle.ts';
import type { TenantJob } from '#kernel/module.ts';
import { Problem } from '#kernel/problem.ts';
import { controllers, type ControllerRow } from '../controllers/tables.ts';
import { drill } from './drill.ts';
import { usableFolder, newestOf } from './store.ts';
import { takeBackup } from './take.ts';

const all = (job: TenantJob): Promise<ControllerRow[]> =>
  job.tx(({ db, tenantId }) =>
    db
      .select()
      .from(controllers)
      .where(and(eq(controllers.tenantId, tenantId), eq(controllers.backupDaily, true)))
      .orderBy(asc(controllers.id)),
  );

/** Whether its files are within reach at all: of others nobody expects a backup, so none is missed. */
function isWithinReach(job: TenantJob, row: ControllerRow): boolean {
  try {
    return usableFolder(job, row) !== undefined;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** Each night, of every controller that is not being put back just now. What fails is on its page already. */
export async function backUpControllers(job: TenantJob): Promise<void> {
  for (const row of await all(job)) {
    if (row.state === 'restoring' || !isWithinReach(job, row)) continue;
    await takeBackup(job, row, 'schedule').catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
    });
  }
}

/** Each month: would the newest backup of each controller serve? */
export async function drillBackups(job: TenantJob): Promise<void> {
  for (const row of await all(job))
    await job.tx(async (ctx) => {
      const newest = await newestOf(ctx, row.id);
      if (newest) await drill(ctx, newest.id);
    });
}
