import { asc, eq } from '#kernel/drizzle.ts';
import type { TenantJob } from '#kernel/module.ts';
import { preflight } from './preflight.ts';
import { controllers } from './tables.ts';
import { tokenInUse } from './talk.ts';

/** Looks at every controller that was met: what is missing or differs is shown, and mended by people. Nothing is written but the end of a maintenance. */
export async function watchControllers(job: TenantJob): Promise<void> {
  const rows = await job.tx(({ db, tenantId }) =>
    db.select().from(controllers).where(eq(controllers.tenantId, tenantId)).orderBy(asc(controllers.id)),
  );
  for (const row of rows.filter(({ token }) => token !== null)) await preflight(job, row, await tokenInUse(job, row), false);
}
