import type { Context } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Accounts } from '../providers/port.ts';
import { LoginInput, signInAnswer, SignInAnswer } from '../schemas.ts';
import { DEVICE_COOKIE } from '../own.ts';
import type { Arrival, Concluded, Issued } from '../sessions/types.ts';

/** Everything that came with a call besides what was typed. */
export const arrivalOf = (ctx: Context, wanted: Pick<Arrival, 'kind' | 'tenant' | 'rememberMe'>): Arrival => ({
  ...wanted,
  ip: ctx.actor.ip,
  agent: ctx.browser?.userAgent ?? null,
  deviceToken: ctx.browser?.cookie(DEVICE_COOKIE),
});

/** A wrong password is on record too, in the tenant of the account that was tried. */
export const knownTo =
  (ctx: Context) =>
  ({ id, email, name }: Issued['user'], { tenantId, slug }: { tenantId: string; slug: string }): void =>
    ctx.actAs({ kind: 'user', id, email, name, tenantId, tenantSlug: slug, credentialId: null, permissionCap: null, ip: ctx.actor.ip });

/** With a password, for every path that takes one: one budget, one funnel. */
export const signInWith = (
  ctx: Context,
  email: string,
  password: string,
  wanted: Pick<Arrival, 'kind' | 'tenant' | 'rememberMe'>,
): Promise<Concluded> => ctx.provider(Accounts).signIn({ email, password, arrival: arrivalOf(ctx, wanted) }, knownTo(ctx));

export const authLogin = defineOperation({
  name: 'auth.login',
  summary: 'Sign in with e-mail and password',
  description:
    'Opens a session, or answers `mfa-required` with a challenge when the account has a second factor. A session of 256 random bits ends eight hours after its last use and after seven days at the latest. The answer to an unknown address and to a wrong password is the same. Who belongs to several tenants and names none works in none until `auth.switchTenant`.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  session: 'start',
  hiddenFrom: ['mcp', 'workflow'],
  input: LoginInput,
  output: SignInAnswer,
  targets: 'none',
  run: async (ctx, { email, password, tenant, tokenType, rememberMe }) =>
    signInAnswer(await signInWith(ctx, email, password, { kind: tokenType, tenant, rememberMe })),
});
