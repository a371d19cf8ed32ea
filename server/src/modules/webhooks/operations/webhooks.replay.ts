import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { callUp } from '../lanes.ts';
import { Surroundings } from '../providers/port.ts';
import { again } from '../replaying.ts';
import { Delivery, deliveryId } from '../schemas.ts';
import { deliveryView, findDelivery, isDisabled, webhookTargets } from '../store.ts';
import { deliveries, payloads } from '../tables.ts';

async function replayable(ctx: ReadContext, id: string) {
  const found = await findDelivery(ctx, id);
  if (found.webhook.state === 'disabled') throw isDisabled(found.webhook.name);
  const [kept] = await ctx.db.select({ id: payloads.id }).from(payloads).where(and(eq(payloads.tenantId, ctx.tenantId), eq(payloads.id, id))); // prettier-ignore
  if (!kept) throw new Problem('webhook-payload-gone', 'What was sent is kept for seven days, and this is older.');
  return found;
}

export const webhooksReplay = defineOperation({
  name: 'webhooks.replay',
  summary: 'Send a delivery again',
  description: 'With the same id and body, signed anew; with all its attempts, if it fails again.',
  permission: 'webhooks:replay',
  risk: 'write',
  route: { method: 'POST', path: '/webhook-deliveries/{id}/replay' },
  input: z.object({ id: deliveryId }),
  output: Delivery,
  targets: async (ctx, { id }) => webhookTargets((await findDelivery(ctx, id)).webhook),
  async plan(ctx, { id }) {
    const { delivery, webhook } = await replayable(ctx, id);
    return { summary: `Send ${delivery.type} to ${webhook.name} again`, changes: [] };
  },
  async run(ctx, { id }) {
    const { webhook } = await replayable(ctx, id);
    const mine = and(eq(deliveries.tenantId, ctx.tenantId), eq(deliveries.id, id));
    const [row] = await ctx.db.update(deliveries).set(again(ctx.now())).where(mine).returning();
    await callUp(ctx, webhook.id);
    ctx.provider(Surroundings).wake();
    return deliveryView(row!);
  },
});
