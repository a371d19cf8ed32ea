import { sql, type SQL } from '#kernel/drizzle.ts';
import { idAt } from '#kernel/ids.ts';
import { asked, within, type Ask, type Column, type Kind, type Row } from '../kind.ts';

const COLUMNS: readonly Column[] = [
  { key: 'period', title: 'Period (UTC)', width: 8 },
  { key: 'changes', title: 'Changes', width: 6 },
  { key: 'succeeded', title: 'Succeeded', width: 6 },
  { key: 'failed', title: 'Failed', width: 6 },
  { key: 'changeFailurePercent', title: 'Change failure rate (%)', width: 8 },
  { key: 'rollbacks', title: 'Rollbacks', width: 6 },
  { key: 'emergencies', title: 'Emergencies', width: 6 },
  { key: 'perDay', title: 'Changes a day', width: 6 },
  { key: 'leadMedianSeconds', title: 'Median lead time (s)', width: 8 },
  { key: 'leadP90Seconds', title: 'Lead time, 9 of 10 within (s)', width: 8 },
  { key: 'restoreMedianSeconds', title: 'Median time to restore (s)', width: 8 },
  { key: 'unrestored', title: 'Not restored', width: 6 },
  { key: 'errors', title: 'Errors', width: 6 },
];
const DAY_MS = 86_400_000;
/** Up to a month by day, longer by week. */
const DAILY_UNTIL_DAYS = 31;

const FAILED = sql`('failed', 'partially_succeeded', 'rolled_back', 'rollback_failed')`;
const finished = (c: SQL): SQL => sql`${c}.state in ('succeeded', 'failed', 'partially_succeeded', 'rolled_back', 'rollback_failed')`;
const share = (part: SQL, whole: SQL): SQL => sql`case when ${whole} > 0 then round(100.0 * ${part} / ${whole}, 1)::float8 end`;

/**
 * The four figures of DORA, of Changes that ended in the range. A Change failed when it did not end well or was undone by another one
 * later. What it broke is restored when its own rollback or its undoing has ended, or else the next Change that succeeded on the same
 * thing; counted from its beginning, or from its end where it had seemed well.
 */
function query({ tenantId, from, to, cutoff, filters, reach }: Ask): SQL {
  const before = to < cutoff ? to : cutoff;
  const unit = to.getTime() - from.getTime() > DAILY_UNTIL_DAYS * DAY_MS ? sql`'week'` : sql`'day'`;
  const period = (time: SQL): SQL => sql`to_char(date_trunc(${unit}, ${time} at time zone 'utc'), 'YYYY-MM-DD')`;
  const days = (before.getTime() - from.getTime()) / DAY_MS;
  return sql`
    with ended as (
      select ${period(sql`c.ended_at`)} as period, c.state, c.rollback_of, c.emergency, round(extract(epoch from c.ended_at - c.created_at))::int as lead,
        c.state in ${FAILED} or undo.ended_at is not null as bad,
        round(extract(epoch from case when undo.ended_at is not null then undo.ended_at - c.ended_at
          when c.state = 'rolled_back' then c.ended_at - coalesce(c.started_at, c.created_at)
          when c.state in ${FAILED} then fixed.ended_at - coalesce(c.started_at, c.created_at) end))::int as restored
      from changes c
      left join lateral (select min(u.ended_at) as ended_at from changes u where u.tenant_id = c.tenant_id and u.rollback_of = c.id and u.state = 'succeeded' and u.ended_at < ${cutoff}) undo on true
      left join lateral (
        select min(n.ended_at) as ended_at from changes n where c.state in ${FAILED} and n.tenant_id = c.tenant_id and n.state = 'succeeded' and n.ended_at > c.ended_at and n.ended_at < ${cutoff}
          and exists (select from jsonb_array_elements(c.targets) a, jsonb_array_elements(n.targets) b where a->>'type' = b->>'type' and a->>'id' = b->>'id')) fixed on true
      where c.tenant_id = ${tenantId} and c.ended_at >= ${from} and c.ended_at < ${before} and ${finished(sql`c`)}
        and ${asked.operation(filters.operation, sql`c.operation`)} and ${asked.environment(filters.environment, sql`c.targets`)} and ${within(reach, sql`c.targets`)}),
    facts as (
      select period, 1 as change, state, rollback_of, emergency, lead, bad, restored, 0 as errors from ended
      union all
      select ${period(sql`e.at`)}, 0, null, null, null, null, null, null, e.occurrences from audit_entries e
      where e.tenant_id = ${tenantId} and e.result = 'error' and e.kept = 'evidence' and e.id >= ${idAt(from)} and e.id < ${idAt(before)}
        and ${asked.operation(filters.operation, sql`e.operation`)} and ${asked.environment(filters.environment, sql`e.targets`)} and ${within(reach, sql`e.targets`)})
    select coalesce(period, 'total') as "period", sum(change)::int as "changes", count(*) filter (where state = 'succeeded' and not bad)::int as "succeeded", count(*) filter (where bad)::int as "failed",
      ${share(sql`count(*) filter (where bad)`, sql`sum(change)`)} as "changeFailurePercent", count(*) filter (where state = 'rolled_back' or (rollback_of is not null and state = 'succeeded'))::int as "rollbacks",
      count(*) filter (where emergency)::int as "emergencies",
      case when grouping(period) = 1 then round(sum(change) / ${days}::numeric, 2)::float8 end as "perDay",
      percentile_disc(0.5) within group (order by lead) filter (where state = 'succeeded' and not bad) as "leadMedianSeconds",
      percentile_disc(0.9) within group (order by lead) filter (where state = 'succeeded' and not bad) as "leadP90Seconds",
      percentile_disc(0.5) within group (order by restored) filter (where bad) as "restoreMedianSeconds",
      count(*) filter (where bad and restored is null)::int as "unrestored", sum(errors)::int as "errors"
    from facts group by grouping sets ((period), ()) having count(*) > 0 order by grouping(period), 1`;
}

/** How often, how fast and how well the tenant changes things. */
export const trends: Kind = {
  key: 'trends',
  title: 'Trends',
  about:
    'By day, or by week over more than a month: Changes, failures, rollbacks, errors, lead time, change failure rate and time to restore (the DORA figures), and all of it together.',
  filters: ['operation', 'environment'],
  scoped: true,
  columns: () => COLUMNS,
  page: async (db, ask) => ({ rows: (await db.execute<Row>(query(ask))).rows, next: null }),
};
