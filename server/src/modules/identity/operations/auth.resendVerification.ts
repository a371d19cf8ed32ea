import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { fromOf } from '../registration/from.ts';
import { Registration } from '../registration/port.ts';
import { CheckMail, Email } from '../registration/schemas.ts';

export const authResendVerification = defineOperation({
  name: 'auth.resendVerification',
  summary: 'Send the mail that verifies an address once more',
  description: 'Link and code of earlier mails are void from then on. The answer is the same for every address.',
  permission: 'auth:signup',
  risk: 'write',
  change: 'none',
  access: 'public',
  accepted: true,
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'POST', path: '/auth/verify-email/resend' },
  input: z.object({ email: Email }),
  output: CheckMail,
  targets: 'none',
  async run(ctx, { email }) {
    await ctx.provider(Registration).resend(email, fromOf(ctx));
    return { status: 'check_email' as const };
  },
});
