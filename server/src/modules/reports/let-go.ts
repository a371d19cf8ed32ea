import { and, eq, lt } from 'drizzle-orm';
import { LegalHolds } from '#kernel/holds.ts';
import type { WorkContext } from '#kernel/work.ts';
import { reports } from './tables.ts';

/** Lets reports go whose 400 days are over, unless a legal hold keeps everything of the tenant. */
export async function letGo({ db, tenantId, now, provider }: WorkContext): Promise<void> {
  if (await provider(LegalHolds).isHeld(db, tenantId)) return;
  await db.delete(reports).where(and(eq(reports.tenantId, tenantId), lt(reports.expiresAt, now())));
}
