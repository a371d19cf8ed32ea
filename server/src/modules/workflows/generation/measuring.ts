import { sql } from '#kernel/drizzle.ts';
import type { Reading } from './catalogue.ts';

/** What records say of one node. Times are milliseconds. */
export interface Measured {
  runs: number;
  medianMs: number;
  /** Nineteen of twenty took no longer. */
  longMs: number;
  failed: number;
  /** Of these, by faults that pass: transient, of a provider, or for want of time. */
  passing: number;
  timedOut: number;
  tokens: number;
}

export interface Past {
  executions: number;
  since: Date;
  medianMs: number | null;
  failed: number;
  byNode: ReadonlyMap<string, Measured>;
}

const DAYS = 30;
/** Enough to tell, few enough to look at while somebody waits. */
const MOST_EXECUTIONS = 200;

/** The last executions of a workflow that were neither tests nor dry runs, and the records of their nodes; a retry counts by its last attempt. */
export async function measured({ db, tenantId, now }: Pick<Reading, 'db' | 'tenantId' | 'now'>, workflowId: string): Promise<Past> {
  const since = new Date(now().getTime() - DAYS * 86_400_000);
  const last = sql`
    select id, status, started_at, ended_at from workflow_executions
    where tenant_id = ${tenantId} and workflow_id = ${workflowId} and not is_test and not dry_run and created_at >= ${since.toISOString()}::timestamptz
      and status in ('completed', 'partial_success', 'failed', 'timed_out')
    order by id desc limit ${MOST_EXECUTIONS}`;
  const { rows: [whole] } = await db.execute<{ executions: number; median: number | null; failed: number }>(sql`
    select count(*)::int as executions, count(*) filter (where status in ('failed', 'timed_out'))::int as failed,
      percentile_cont(0.5) within group (order by extract(epoch from ended_at - started_at) * 1000) as median
    from (${last}) as e`);
  const { rows } = await db.execute<{ node: string; runs: number; median: number | null; long: number | null; failed: number; passing: number; timed_out: number; tokens: number }>(sql`
    select n.node_id as node, count(*)::int as runs,
      percentile_cont(0.5) within group (order by n.duration_ms) as median, percentile_cont(0.95) within group (order by n.duration_ms) as long,
      count(*) filter (where n.status = 'failed')::int as failed,
      count(*) filter (where n.status = 'failed' and n.error ->> 'class' in ('transient', 'provider', 'timeout'))::int as passing,
      count(*) filter (where n.status = 'failed' and n.error ->> 'class' = 'timeout')::int as timed_out,
      coalesce(sum(n.tokens), 0)::float8 as tokens
    from (${last}) as e join node_executions n on n.tenant_id = ${tenantId} and n.execution_id = e.id
    where n.status in ('completed', 'failed') and not n.reused
    group by n.node_id`);
  return {
    executions: whole!.executions,
    since,
    medianMs: whole!.median === null ? null : Math.round(whole!.median),
    failed: whole!.failed,
    byNode: new Map(rows.map(({ node, runs, median, long, failed, passing, timed_out: timedOut, tokens }) => [node, { runs, medianMs: Math.round(median ?? 0), longMs: Math.round(long ?? 0), failed, passing, timedOut, tokens }])),
  };
} // prettier-ignore
