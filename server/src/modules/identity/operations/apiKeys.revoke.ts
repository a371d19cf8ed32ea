import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { requireSession } from '../own.ts';
import { Accounts } from '../providers/port.ts';

export const apiKeysRevoke = defineOperation({
  name: 'apiKeys.revoke',
  summary: 'End one of your API keys',
  description: 'Takes effect at once in this process and within five seconds everywhere.',
  permission: 'apiKeys:revoke',
  risk: 'write',
  change: 'none',
  access: 'self',
  route: { method: 'DELETE', path: '/api-keys/{id}' },
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  targets: 'none',
  async run(ctx, { id }) {
    requireSession(ctx.actor);
    const found = await ctx.provider(Accounts).revokeKey({ userId: ctx.actor.id, tenantId: ctx.tenantId }, id);
    if (!found) throw new Problem('not-found', 'You have no such API key in this tenant, or it is revoked already.');
    ctx.emit('apiKey.revoked', { keyId: id, userId: ctx.actor.id });
    return { id };
  },
});
