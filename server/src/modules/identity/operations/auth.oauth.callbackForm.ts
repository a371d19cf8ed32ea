import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { CallbackInput, Location, ProviderId } from '../federation/schemas.ts';
import { given, land } from '../federation/visit.ts';

export const authOauthCallbackForm = defineOperation({
  name: 'auth.oauth.callbackForm',
  summary: 'Come back from a provider with a form',
  description: 'As the callback by address, for providers that post it (`response_mode=form_post`): Apple, which sends the name only the first time.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  redirect: true,
  form: 'cross',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'POST', path: '/auth/oauth/{provider}/callback' },
  input: z.object({ provider: ProviderId, ...CallbackInput, user: z.string().max(2_000).optional() }),
  output: Location,
  targets: 'none',
  run: (ctx, { provider, ...fields }) => land(ctx, { provider, parameters: given(fields) }),
});
