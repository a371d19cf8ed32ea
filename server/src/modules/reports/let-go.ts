import { and, eq, lt } from 'drizzle-orm';
import type { WorkContext } from '#kernel/work.ts';
import { isHeld } from '#modules/audit/index.ts';
import { reports } from './tables.ts';

/** Lets reports go whose 400 days are over, unless a legal hold keeps everything of the tenant. */
export async function letGo({ db, tenantId, now }: WorkContext): Promise<void> {
  if (await isHeld(db, tenantId)) return;
  await db.delete(reports).where(and(eq(reports.tenantId, tenantId), lt(reports.expiresAt, now())));
}
