import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Location, ProviderId, ReturnTo, StartPurpose } from '../federation/schemas.ts';
import { begin } from '../federation/visit.ts';

export const authOidcLogin = defineOperation({
  name: 'auth.oidc.login',
  summary: 'Go to the identity provider of a tenant to sign in',
  description: 'For browsers: OpenID Connect, authorisation code with PKCE (S256). The way back is bound to this browser for ten minutes.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  redirect: true,
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'GET', path: '/auth/oidc/{provider}/login' },
  input: z.object({ provider: ProviderId, returnTo: ReturnTo, purpose: StartPurpose }),
  output: Location,
  targets: 'none',
  run: async (ctx, { provider, returnTo, purpose }) => ({ location: (await begin(ctx, { provider, returnTo, purpose })).location }),
});
