import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { fromOf, SIGNUP_COOKIE } from '../registration/from.ts';
import { Registration, type Proof } from '../registration/port.ts';
import { Code, Email, LinkToken } from '../registration/schemas.ts';
import { SecondFactorAsked, SignedIn, signInAnswer } from '../schemas.ts';

const Verified = z.object({ status: z.literal('verified'), email: z.string() });

const proofOf = ({ token, email, code }: { token?: string | undefined; email?: string | undefined; code?: string | undefined }): Proof => {
  if (token !== undefined && email === undefined && code === undefined) return { token };
  if (token === undefined && email !== undefined && code !== undefined) return { email, code };
  throw new Problem('validation-failed', 'Send either the token of the link, or the address together with the code.', {
    errors: [{ pointer: '/token', message: 'Either token, or email and code' }],
  });
};

export const authVerifyEmail = defineOperation({
  name: 'auth.verifyEmail',
  summary: 'Show that an address is yours, by the link or the code of a mail',
  description:
    'In the browser that signed up this also signs in, and answers as auth.login does. A code is good for 15 minutes and five tries, a link for 24 hours.',
  permission: 'auth:signup',
  risk: 'write',
  change: 'none',
  access: 'public',
  session: 'start',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ token: LinkToken.optional(), email: Email.optional(), code: Code.optional() }),
  output: z.discriminatedUnion('status', [Verified, SignedIn, SecondFactorAsked]),
  targets: 'none',
  async run(ctx, input) {
    const verified = await ctx.provider(Registration).verify(proofOf(input), ctx.browser?.cookie(SIGNUP_COOKIE), fromOf(ctx));
    if (verified.status === 'verified') return verified;
    ctx.browser?.setCookie(SIGNUP_COOKIE, '', { maxAgeSeconds: 0 });
    return signInAnswer(verified);
  },
});
