import { and, eq, inArray, lte, or } from '#kernel/drizzle.ts';
import type { WorkContext } from '#kernel/work.ts';
import { accessRequests } from './tables.ts';

/** Every minute: says what has ended or was not decided in time. The rights themselves ended on the second, by the clock. */
export async function tickAccessRequests(ctx: WorkContext): Promise<void> {
  const { db, tenantId } = ctx;
  const now = ctx.now();
  const due = await db
    .select()
    .from(accessRequests)
    .where(
      and(
        eq(accessRequests.tenantId, tenantId),
        inArray(accessRequests.status, ['pending', 'approved']),
        or(and(eq(accessRequests.status, 'pending'), lte(accessRequests.expiresAt, now)), and(eq(accessRequests.status, 'approved'), lte(accessRequests.endsAt, now))),
      ),
    )
    .limit(500)
    .for('update', { skipLocked: true });
  for (const row of due) {
    const status = row.status === 'pending' ? ('expired' as const) : ('ended' as const);
    await db.update(accessRequests).set({ status, updatedAt: now }).where(and(eq(accessRequests.tenantId, tenantId), eq(accessRequests.id, row.id)));
    // An extension ends with what it lengthened, which says so.
    if (row.extendsId !== null && status === 'ended') continue;
    ctx.emit(`accessRequest.${status}`, { requestId: row.id, requesterId: row.requesterId, recipients: [row.requesterId] });
    if (status === 'ended') ctx.emit('grant.expired', { grantId: row.grantId, subjectId: row.requesterId });
  }
} // prettier-ignore
