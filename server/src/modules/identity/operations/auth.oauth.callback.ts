import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { CallbackInput, Location, ProviderId } from '../federation/schemas.ts';
import { given, land } from '../federation/visit.ts';

export const authOauthCallback = defineOperation({
  name: 'auth.oauth.callback',
  summary: 'Come back from a provider',
  description: 'The redirect address to register at the provider. Answers 302 to a page with a one-time code, never with a token.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  redirect: true,
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'GET', path: '/auth/oauth/{provider}/callback' },
  input: z.object({ provider: ProviderId, ...CallbackInput }),
  output: Location,
  targets: 'none',
  run: (ctx, { provider, ...fields }) => land(ctx, { provider, parameters: given(fields) }),
});
