import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Federation } from '../federation/port.ts';
import { FLOW_COOKIE, visitorOf } from '../federation/visit.ts';
import { LoginInput, signInAnswer, SignInAnswer } from '../schemas.ts';
import { arrivalOf } from './auth.login.ts';

export const authOauthComplete = defineOperation({
  name: 'auth.oauth.complete',
  summary: 'Turn the one-time code of a federated sign-in into a session',
  description:
    'The code is good once, for two minutes, in the browser that began. The second factor of the account is asked for as after a password.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  session: 'start',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'POST', path: '/auth/oauth/complete' },
  input: z.object({
    code: z
      .string()
      .regex(/^[\w-]{43}$/, 'Not a code')
      .meta({ secret: true }),
    ...LoginInput.pick({ tenant: true, tokenType: true, rememberMe: true }).shape,
  }),
  output: SignInAnswer,
  targets: 'none',
  async run(ctx, { code, tenant, tokenType, rememberMe }) {
    const concluded = await ctx.provider(Federation).complete(code, visitorOf(ctx), arrivalOf(ctx, { kind: tokenType, tenant, rememberMe }));
    ctx.browser?.setCookie(FLOW_COOKIE, '', { maxAgeSeconds: 0 });
    if (concluded.status === 'signed-in') {
      const { user, tenant: home, tenants } = concluded.issued;
      const there = home ?? tenants[0];
      if (there)
        ctx.actAs({
          kind: 'user',
          ...user,
          tenantId: there.tenantId,
          tenantSlug: there.slug,
          credentialId: null,
          permissionCap: null,
          ip: ctx.actor.ip,
        });
    }
    return signInAnswer(concluded);
  },
});
