import type { ReadContext } from '#kernel/context.ts';
import { sql } from '#kernel/drizzle.ts';
import { idAt } from '#kernel/ids.ts';
import type { Figures } from './schemas.ts';

const DAY = 86_400_000;

interface Row extends Record<string, unknown> {
  attempts: number;
  delivered: number;
  p50: number | null;
  p95: number | null;
  waiting: number;
  last: { at: string; status: number | null; error: string | null } | null;
}

/** How the receiver did in the last 24 hours, by its newest 1,000 attempts. */
export async function figuresOf({ db, tenantId, now }: Pick<ReadContext, 'db' | 'tenantId' | 'now'>, webhookId: string): Promise<Figures> {
  const since = idAt(new Date(now().getTime() - DAY));
  const { rows } = await db.execute<Row>(sql`
    with recent as (
      select outcome, ms, at, status, error from webhook_attempts
      where tenant_id = ${tenantId} and webhook_id = ${webhookId} and id >= ${since} order by id desc limit 1000)
    select count(*)::int as attempts, (count(*) filter (where outcome = 'delivered'))::int as delivered,
      round(percentile_cont(0.5) within group (order by ms))::int as p50, round(percentile_cont(0.95) within group (order by ms))::int as p95,
      (select count(*)::int from webhook_deliveries where tenant_id = ${tenantId} and webhook_id = ${webhookId} and state = 'waiting') as waiting,
      (select jsonb_build_object('at', at, 'status', status, 'error', error) from recent where outcome <> 'delivered' order by at desc limit 1) as last
    from recent`);
  const { attempts, delivered, p50, p95, waiting, last } = rows[0]!;
  return {
    attempts,
    successRate: attempts === 0 ? null : delivered / attempts,
    p50,
    p95,
    waiting,
    lastError: last && { ...last, at: new Date(last.at).toISOString() },
  };
}
