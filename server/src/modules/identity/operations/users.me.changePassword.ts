import { z } from 'zod';
import { NO_TENANT } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { requireSession } from '../own.ts';
import { Profile } from '../profile/port.ts';
import { fromOf } from '../registration/from.ts';
import { Password } from '../registration/schemas.ts';

export const usersMeChangePassword = defineOperation({
  name: 'users.me.changePassword',
  summary: 'Change your password',
  description:
    'Your other sessions end, unless they are to be kept, and no device is trusted any longer. Wrong current passwords count as failed sign-ins.',
  permission: 'profile:write',
  risk: 'write',
  change: 'none',
  access: 'self',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'POST', path: '/users/me/change-password' },
  input: z.object({
    currentPassword: Password.meta({ title: 'Current password', widget: 'password', secret: true }),
    newPassword: Password.meta({ title: 'New password', widget: 'password', secret: true }),
    keepOtherSessions: z.boolean().default(false).meta({ title: 'Stay signed in elsewhere' }),
  }),
  output: z.object({ status: z.literal('changed') }),
  targets: 'none',
  async run(ctx, { currentPassword, newPassword, keepOtherSessions }) {
    const sessionId = requireSession(ctx.actor);
    const change = { currentPassword, newPassword, sessionId, keepOthers: keepOtherSessions };
    await ctx.provider(Profile).changePassword(ctx.actor.id, change, fromOf(ctx));
    if (ctx.tenantId !== NO_TENANT) ctx.emit('auth.password_changed', { userId: ctx.actor.id });
    return { status: 'changed' as const };
  },
});
