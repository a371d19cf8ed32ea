import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { ProviderId, ReturnTo } from '../federation/schemas.ts';
import { begin } from '../federation/visit.ts';
import { requireSession } from '../own.ts';

export const authOauthLink = defineOperation({
  name: 'auth.oauth.link',
  summary: 'Link an identity at another provider with your account',
  description: 'Answers where the browser goes. The identity is linked when it comes back, in this browser and while this session lasts.',
  permission: 'auth:link',
  risk: 'write',
  change: 'none',
  access: 'self',
  stepUp: 300,
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'POST', path: '/auth/oauth/link' },
  input: z.object({ provider: ProviderId, returnTo: ReturnTo }),
  output: z.object({ startUrl: z.string(), expiresAt: z.iso.datetime() }),
  targets: 'none',
  async run(ctx, { provider, returnTo }) {
    const link = { userId: ctx.actor.id, sessionId: requireSession(ctx.actor) };
    const { location, expiresAt } = await begin(ctx, { provider, returnTo, purpose: 'link' }, link);
    return { startUrl: location, expiresAt: expiresAt.toISOString() };
  },
});
