import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { endableKey } from '../keys/allowed.ts';
import { Keys } from '../keys/port.ts';

export const apiKeysRevoke = defineOperation({
  name: 'apiKeys.revoke',
  summary: 'End an API key',
  description: 'Your own; with apiKeys:revoke over the whole tenant anybody’s. At once in this process and within five seconds everywhere.',
  permission: 'apiKeys:revoke',
  risk: 'write',
  change: 'none',
  access: 'self',
  route: { method: 'DELETE', path: '/api-keys/{id}' },
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  targets: 'none',
  async run(ctx, { id }) {
    const key = await endableKey(ctx, id);
    if (!(await ctx.provider(Keys).revoke(ctx.tenantId, id))) throw new Problem('not-found', 'The key was revoked in the meantime.');
    ctx.emit('apiKey.revoked', { keyId: id, userId: key.owner.id, by: ctx.actor.id });
    return { id };
  },
});
