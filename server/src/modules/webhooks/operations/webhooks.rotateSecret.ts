import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Surroundings } from '../providers/port.ts';
import { WEBHOOKS } from '../rules.ts';
import { FreshWebhook, id } from '../schemas.ts';
import { newSecret, sealSecret } from '../sealing.ts';
import { findWebhook, webhookTargets, webhookView } from '../store.ts';
import { webhooks } from '../tables.ts';

export const webhooksRotateSecret = defineOperation({
  name: 'webhooks.rotateSecret',
  summary: 'Put a new signing secret in the place of the one in use',
  description:
    'It is in this answer and never shown again. For 24 hours both sign, so that receivers can follow; one from before that is dropped at once.',
  permission: 'webhooks:write',
  risk: 'high',
  // The answer holds the secret, so there is nobody to agree to it afterwards: a fresh proof stands in for that.
  change: 'none',
  stepUp: 300,
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({ id }),
  output: FreshWebhook,
  targets: async (ctx, { id: webhook }) => webhookTargets(await findWebhook(ctx, webhook)),
  async run(ctx, { id: webhook }) {
    const row = await findWebhook(ctx, webhook, true);
    const [secret, at] = [newSecret(), ctx.now()];
    const [saved] = await ctx.db
      .update(webhooks)
      .set({
        secretSealed: await sealSecret(ctx.db, ctx.provider(Surroundings).sealer, row, secret),
        secretSetAt: at,
        previousSealed: row.secretSealed,
        previousUntil: new Date(at.getTime() + WEBHOOKS.overlap),
        version: row.version + 1,
        updatedAt: at,
      })
      .where(and(eq(webhooks.tenantId, ctx.tenantId), eq(webhooks.id, webhook)))
      .returning();
    ctx.emit('webhook.updated', { webhookId: webhook, name: row.name, fields: ['secret'] });
    return { ...webhookView(saved!, at), secret };
  },
});
