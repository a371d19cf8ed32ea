import type { Database } from '#kernel/database.ts';
import { sql } from '#kernel/drizzle.ts';

/** Rows that go at once. */
const BATCH = 5_000;

/** What waits for a disabled webhook is failed, so that it can be replayed; a batch at a time. Answers how many they were. */
export async function giveUpWaiting(db: Database, tenantId: string, webhookId: string, at: Date): Promise<number> {
  const { rowCount } = await db.execute(sql`
    update webhook_deliveries set state = 'failed', code = 'disabled', next_at = null, settled_at = ${at}, updated_at = ${at}
    where tenant_id = ${tenantId} and id in (
      select id from webhook_deliveries where tenant_id = ${tenantId} and webhook_id = ${webhookId} and state = 'waiting' limit ${BATCH})`);
  return rowCount ?? 0;
}
