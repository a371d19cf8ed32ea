import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, desc, eq, gte, lt } from '#kernel/drizzle.ts';
import { idAt } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { Delivery, id } from '../schemas.ts';
import { deliveryView, findWebhook, webhookTargets } from '../store.ts';
import { deliveries, DELIVERY_STATES } from '../tables.ts';

export const webhooksDeliveriesList = defineOperation({
  name: 'webhooks.deliveries.list',
  summary: 'List what was sent to a webhook, and what waits',
  description: 'Newest first, for 30 days.',
  permission: 'webhookDeliveries:read',
  risk: 'read',
  route: { method: 'GET', path: '/webhooks/{id}/deliveries' },
  input: z.object({
    id,
    state: z.enum(DELIVERY_STATES).optional().meta({ title: 'State' }),
    type: z.string().max(120).optional().meta({ title: 'Event' }),
    status: z.coerce.number().int().min(100).max(599).optional().meta({ title: 'HTTP status', help: 'Of the last attempt' }),
    from: z.iso.datetime().optional().meta({ title: 'From', help: 'Made at or after' }),
    to: z.iso.datetime().optional().meta({ title: 'To', help: 'Made before' }),
    ...pageInput,
  }),
  output: pageOf(Delivery),
  targets: async (ctx, { id: webhook }) => webhookTargets(await findWebhook(ctx, webhook)),
  async run(ctx, { id: webhook, state, type, status, from, to, cursor, limit }) {
    const before = decodeCursor(cursor, 1)?.[0];
    if (before !== undefined && !isUuid(String(before))) throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.'); // prettier-ignore
    const wanted = and(
      eq(deliveries.tenantId, ctx.tenantId),
      eq(deliveries.webhookId, webhook),
      state === undefined ? undefined : eq(deliveries.state, state),
      type === undefined ? undefined : eq(deliveries.type, type),
      status === undefined ? undefined : eq(deliveries.status, status),
      from === undefined ? undefined : gte(deliveries.id, idAt(new Date(from))),
      to === undefined ? undefined : lt(deliveries.id, idAt(new Date(to))),
      before === undefined ? undefined : lt(deliveries.id, String(before)),
    );
    const rows = await ctx.db.select().from(deliveries).where(wanted).orderBy(desc(deliveries.id)).limit(limit + 1); // prettier-ignore
    return toPage(rows, limit, (row) => [row.id], deliveryView);
  },
});
