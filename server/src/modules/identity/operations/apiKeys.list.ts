import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requireSession } from '../own.ts';
import { Accounts } from '../providers/port.ts';
import { ApiKey, apiKey } from '../schemas.ts';

export const apiKeysList = defineOperation({
  name: 'apiKeys.list',
  summary: 'List your API keys in this tenant',
  permission: 'apiKeys:read',
  risk: 'read',
  access: 'self',
  input: z.object({}),
  output: z.object({ items: z.array(ApiKey), nextCursor: z.null() }),
  targets: 'none',
  async run(ctx) {
    requireSession(ctx.actor);
    const found = await ctx.provider(Accounts).keys(ctx.actor.id, ctx.tenantId);
    return { items: found.map(apiKey), nextCursor: null };
  },
});
