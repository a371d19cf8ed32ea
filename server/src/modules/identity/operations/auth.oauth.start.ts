import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Location, ProviderId, ReturnTo, StartPurpose } from '../federation/schemas.ts';
import { begin } from '../federation/visit.ts';

export const authOauthStart = defineOperation({
  name: 'auth.oauth.start',
  summary: 'Go to Google, GitHub, Microsoft, Apple or PeeringDB to sign in',
  description:
    'For browsers: answers 302 to the provider, with state, nonce and PKCE (S256), and binds the way back to this browser for ten minutes.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  redirect: true,
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'GET', path: '/auth/oauth/{provider}' },
  input: z.object({ provider: ProviderId, returnTo: ReturnTo, purpose: StartPurpose }),
  output: Location,
  targets: 'none',
  run: async (ctx, { provider, returnTo, purpose }) => ({ location: (await begin(ctx, { provider, returnTo, purpose })).location }),
});
