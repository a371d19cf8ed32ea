import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { LoginInput, signInAnswer, SignInAnswer } from '../schemas.ts';
import { Accounts } from '../providers/port.ts';
import { arrivalOf, knownTo } from './auth.login.ts';

export const authLocalLogin = defineOperation({
  name: 'auth.localLogin',
  summary: 'Sign in with the name of a local account',
  description:
    'The same sign-in as `auth.login`, with the same budget of tries, for accounts that were made at the server with `switchyard users create`. A username belongs to a tenant; where two tenants use one, the tenant has to be named.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  session: 'start',
  hiddenFrom: ['mcp', 'workflow', 'cli'],
  route: { method: 'POST', path: '/identity/local/login' },
  input: z.object({
    username: z
      .string()
      .trim()
      .min(1)
      .max(64)
      .regex(/^\P{Cc}+$/u, 'No control characters')
      .meta({ title: 'Username' }),
    password: LoginInput.shape.password,
    tenant: LoginInput.shape.tenant,
    tokenType: LoginInput.shape.tokenType,
    rememberMe: LoginInput.shape.rememberMe,
  }),
  output: SignInAnswer,
  targets: 'none',
  run: async (ctx, { username, password, tenant, tokenType, rememberMe }) =>
    signInAnswer(
      await ctx.provider(Accounts).signIn({ username, password, arrival: arrivalOf(ctx, { kind: tokenType, tenant, rememberMe }) }, knownTo(ctx)),
    ),
});
