import { and, eq, isNotNull, lte } from '#kernel/drizzle.ts';
import type { DeliveredEvent } from '#kernel/module.ts';
import type { WorkContext } from '#kernel/work.ts';
import { memories } from './tables.ts';

/** Deletes what has expired; until then it is merely not found. */
export async function forgetExpired({ db, tenantId, now }: WorkContext): Promise<void> {
  await db.delete(memories).where(and(eq(memories.tenantId, tenantId), isNotNull(memories.expiresAt), lte(memories.expiresAt, now())));
}

/** What somebody kept for themselves is nobody's once they are gone: it goes with them. */
export async function forgetMember({ db, tenantId }: WorkContext, { data }: DeliveredEvent): Promise<void> {
  await db.delete(memories).where(and(eq(memories.tenantId, tenantId), eq(memories.space, `user:${String(data['memberId'])}`)));
}
