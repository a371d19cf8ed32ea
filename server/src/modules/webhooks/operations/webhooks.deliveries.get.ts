import { z } from 'zod';
import { and, desc, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { deliveryId, DeliveryDetail, type Attempt } from '../schemas.ts';
import { deliveryView, findDelivery, webhookTargets } from '../store.ts';
import { attempts, payloads, type AttemptRow } from '../tables.ts';

const SHOWN = 50;

const attemptView = (row: AttemptRow): Attempt => ({
  id: row.id,
  number: row.number,
  at: row.at.toISOString(),
  ms: row.ms,
  outcome: row.outcome,
  status: row.status,
  error: row.error,
  request: { url: row.url, headers: row.requestHeaders },
  response: row.responseHeaders === null ? null : { headers: row.responseHeaders, body: row.responseBody },
});

export const webhooksDeliveriesGet = defineOperation({
  name: 'webhooks.deliveries.get',
  summary: 'Show a delivery with each attempt, its request and its response',
  description: 'Values of your own headers are not shown. The body is kept for 7 days.',
  permission: 'webhookDeliveries:read',
  risk: 'read',
  route: { method: 'GET', path: '/webhook-deliveries/{id}' },
  input: z.object({ id: deliveryId }),
  output: DeliveryDetail,
  targets: async (ctx, { id }) => webhookTargets((await findDelivery(ctx, id)).webhook),
  async run(ctx, { id }) {
    const { delivery } = await findDelivery(ctx, id);
    const [payload] = await ctx.db.select().from(payloads).where(and(eq(payloads.tenantId, ctx.tenantId), eq(payloads.id, id))); // prettier-ignore
    const mine = and(eq(attempts.tenantId, ctx.tenantId), eq(attempts.deliveryId, id));
    const rows = await ctx.db.select().from(attempts).where(mine).orderBy(desc(attempts.number)).limit(SHOWN);
    return { ...deliveryView(delivery), payload: payload?.body ?? null, history: rows.map(attemptView) };
  },
});
