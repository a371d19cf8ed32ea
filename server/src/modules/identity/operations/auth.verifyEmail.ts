import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { fromOf, SIGNUP_COOKIE } from '../registration/from.ts';
import { Registration, type Proof } from '../registration/port.ts';
import { Code, Email, LinkToken, Password, PersonName } from '../registration/schemas.ts';
import { SecondFactorAsked, SignedIn, signInAnswer } from '../schemas.ts';

const Verified = z.object({ status: z.literal('verified'), email: z.string() });
const PasswordRequired = z.object({
  status: z.literal('password-required'),
  // Not `token`: that is a session's, and goes into the cookie.
  proof: z.string().meta({ secret: true, help: 'Send it as the token, with the password that was chosen' }),
  expiresAt: z.iso.datetime(),
  email: z.string(),
  name: z.string().meta({ help: 'As whoever signed up wrote it' }),
});

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
    'In the browser that signed up this also signs in, and answers as auth.login does. Anywhere else the password of the sign-up does not count, for it may be a stranger’s: without `password` the answer is `password-required` with a proof to send as the token within 30 minutes, and nothing has changed yet; with it the account begins with that password. A code is good for 15 minutes and five tries, a link for 24 hours.',
  permission: 'auth:signup',
  risk: 'write',
  change: 'none',
  access: 'public',
  session: 'start',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({
    token: LinkToken.optional(),
    email: Email.optional(),
    code: Code.optional(),
    password: Password.optional(),
    name: PersonName.optional().meta({ title: 'Name', help: 'Only with a password; when left out, it stays as it was signed up with' }),
  }),
  output: z.discriminatedUnion('status', [Verified, PasswordRequired, SignedIn, SecondFactorAsked]),
  targets: 'none',
  async run(ctx, { password, name, ...proof }) {
    const chosen = password === undefined ? undefined : { password, name };
    const verified = await ctx.provider(Registration).verify(proofOf(proof), ctx.browser?.cookie(SIGNUP_COOKIE), fromOf(ctx), chosen);
    if (verified.status === 'password-required') return { ...verified, expiresAt: verified.expiresAt.toISOString() };
    if (verified.status === 'verified') return verified;
    ctx.browser?.setCookie(SIGNUP_COOKIE, '', { maxAgeSeconds: 0 });
    return signInAnswer(verified);
  },
});
