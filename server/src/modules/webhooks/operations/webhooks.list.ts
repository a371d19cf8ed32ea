import { z } from 'zod';
import { asc, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Webhook } from '../schemas.ts';
import { isReached, webhookView } from '../store.ts';
import { webhooks } from '../tables.ts';

export const webhooksList = defineOperation({
  name: 'webhooks.list',
  summary: 'List webhooks',
  description: 'By name. Secrets and values of headers are never shown.',
  permission: 'webhooks:read',
  risk: 'read',
  input: z.object({}),
  output: z.object({ items: z.array(Webhook), nextCursor: z.null() }),
  targets: 'filter',
  async run(ctx) {
    // As many as the plan allows, so one page.
    const rows = await ctx.db.select().from(webhooks).where(eq(webhooks.tenantId, ctx.tenantId)).orderBy(asc(webhooks.name)); // prettier-ignore
    return { items: rows.filter((row) => isReached(ctx.reach, row)).map((row) => webhookView(row, ctx.now())), nextCursor: null };
  },
});
