import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Federation } from '../federation/port.ts';
import { ProviderId } from '../federation/schemas.ts';

export const authOidcBackchannelLogout = defineOperation({
  name: 'auth.oidc.backchannelLogout',
  summary: 'End the sessions that rest on a session which its identity provider has ended',
  description: 'OpenID Connect Back-Channel Logout 1.0: called by the provider with a signed logout token that names a person, a session, or both.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  form: 'own',
  fromServers: true,
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'POST', path: '/auth/oidc/{provider}/backchannel-logout' },
  input: z.object({
    provider: ProviderId,
    // In a form the protocol's own name for it, which is not ours to choose.
    logout_token: z
      .string()
      .max(16_384)
      .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, 'Not a signed token')
      .meta({ secret: true }),
  }),
  output: z.object({ ended: z.int() }),
  targets: 'none',
  run: async (ctx, { provider, logout_token: token }) => ({ ended: await ctx.provider(Federation).backchannelLogout(provider, token) }),
});
