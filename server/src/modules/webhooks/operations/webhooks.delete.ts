import { z } from 'zod';
import type { Database } from '#kernel/database.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { SecretReferences } from '#kernel/secret-references.ts';
import { Surroundings } from '../providers/port.ts';
import { id } from '../schemas.ts';
import { openWebhook } from '../sealing.ts';
import { findWebhook, webhookTargets } from '../store.ts';
import { webhooks } from '../tables.ts';
import { referencesIn } from '../wishes.ts';

/** Rows that one statement takes. */
const BATCH = 5_000;

/** Before the webhook itself, since from then on whatever is announced waits for us, and there may be a month of them. */
async function forgetDeliveries(db: Database, tenantId: string, webhookId: string): Promise<void> {
  const some = sql`delete from webhook_deliveries where tenant_id = ${tenantId} and id in (
    select id from webhook_deliveries where tenant_id = ${tenantId} and webhook_id = ${webhookId} limit ${BATCH})`;
  while (((await db.execute(some)).rowCount ?? 0) === BATCH);
}

export const webhooksDelete = defineOperation({
  name: 'webhooks.delete',
  summary: 'Send nothing to an address any more',
  description: 'What waits is not sent, and the history of deliveries goes with it.',
  permission: 'webhooks:write',
  risk: 'high',
  input: z.object({ id }),
  output: z.object({ id: z.uuid() }),
  targets: async (ctx, { id: webhook }) => webhookTargets(await findWebhook(ctx, webhook)),
  async plan(ctx, { id: webhook }) {
    const { name, version } = await findWebhook(ctx, webhook);
    return {
      summary: `Send nothing to ${name} any more`,
      changes: [{ action: 'delete', type: 'webhook', id: webhook, name }],
      dataLoss: 'What waits to be sent, its signing secret, and the history of its deliveries.',
      observed: { [`webhook:${webhook}`]: String(version) },
    };
  },
  async run(ctx, { id: webhook }) {
    const row = await findWebhook(ctx, webhook, true);
    const { headers } = await openWebhook(ctx.db, ctx.provider(Surroundings).sealer, row, ctx.now());
    if (referencesIn(headers).length > 0) await ctx.provider(SecretReferences).unlink(ctx.db, ctx.tenantId, { kind: 'webhook', id: webhook });
    await forgetDeliveries(ctx.db, ctx.tenantId, webhook);
    await ctx.db.delete(webhooks).where(and(eq(webhooks.tenantId, ctx.tenantId), eq(webhooks.id, webhook)));
    ctx.emit('webhook.deleted', { webhookId: webhook, name: row.name });
    return { id: webhook };
  },
});
