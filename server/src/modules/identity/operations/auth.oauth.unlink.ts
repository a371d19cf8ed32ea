import { z } from 'zod';
import { NO_TENANT } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Federation } from '../federation/port.ts';
import { ProviderId } from '../federation/schemas.ts';
import { visitorOf } from '../federation/visit.ts';
import { requireSession } from '../own.ts';

export const authOauthUnlink = defineOperation({
  name: 'auth.oauth.unlink',
  summary: 'Unlink an identity at another provider from your account',
  description: 'Refused when it is the only way in: `last-sign-in-method`.',
  permission: 'auth:link',
  risk: 'write',
  change: 'none',
  access: 'self',
  stepUp: 300,
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'DELETE', path: '/auth/oauth/{provider}' },
  input: z.object({ provider: ProviderId }),
  output: z.object({ provider: z.string() }),
  targets: 'none',
  async run(ctx, { provider }) {
    requireSession(ctx.actor);
    await ctx.provider(Federation).unlink(ctx.actor.id, provider, visitorOf(ctx));
    if (ctx.tenantId !== NO_TENANT) ctx.emit('auth.identity_unlinked', { userId: ctx.actor.id, provider });
    return { provider };
  },
});
