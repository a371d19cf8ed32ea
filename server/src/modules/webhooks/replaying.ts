import { and, eq, gte, lt, ne, type SQL } from '#kernel/drizzle.ts';
import { idAt } from '#kernel/ids.ts';
import { deliveries } from './tables.ts';

/** A delivery begins anew: its attempts are counted on, its schedule from the start. */
export const again = (at: Date) => ({ state: 'waiting' as const, round: 0, nextAt: at, code: null, settledAt: null, replayedAt: at, updatedAt: at });

interface Range {
  tenantId: string;
  webhookId: string;
  from: Date;
  to: Date;
  onlyFailed: boolean;
}

/** What a span of time is about: what is settled in it, but for tests. */
export const inRange = ({ tenantId, webhookId, from, to, onlyFailed }: Range): SQL | undefined =>
  and(
    eq(deliveries.tenantId, tenantId),
    eq(deliveries.webhookId, webhookId),
    gte(deliveries.id, idAt(from)),
    lt(deliveries.id, idAt(to)),
    onlyFailed ? eq(deliveries.state, 'failed') : ne(deliveries.state, 'waiting'),
    eq(deliveries.isTest, false),
  );
