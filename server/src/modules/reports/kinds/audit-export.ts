import { sql } from '#kernel/drizzle.ts';
import { idAt } from '#kernel/ids.ts';
import { asked, iso, targetNames, within, type Column, type Kind, type Row } from '../kind.ts';

const COLUMNS: readonly Column[] = [
  { key: 'time', title: 'Time (UTC)', width: 12 },
  { key: 'actor', title: 'Actor', width: 9 },
  { key: 'email', title: 'E-mail' },
  { key: 'actorKind', title: 'Kind of actor', width: 6 },
  { key: 'roles', title: 'Roles' },
  { key: 'ip', title: 'Address' },
  { key: 'surface', title: 'Surface', width: 5 },
  { key: 'operation', title: 'Operation', width: 12 },
  { key: 'permission', title: 'Permission' },
  { key: 'targets', title: 'Targets', width: 14 },
  { key: 'risk', title: 'Risk', width: 4 },
  { key: 'result', title: 'Result', width: 6 },
  { key: 'stage', title: 'Stage', width: 6 },
  { key: 'code', title: 'Problem', width: 9 },
  { key: 'reason', title: 'Reason', width: 14 },
  { key: 'rules', title: 'Rules' },
  { key: 'changeId', title: 'Id of the Change' },
  { key: 'approvers', title: 'Approvers' },
  { key: 'comment', title: 'Comment' },
  { key: 'requestId', title: 'Request' },
  { key: 'decisionId', title: 'Decision' },
  { key: 'times', title: 'Times', width: 3 },
  { key: 'id', title: 'Id' },
];
const PAGE = 2_000;

/** The trail over a range. Reads of nothing sensitive are left out: they are not kept for as long as a report must stay the same. */
export const auditExport: Kind = {
  key: 'audit-export',
  title: 'Audit trail',
  about:
    'Every write, refusal and sensitive read of the trail, with who, what, on what, by which rules and how it ended. Other reads are in the export of the audit page.',
  filters: ['user', 'target', 'operation', 'environment', 'result'],
  scoped: true,
  columns: () => COLUMNS,
  async page(db, { tenantId, from, to, cutoff, filters, reach }, after) {
    const before = to < cutoff ? to : cutoff;
    const { user, result } = filters;
    const { rows } = await db.execute<Row>(sql`
      select ${iso(sql`e.at`)} as "time", e.actor_name as "actor", e.actor_email as "email", e.actor_kind as "actorKind", e.roles as "roles", e.ip as "ip", e.surface as "surface", e.operation as "operation",
        e.permission as "permission", ${targetNames(sql`e.targets`)} as "targets", e.risk as "risk", e.result as "result", e.reason->>'stage' as "stage", e.reason->>'code' as "code", e.reason->>'text' as "reason",
        e.rules as "rules", e.change_id::text as "changeId", e.approver_ids as "approvers", e.comment as "comment", e.request_id as "requestId", e.decision_id::text as "decisionId", e.occurrences as "times", e.id::text as "id"
      from audit_entries e
      where e.tenant_id = ${tenantId} and e.kept = 'evidence' and e.id >= ${after ?? idAt(from)}::uuid ${after === null ? sql`` : sql`and e.id > ${after}::uuid`} and e.id < ${idAt(before)}::uuid
        and ${user === undefined ? sql`true` : sql`(e.actor_id = ${user} or e.actor_email = ${user})`} and ${result === undefined ? sql`true` : sql`e.result = ${result}`}
        and ${asked.operation(filters.operation, sql`e.operation`)} and ${asked.target(filters.target, sql`e.targets`)} and ${asked.environment(filters.environment, sql`e.targets`)}
        and ${within(reach, sql`e.targets`)}
      order by e.id limit ${PAGE}`); // prettier-ignore
    return { rows, next: rows.length < PAGE ? null : String(rows.at(-1)!['id']) };
  },
};
