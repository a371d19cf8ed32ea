import type { Database } from '#kernel/database.ts';
import { and, eq, lte, sql } from '#kernel/drizzle.ts';
import { newId, sha256 } from '#kernel/ids.ts';
import type { WorkContext } from '#kernel/work.ts';
import { workflowMarks, type MarkPurpose } from './tables.ts';

export interface Mark {
  purpose: MarkPurpose;
  workflowId: string;
  key: string;
  hours: number;
  executionId?: string;
}
type MarkRow = typeof workflowMarks.$inferSelect;
type At = Pick<WorkContext, 'db' | 'tenantId' | 'now'>;

const HOUR = 3_600_000;
const same = (tenantId: string, { workflowId, purpose, key }: Mark) =>
  and(eq(workflowMarks.tenantId, tenantId), eq(workflowMarks.workflowId, workflowId), eq(workflowMarks.purpose, purpose), eq(workflowMarks.key, sha256(key))); // prettier-ignore

/**
 * Sets a mark in the caller's transaction; answers the one that was there already, undefined when there was none. Of two at once the
 * second waits for the first.
 */
export async function mark({ db, tenantId, now }: At, wanted: Mark): Promise<MarkRow | undefined> {
  const at = now();
  const { workflowId, purpose, key, hours, executionId } = wanted;
  const row = { tenantId, id: newId(), workflowId, purpose, key: sha256(key), executionId: executionId ?? null, expiresAt: new Date(at.getTime() + hours * HOUR), createdAt: at, updatedAt: at }; // prettier-ignore
  await db.delete(workflowMarks).where(and(same(tenantId, wanted), lte(workflowMarks.expiresAt, at)));
  const [made] = await db.insert(workflowMarks).values(row).onConflictDoNothing().returning({ id: workflowMarks.id });
  if (made) return undefined;
  const [found] = await db.select().from(workflowMarks).where(same(tenantId, wanted));
  return found;
}

/** True when nobody had the key. */
export const markOnce = async (at: At, wanted: Mark): Promise<boolean> => (await mark(at, wanted)) === undefined;

/**
 * Counts one more of a key within the window that its first began; answers how many there were by now, and never more than one beyond
 * the limit. In the caller's transaction: of several at once each waits for those before it.
 */
export async function countWithin(
  { db, tenantId, now }: At,
  { workflowId, key, limit, seconds }: { workflowId: string; key: string; limit: number; seconds: number },
): Promise<{ count: number; until: Date }> {
  const at = now().toISOString();
  const until = new Date(now().getTime() + seconds * 1_000).toISOString();
  const { rows } = await db.execute<{ count: number; until: string }>(sql`
    insert into workflow_marks (tenant_id, id, workflow_id, purpose, key, response, expires_at, created_at, updated_at)
    values (${tenantId}, ${newId()}, ${workflowId}, 'rate', ${sha256(key)}, '{"count": 1}', ${until}, ${at}, ${at})
    on conflict (tenant_id, workflow_id, purpose, key) do update set
      response = jsonb_build_object('count', case when workflow_marks.expires_at <= excluded.updated_at then 1 else least((workflow_marks.response ->> 'count')::int, ${limit}::int) + 1 end),
      expires_at = case when workflow_marks.expires_at <= excluded.updated_at then excluded.expires_at else workflow_marks.expires_at end,
      updated_at = excluded.updated_at
    returning (response ->> 'count')::int as count, expires_at as until`);
  return { count: rows[0]!.count, until: new Date(rows[0]!.until) };
}

/** Says what the mark stands for, once that is known. */
export const noteOn = (db: Database, tenantId: string, wanted: Mark, said: Partial<Pick<MarkRow, 'executionId' | 'response'>>) =>
  db.update(workflowMarks).set(said).where(same(tenantId, wanted));

/** Every hour: forgets what has expired. */
export async function sweepMarks({ db, tenantId, now }: WorkContext): Promise<void> {
  await db.delete(workflowMarks).where(and(eq(workflowMarks.tenantId, tenantId), lte(workflowMarks.expiresAt, now())));
}
