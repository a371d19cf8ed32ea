import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, desc, eq, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { NotificationDelivery } from '../schemas.ts';
import { deliveries, DELIVERY_STATES } from '../tables.ts';

export const notificationDeliveriesList = defineOperation({
  name: 'notificationDeliveries.list',
  summary: 'List what was sent by mail and to channels, and how it ended',
  permission: 'notifications:configure',
  risk: 'read',
  input: z.object({
    channelId: z.uuid().optional().meta({ title: 'Channel' }),
    status: z.enum(DELIVERY_STATES).optional().meta({ title: 'How it ended' }),
    ...pageInput,
  }),
  output: pageOf(NotificationDelivery),
  targets: 'none',
  async run({ db, tenantId }, { channelId, status, cursor, limit }) {
    const [after] = decodeCursor(cursor, 1) ?? [];
    if (after !== undefined && !isUuid(String(after)))
      throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
    const rows = await db
      .select()
      .from(deliveries)
      .where(
        and(
          eq(deliveries.tenantId, tenantId),
          channelId ? eq(deliveries.channelId, channelId) : undefined,
          status ? eq(deliveries.status, status) : undefined,
          after === undefined ? undefined : lt(deliveries.id, String(after)),
        ),
      )
      .orderBy(desc(deliveries.id))
      .limit(limit + 1);
    return toPage(rows, limit, ({ id }) => [id], ({ content, settledAt, releaseAt, createdAt, ...row }) => ({
      ...row, number: content.number ?? null, settledAt: settledAt?.toISOString() ?? null, releaseAt: releaseAt?.toISOString() ?? null, createdAt: createdAt.toISOString(),
    })); // prettier-ignore
  },
});
