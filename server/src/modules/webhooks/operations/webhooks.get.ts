import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { figuresOf } from '../figures.ts';
import { Figures, id, Webhook } from '../schemas.ts';
import { findWebhook, webhookTargets, webhookView } from '../store.ts';

export const webhooksGet = defineOperation({
  name: 'webhooks.get',
  summary: 'Show a webhook and how its receiver does',
  permission: 'webhooks:read',
  risk: 'read',
  input: z.object({ id }),
  output: Webhook.extend({ figures: Figures }),
  targets: async (ctx, { id: webhook }) => webhookTargets(await findWebhook(ctx, webhook)),
  async run(ctx, { id: webhook }) {
    const row = await findWebhook(ctx, webhook);
    return { ...webhookView(row, ctx.now()), figures: await figuresOf(ctx, row.id) };
  },
});
