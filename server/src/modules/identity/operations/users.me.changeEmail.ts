import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requireSession } from '../own.ts';
import { Profile } from '../profile/port.ts';
import { fromOf } from '../registration/from.ts';
import { CheckMail, Email } from '../registration/schemas.ts';

export const usersMeChangeEmail = defineOperation({
  name: 'users.me.changeEmail',
  summary: 'Ask for another address for your account',
  description: 'It is changed when the link in the mail to the new address is opened; the old address can undo that for 72 hours.',
  permission: 'profile:write',
  risk: 'write',
  change: 'none',
  access: 'self',
  stepUp: 15 * 60,
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/users/me/email' },
  input: z.object({ email: Email }),
  output: CheckMail,
  targets: 'none',
  async run(ctx, { email }) {
    requireSession(ctx.actor);
    await ctx.provider(Profile).changeEmail(ctx.actor.id, email, fromOf(ctx));
    return { status: 'check_email' as const };
  },
});
