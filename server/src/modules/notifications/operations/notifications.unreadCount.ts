import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { unreadOf } from '../inbox.ts';

export const notificationsUnreadCount = defineOperation({
  name: 'notifications.unreadCount',
  summary: 'Count what you have not read',
  permission: 'notifications:inbox',
  access: 'self',
  risk: 'read',

  route: { method: 'GET', path: '/notifications/unread-count' },
  input: z.object({}),
  output: z.object({ count: z.int() }),
  targets: 'none',
  run: async (ctx) => ({ count: await unreadOf(ctx) }),
});
