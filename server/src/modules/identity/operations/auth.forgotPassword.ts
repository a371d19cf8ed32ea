import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { fromOf } from '../registration/from.ts';
import { Registration } from '../registration/port.ts';
import { CheckMail, Email } from '../registration/schemas.ts';

export const authForgotPassword = defineOperation({
  name: 'auth.forgotPassword',
  summary: 'Have a link to set another password mailed',
  description: 'The answer is the same for every address, and takes the same time. The link is good for 30 minutes.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  accepted: true,
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ email: Email }),
  output: CheckMail,
  targets: 'none',
  async run(ctx, { email }) {
    await ctx.provider(Registration).forgot(email, fromOf(ctx));
    return { status: 'check_email' as const };
  },
});
