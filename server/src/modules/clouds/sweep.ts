import { and, eq, lt } from '#kernel/drizzle.ts';
import type { WorkContext } from '#kernel/work.ts';
import { providerCalls, validations } from './tables.ts';

const DAY_MS = 86_400_000;
/** How long the journal of provider calls is kept. */
const JOURNAL_DAYS = 30;

/** Each night: what nobody looks at any more goes. */
export async function sweep({ db, tenantId, now }: WorkContext): Promise<void> {
  const before = (days: number): Date => new Date(now().getTime() - days * DAY_MS);
  await db.delete(providerCalls).where(and(eq(providerCalls.tenantId, tenantId), lt(providerCalls.createdAt, before(JOURNAL_DAYS))));
  await db.delete(validations).where(and(eq(validations.tenantId, tenantId), lt(validations.createdAt, before(1))));
}
