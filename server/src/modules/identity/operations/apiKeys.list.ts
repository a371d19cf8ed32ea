import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Keys } from '../keys/port.ts';
import { ApiKey, apiKey } from '../keys/schemas.ts';
import { lendingAccount } from '../keys/allowed.ts';
import { requireSession } from '../own.ts';
import { Standing } from '../providers/port.ts';

export const apiKeysList = defineOperation({
  name: 'apiKeys.list',
  summary: 'List your API keys in this tenant',
  description: 'With `all`, those of everybody: that needs apiKeys:read over the whole tenant.',
  permission: 'apiKeys:read',
  risk: 'read',
  access: 'self',
  input: z.object({
    all: z.boolean().default(false).meta({ title: 'Of everybody' }),
    serviceAccountId: z.uuid().optional().meta({ title: 'Service account', help: 'Only its keys', widget: 'serviceAccount' }),
  }),
  output: z.object({ items: z.array(ApiKey), nextCursor: z.null() }),
  targets: 'none',
  async run(ctx, { all, serviceAccountId }) {
    requireSession(ctx.actor);
    const mayAll = all && (await ctx.provider(Standing).holds(ctx.db, ctx.actor, 'apiKeys:read'));
    if (all && !mayAll)
      throw new Problem('permission-denied', 'Seeing the keys of everybody needs apiKeys:read over the whole tenant.', {
        permission: 'apiKeys:read',
      });
    if (serviceAccountId !== undefined && !mayAll) await lendingAccount(ctx, serviceAccountId);
    const found = await ctx.provider(Keys).list(ctx.tenantId, serviceAccountId ?? (all ? undefined : ctx.actor.id));
    return { items: found.map(apiKey), nextCursor: null };
  },
});
