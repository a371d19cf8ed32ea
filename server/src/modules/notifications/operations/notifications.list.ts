import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, desc, isNull, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { mine, notificationView } from '../inbox.ts';
import { Notification } from '../schemas.ts';
import { notifications } from '../tables.ts';

export const notificationsList = defineOperation({
  name: 'notifications.list',
  summary: 'List what you were told of',
  permission: 'notifications:inbox',
  access: 'self',
  risk: 'read',
  input: z.object({ unread: z.boolean().default(false).meta({ title: 'Unread only' }), ...pageInput }),
  output: pageOf(Notification),
  targets: 'none',
  async run(ctx, { unread, cursor, limit }) {
    const [after] = decodeCursor(cursor, 1) ?? [];
    if (after !== undefined && !isUuid(String(after)))
      throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
    const rows = await ctx.db
      .select()
      .from(notifications)
      .where(and(mine(ctx), unread ? isNull(notifications.readAt) : undefined, after === undefined ? undefined : lt(notifications.id, String(after))))
      .orderBy(desc(notifications.id))
      .limit(limit + 1);
    return toPage(rows, limit, ({ id }) => [id], notificationView);
  },
});
