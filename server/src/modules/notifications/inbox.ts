import type { Context, ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, count, eq, isNull } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Notification } from './schemas.ts';
import { notifications, type NotificationRow } from './tables.ts';

export const notificationView = ({ id, kind, critical, content, changeId, readAt, createdAt }: NotificationRow): Notification => {
  const { approvalId: _, stepUp: __, planHash: ___, ...shown } = content;
  return { id, kind, critical, content: shown, changeId, readAt: readAt?.toISOString() ?? null, createdAt: createdAt.toISOString() };
};

type Whose = Pick<ReadContext, 'tenantId' | 'actor'>;
/** Rows of an inbox. Nobody but a person has one; whoever else asks has none. */
export const mine = ({ tenantId, actor }: Whose) =>
  and(
    eq(notifications.tenantId, tenantId),
    eq(notifications.userId, isUuid(actor.id) ? actor.id : '00000000-0000-0000-0000-000000000000'),
    eq(notifications.shown, true),
  );

export async function unreadOf(ctx: Whose & Pick<ReadContext, 'db'>): Promise<number> {
  const [found] = await ctx.db.select({ count: count() }).from(notifications).where(and(mine(ctx), isNull(notifications.readAt))); // prettier-ignore
  return found!.count;
}

/** Throws `not-found` for what is not in one's own inbox. */
export async function mark(ctx: Context, id: string, read: boolean): Promise<Notification> {
  const at = ctx.now();
  const [row] = await ctx.db
    .update(notifications)
    .set({ readAt: read ? at : null, updatedAt: at })
    .where(and(mine(ctx), eq(notifications.id, id)))
    .returning();
  if (!row) throw new Problem('not-found', 'There is no such notification in your inbox.');
  ctx.emit('notification.read', { notificationId: id, userId: ctx.actor.id });
  return notificationView(row);
}
