import { and, eq, lt, sql } from '#kernel/drizzle.ts';
import type { WorkContext } from '#kernel/work.ts';
import { chargeLapsed } from './charging.ts';
import { AiSurroundings } from './providers/port.ts';
import { lockTenant } from './store.ts';
import { accounts, usage } from './tables.ts';

/**
 * Reservations of processes that died are counted; usage is kept for 400 days, as long as reports reach, and accounts for 100 days after
 * their last call, since executions live no longer than 90.
 */
export async function sweepAi({ db, tenantId, now, provider }: Pick<WorkContext, 'db' | 'tenantId' | 'now' | 'provider'>): Promise<void> {
  const at = { db, tenantId, now: now() };
  await lockTenant(at, 'spending');
  await chargeLapsed(at, provider(AiSurroundings));
  await db.delete(usage).where(and(eq(usage.tenantId, tenantId), lt(usage.day, sql`${at.now.toISOString()}::date - 400`)));
  await db.delete(accounts).where(and(eq(accounts.tenantId, tenantId), lt(accounts.updatedAt, new Date(at.now.getTime() - 100 * 86_400_000))));
}
