import { sql } from '#kernel/drizzle.ts';
import { asked, iso, within, type Column, type Kind, type Row } from '../kind.ts';

const COLUMNS: readonly Column[] = [
  { key: 'time', title: 'Time (UTC)', width: 12 },
  { key: 'user', title: 'User', width: 10 },
  { key: 'email', title: 'E-mail' },
  { key: 'surface', title: 'Surface', width: 6 },
  { key: 'operation', title: 'Operation', width: 14 },
  { key: 'targets', title: 'Targets', width: 14 },
  { key: 'risk', title: 'Risk', width: 5 },
  { key: 'stage', title: 'Stage', width: 7 },
  { key: 'code', title: 'Problem', width: 12 },
  { key: 'reason', title: 'Reason', width: 24 },
  { key: 'policies', title: 'Policies', width: 12 },
  { key: 'selfApproval', title: 'Self-approval', width: 6 },
  { key: 'times', title: 'Times', width: 4 },
  { key: 'decisionId', title: 'Decision' },
];
/** Refused by the Change, not by the Gate, so the trail has it as a failure. */
const SELF = 'self-approval-forbidden';
const PAGE = 2_000;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Every call that was refused: where in the Gate, by which rule, and whether somebody tried to agree to what they asked for. */
export const policyViolations: Kind = {
  key: 'policy-violations',
  title: 'Policy violations',
  about: 'Every call that was refused, with the stage of the Gate and the rules, and attempts to approve one’s own Change.',
  filters: ['user', 'target', 'operation', 'environment'],
  scoped: true,
  columns: () => COLUMNS,
  async page(db, { tenantId, from, to, cutoff, filters, reach }, after) {
    const before = to < cutoff ? to : cutoff;
    const { user } = filters;
    const { rows } = await db.execute<Row>(sql`
      select e.id, ${iso(sql`e.at`)} as "time", e.actor_name as "user", e.actor_email as "email", e.surface, e.operation, e.risk, e.reason->>'stage' as "stage", e.reason->>'code' as "code",
        e.reason->>'text' as "reason", e.rules as "policies", coalesce(e.reason->>'code' = ${SELF}, false) as "selfApproval", e.occurrences as "times", e.decision_id as "decisionId",
        (select coalesce(array_agg(coalesce(t.value->>'type', '') || ':' || coalesce(t.value->>'name', t.value->>'id') order by t.ordinality), '{}') from jsonb_array_elements(e.targets) with ordinality t) as "targets"
      from audit_entries e
      where e.tenant_id = ${tenantId} and (e.result = 'denied' or (e.result = 'failure' and e.reason->>'code' = ${SELF})) and e.id > ${after ?? FIRST}::uuid and e.at >= ${from} and e.at < ${before}
        and ${user === undefined ? sql`true` : sql`(e.actor_id = ${user} or e.actor_email = ${user})`} and ${asked.operation(filters.operation, sql`e.operation`)}
        and ${asked.target(filters.target, sql`e.targets`)} and ${asked.environment(filters.environment, sql`e.targets`)} and ${within(reach, sql`e.targets`)}
      order by e.id limit ${PAGE}`); // prettier-ignore
    return { rows, next: rows.length < PAGE ? null : String(rows.at(-1)!['id']) };
  },
};
