import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { mark } from '../inbox.ts';
import { Notification } from '../schemas.ts';

export const notificationsUnread = defineOperation({
  name: 'notifications.unread',
  summary: 'Mark a notification as not read',
  permission: 'notifications:inbox',
  access: 'self',
  risk: 'write',
  change: 'none',
  input: z.object({ id: z.uuid() }),
  output: Notification,
  targets: 'none',
  run: (ctx, { id }) => mark(ctx, id, false),
});
