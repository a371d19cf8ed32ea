import { z } from 'zod';
import { and, isNull } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { mine } from '../inbox.ts';
import { notifications } from '../tables.ts';

export const notificationsReadAll = defineOperation({
  name: 'notifications.readAll',
  summary: 'Mark all your notifications as read',
  permission: 'notifications:inbox',
  access: 'self',
  risk: 'write',
  change: 'none',
  input: z.object({}),
  output: z.object({ count: z.int().meta({ help: 'How many were unread' }) }),
  targets: 'none',
  async run(ctx) {
    const at = ctx.now();
    const { rowCount } = await ctx.db
      .update(notifications)
      .set({ readAt: at, updatedAt: at })
      .where(and(mine(ctx), isNull(notifications.readAt)));
    ctx.emit('notification.read', { userId: ctx.actor.id });
    return { count: rowCount ?? 0 };
  },
});
