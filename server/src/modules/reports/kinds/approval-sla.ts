import { sql } from '#kernel/drizzle.ts';
import { asked, within, type Column, type Kind, type Row } from '../kind.ts';

const COLUMNS: readonly Column[] = [
  { key: 'approver', title: 'Approver', width: 16 },
  { key: 'decisions', title: 'Decisions', width: 6 },
  { key: 'approved', title: 'Approved', width: 6 },
  { key: 'rejected', title: 'Rejected', width: 6 },
  { key: 'approvalPercent', title: 'Approved (%)', width: 6 },
  { key: 'medianSeconds', title: 'Median time (s)', width: 7 },
  { key: 'p90Seconds', title: '9 of 10 within (s)', width: 7 },
  { key: 'breaches', title: 'Too late', width: 6 },
  { key: 'forOthers', title: 'For others', width: 6 },
  { key: 'rubberStamps', title: 'Within 10 s', width: 6 },
];

/** How fast and how carefully each approver decides. Under ten seconds nobody has read a plan: such decisions are counted apart. */
export const approvalSla: Kind = {
  key: 'approval-sla',
  title: 'Approval times',
  about:
    'For each approver: decisions, median and 90th percentile of the time to decide, breaches of the time that rules ask for, and decisions within 10 s.',
  filters: ['target', 'operation', 'environment'],
  scoped: true,
  columns: () => COLUMNS,
  async page(db, { tenantId, from, to, cutoff, filters, reach }) {
    const before = to < cutoff ? to : cutoff;
    const { rows } = await db.execute<Row>(sql`
      select max(s.name) as "approver", count(*)::int as "decisions", count(*) filter (where s.verdict = 'approved')::int as "approved",
        count(*) filter (where s.verdict = 'rejected')::int as "rejected", round(100.0 * count(*) filter (where s.verdict = 'approved') / count(*))::int as "approvalPercent",
        percentile_disc(0.5) within group (order by s.seconds) as "medianSeconds", percentile_disc(0.9) within group (order by s.seconds) as "p90Seconds",
        count(*) filter (where s.late)::int as "breaches", count(*) filter (where s.other)::int as "forOthers", count(*) filter (where s.seconds < 10)::int as "rubberStamps"
      from (select d.decider_id, d.decider_name as name, d.verdict, round(extract(epoch from d.created_at - r.created_at))::int as seconds, d.created_at > r.sla_due_at as late, d.on_behalf_of is not null as other
        from approval_decisions d join approval_requests r on r.tenant_id = d.tenant_id and r.id = d.request_id join changes c on c.tenant_id = r.tenant_id and c.id = r.change_id
        where d.tenant_id = ${tenantId} and d.created_at >= ${from} and d.created_at < ${before} and (d.withdrawn_at is null or d.withdrawn_at >= ${cutoff})
          and ${asked.operation(filters.operation, sql`c.operation`)} and ${asked.target(filters.target, sql`c.targets`)} and ${asked.environment(filters.environment, sql`c.targets`)}
          and ${within(reach, sql`c.targets`)}) s
      group by s.decider_id order by 1, s.decider_id`); // prettier-ignore
    return { rows, next: null };
  },
};
