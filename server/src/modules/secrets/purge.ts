import { and, eq, lte } from '#kernel/drizzle.ts';
import { LegalHolds } from '#kernel/holds.ts';
import type { WorkContext } from '#kernel/work.ts';
import { secrets } from './tables.ts';

/** Deletes for good what was deleted 30 days ago, with its versions; nothing where a legal hold stops deletions. */
export async function purge({ db, tenantId, now, provider }: WorkContext): Promise<void> {
  if (await provider(LegalHolds).isHeld(db, tenantId)) return;
  await db.delete(secrets).where(and(eq(secrets.tenantId, tenantId), lte(secrets.purgeAfter, now())));
}
