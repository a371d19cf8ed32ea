import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { LoginInput } from '../schemas.ts';
import { signInWith } from './auth.login.ts';

export const authToken = defineOperation({
  name: 'auth.token',
  summary: 'Sign in for an access and a refresh token',
  description:
    'The same sign-in as `auth.login`, with the field names of the OAuth 2.0 password grant; takes a form or JSON. An account with a second factor is answered `mfa-required` with the challenge.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  form: 'own',
  hiddenFrom: ['mcp', 'workflow', 'cli'],
  input: z.object({
    username: LoginInput.shape.email,
    password: LoginInput.shape.password,
    tenant: LoginInput.shape.tenant,
    grant_type: z.literal('password').optional(),
    scope: z.string().max(1_000).optional().meta({ help: 'Ignored: what a person may do is decided by their roles' }),
  }),
  output: z.object({
    access_token: z.string().meta({ secret: true }),
    token_type: z.literal('Bearer'),
    expires_in: z.int().meta({ help: 'Seconds' }),
    refresh_token: z.string().meta({ secret: true }),
  }),
  targets: 'none',
  async run(ctx, { username, password, tenant }) {
    const concluded = await signInWith(ctx, username, password, { kind: 'pair', tenant });
    if (concluded.status === 'mfa-required') {
      const { challengeId, factors, expiresAt } = concluded;
      throw new Problem('mfa-required', 'The password is right; the account has a second factor. Answer the challenge to go on.', {
        challengeId,
        factors,
        expiresAt: expiresAt.toISOString(),
      });
    }
    const { accessToken, refreshToken, expiresIn } = concluded.issued;
    return { access_token: accessToken!, token_type: 'Bearer' as const, expires_in: expiresIn!, refresh_token: refreshToken! };
  },
});
