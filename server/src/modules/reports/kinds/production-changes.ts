import { sql, type SQL } from '#kernel/drizzle.ts';
import { asked, iso, within, type Ask, type Column, type Kind, type Row } from '../kind.ts';
import { groupChanges } from '../rules.ts';

const COLUMNS: readonly Column[] = [
  { key: 'time', title: 'Time (UTC)', width: 12 },
  { key: 'change', title: 'Change', width: 6 },
  { key: 'user', title: 'User', width: 9 },
  { key: 'email', title: 'E-mail' },
  { key: 'actorKind', title: 'Kind of actor' },
  { key: 'surface', title: 'Surface' },
  { key: 'operation', title: 'Operation', width: 12 },
  { key: 'targets', title: 'Targets', width: 14 },
  { key: 'environments', title: 'Environments' },
  { key: 'risk', title: 'Risk', width: 4 },
  { key: 'result', title: 'Result', width: 7 },
  { key: 'approvers', title: 'Approvers', width: 10 },
  { key: 'approvedAt', title: 'Approved (UTC)', width: 12 },
  { key: 'approvalSeconds', title: 'Time to approve (s)' },
  { key: 'ticket', title: 'Ticket', width: 7 },
  { key: 'comment', title: 'Comment' },
  { key: 'windowKept', title: 'Window kept', width: 5 },
  { key: 'emergency', title: 'Emergency', width: 5 },
  { key: 'rollback', title: 'Rollback', width: 6 },
  { key: 'startedAt', title: 'Started (UTC)' },
  { key: 'endedAt', title: 'Ended (UTC)' },
  { key: 'changeId', title: 'Id of the Change' },
];

const GROUPED: readonly Column[] = [
  { key: 'group', title: 'Group', width: 24 },
  { key: 'changes', title: 'Changes', width: 6 },
  { key: 'succeeded', title: 'Succeeded', width: 6 },
  { key: 'failed', title: 'Failed', width: 6 },
  { key: 'refused', title: 'Not agreed to', width: 6 },
  { key: 'open', title: 'Open', width: 6 },
  { key: 'rolledBack', title: 'Rolled back', width: 6 },
  { key: 'highRisk', title: 'High risk', width: 6 },
  { key: 'emergencies', title: 'Emergencies', width: 6 },
  { key: 'approved', title: 'With approval', width: 6 },
  { key: 'medianApprovalSeconds', title: 'Median time to approve (s)', width: 8 },
];

const PAGE = 2_000;
const production = (environment: string | undefined): SQL =>
  environment === undefined
    ? sql`(c.targets @> '[{"environment":"prod"}]'::jsonb or c.targets @> '[{"environment":"production"}]'::jsonb)`
    : asked.environment(environment, sql`c.targets`);
const byUser = (user: string | undefined): SQL =>
  user === undefined ? sql`true` : sql`(c.requester_id = ${user} or c.requester->>'ownerId' = ${user} or c.requester->>'email' = ${user})`;

/** What is told of a Change is what was so at the cut-off, so that the same question has the same answer for good. */
const query = ({ tenantId, from, to, cutoff, filters, reach }: Ask, after: string | null): SQL => {
  const before = to < cutoff ? to : cutoff;
  return sql`
    select c.number, c.id as "changeId", ${iso(sql`c.created_at`)} as "time", 'CHG-' || c.number as "change", c.requester->>'name' as "user", c.requester->>'email' as "email",
      c.requester->>'kind' as "actorKind", c.surface, c.operation, c.risk, seen.result, c.ticket, c.comment, c.emergency,
      (select coalesce(array_agg(coalesce(t.value->>'type', '') || ':' || coalesce(t.value->>'name', t.value->>'id') order by t.ordinality), '{}') from jsonb_array_elements(c.targets) with ordinality t) as "targets",
      (select coalesce(array_agg(distinct t.value->>'environment') filter (where t.value->>'environment' is not null), '{}') from jsonb_array_elements(c.targets) t) as "environments",
      case when seen.agreed and agreed.names is null and c.template_id is not null then array['template'] else coalesce(agreed.names, '{}') end as "approvers",
      case when seen.agreed then ${iso(sql`c.approved_at`)} end as "approvedAt",
      case when seen.agreed and c.submitted_at is not null and agreed.names is not null then round(extract(epoch from c.approved_at - c.submitted_at))::int end as "approvalSeconds",
      case when c.emergency and cardinality(e.skipped) > 0 then 'set aside: ' || array_to_string(e.skipped, ' ') else 'yes' end as "windowKept",
      case when undo.number is not null then 'by CHG-' || undo.number when undone.number is not null then 'of CHG-' || undone.number end as "rollback",
      case when c.started_at < ${cutoff} then ${iso(sql`c.started_at`)} end as "startedAt",
      case when c.ended_at < ${cutoff} then ${iso(sql`c.ended_at`)} end as "endedAt"
    from changes c
    cross join lateral (select case when c.ended_at < ${cutoff} then c.state else 'open' end as result, coalesce(c.approved_at < ${cutoff}, false) as agreed) seen
    left join lateral (
      select array_agg(d.decider_name || coalesce(' for ' || d.on_behalf_of_name, '') order by d.created_at, d.id) as names
      from approval_requests r join approval_decisions d on d.tenant_id = r.tenant_id and d.request_id = r.id
      where r.tenant_id = c.tenant_id and r.change_id = c.id and d.verdict = 'approved' and d.created_at < ${cutoff}
        and (d.withdrawn_at is null or d.withdrawn_at >= ${cutoff})) agreed on true
    left join emergencies e on e.tenant_id = c.tenant_id and e.change_id = c.id
    left join lateral (
      select u.number from changes u where u.tenant_id = c.tenant_id and u.rollback_of = c.id and u.state = 'succeeded' and u.ended_at < ${cutoff}
      order by u.number limit 1) undo on true
    left join changes undone on undone.tenant_id = c.tenant_id and undone.id = c.rollback_of
    where c.tenant_id = ${tenantId} and c.number > ${after === null ? 0 : Number(after)} and c.created_at >= ${from} and c.created_at < ${before}
      and ${production(filters.environment)} and ${byUser(filters.user)} and ${asked.target(filters.target, sql`c.targets`)}
      and ${asked.operation(filters.operation, sql`c.operation`)} and ${filters.result === undefined ? sql`true` : sql`seen.result = ${filters.result}`}
      and ${within(reach, sql`c.targets`)}
    order by c.number limit ${PAGE}`;
};

/** Every Change in production: who, what, when, who agreed, and how it went. */
export const productionChanges: Kind = {
  key: 'production-changes',
  title: 'Production changes',
  about: 'Every Change in production: who asked, on what, who agreed and when, the ticket, and how it went.',
  filters: ['user', 'target', 'operation', 'environment', 'result', 'groupBy'],
  scoped: true,
  columns: ({ groupBy }) => (groupBy ? GROUPED : COLUMNS),
  async page(db, ask, after) {
    const { rows } = await db.execute<Row>(query(ask, after));
    return { rows, next: rows.length < PAGE ? null : String(rows.at(-1)!['number']) };
  },
  fold: ({ groupBy }) => groupBy && groupChanges(groupBy),
};
