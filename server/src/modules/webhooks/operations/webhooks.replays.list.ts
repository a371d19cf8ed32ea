import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, count, desc, eq, gt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { inRange } from '../replaying.ts';
import { id, ReplayProgress } from '../schemas.ts';
import { findWebhook, webhookTargets } from '../store.ts';
import { deliveries, replays, type ReplayRow } from '../tables.ts';

/** More than anybody looks back at. */
const SHOWN = 20;

/** What lies before the place where a replay stands. */
async function leftOf({ db }: ReadContext, replay: ReplayRow): Promise<number> {
  if (replay.endedAt !== null) return 0;
  const ahead = replay.lastId === null ? undefined : gt(deliveries.id, replay.lastId);
  const [row] = await db
    .select({ left: count() })
    .from(deliveries)
    .where(and(inRange(replay), ahead));
  return row!.left;
}

export const webhooksReplaysList = defineOperation({
  name: 'webhooks.replays.list',
  summary: 'Show how far the replays of a webhook have come',
  description: 'The newest 20, the newest first.',
  permission: 'webhookDeliveries:read',
  risk: 'read',
  route: { method: 'GET', path: '/webhooks/{id}/replays' },
  input: z.object({ id }),
  output: z.object({ items: z.array(ReplayProgress) }),
  targets: async (ctx, { id: webhook }) => webhookTargets(await findWebhook(ctx, webhook)),
  async run(ctx, { id: webhook }) {
    const mine = and(eq(replays.tenantId, ctx.tenantId), eq(replays.webhookId, webhook));
    const rows = await ctx.db.select().from(replays).where(mine).orderBy(desc(replays.id)).limit(SHOWN);
    const items: z.input<typeof ReplayProgress>[] = [];
    for (const row of rows)
      items.push({
        id: row.id,
        from: row.from.toISOString(),
        to: row.to.toISOString(),
        only: row.onlyFailed ? 'failed' : 'all',
        deliveries: row.replayed + row.skipped + (await leftOf(ctx, row)),
        replayed: row.replayed,
        skipped: row.skipped,
        createdAt: row.createdAt.toISOString(),
        endedAt: row.endedAt?.toISOString() ?? null,
      });
    return { items };
  },
});
