import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { fromOf, SIGNUP_COOKIE, SIGNUP_SECONDS } from '../registration/from.ts';
import { Registration } from '../registration/port.ts';
import { CheckMail, Email, LinkToken, Locale, Password, PersonName } from '../registration/schemas.ts';

export const authSignup = defineOperation({
  name: 'auth.signup',
  summary: 'Make an account',
  description:
    'The answer is the same whether there is an account with this address or not; the mail tells its owner. With an invitation that was sent to this address the account is good at once (`verified`). `tenantName` founds a tenant when the address is verified.',
  permission: 'auth:signup',
  risk: 'write',
  change: 'none',
  access: 'public',
  accepted: true,
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({
    email: Email,
    password: Password,
    name: PersonName,
    locale: Locale.optional(),
    invitationToken: LinkToken.optional().meta({ title: 'Invitation', secret: true }),
    tenantName: z
      .string()
      .trim()
      .min(2)
      .max(100)
      .regex(/^[^\p{Cc}<>]+$/u, 'No control characters, < or >')
      .optional()
      .meta({ title: 'Organisation', help: 'Founded with you as its owner once your address is verified' }),
  }),
  output: z.discriminatedUnion('status', [CheckMail, z.object({ status: z.literal('verified'), email: z.string() })]),
  targets: 'none',
  async run(ctx, input) {
    const done = await ctx.provider(Registration).signUp(input, fromOf(ctx));
    if (done.status === 'verified') return done;
    ctx.browser?.setCookie(SIGNUP_COOKIE, done.browser, { maxAgeSeconds: SIGNUP_SECONDS });
    return { status: done.status };
  },
});
