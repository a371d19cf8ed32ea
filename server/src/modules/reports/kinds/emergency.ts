import { sql } from '#kernel/drizzle.ts';
import { asked, iso, within, type Column, type Kind, type Row } from '../kind.ts';

const COLUMNS: readonly Column[] = [
  { key: 'time', title: 'Time (UTC)', width: 12 },
  { key: 'change', title: 'Change', width: 7 },
  { key: 'user', title: 'Declared by', width: 10 },
  { key: 'operation', title: 'Operation', width: 14 },
  { key: 'reason', title: 'Reason', width: 24 },
  { key: 'ticket', title: 'Ticket', width: 8 },
  { key: 'skipped', title: 'Rules set aside', width: 14 },
  { key: 'review', title: 'Review', width: 9 },
  { key: 'reviewer', title: 'Reviewed by', width: 10 },
  { key: 'reviewedAt', title: 'Reviewed (UTC)', width: 12 },
  { key: 'reviewComment', title: 'What was said', width: 16 },
  { key: 'reviewDueAt', title: 'Review due (UTC)' },
];
const PAGE = 2_000;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Every time approvals and windows were skipped, and how far its review was at the cut-off. */
export const emergency: Kind = {
  key: 'emergency',
  title: 'Emergencies',
  about: 'Every time approvals and time windows were skipped: by whom, why, past which rules, and what the review said.',
  filters: ['user', 'target', 'operation'],
  scoped: true,
  columns: () => COLUMNS,
  async page(db, { tenantId, from, to, cutoff, filters, reach }, after) {
    const before = to < cutoff ? to : cutoff;
    const { user } = filters;
    const { rows } = await db.execute<Row>(sql`
      select e.id, ${iso(sql`e.used_at`)} as "time", 'CHG-' || c.number as "change", e.user_name as "user", c.operation, e.reason, e.ticket, e.skipped, ${iso(sql`e.review_due_at`)} as "reviewDueAt",
        case when seen.reviewed then e.verdict when e.review_due_at < ${cutoff} then 'overdue' else 'open' end as "review", case when seen.reviewed then e.reviewer_name end as "reviewer",
        case when seen.reviewed then ${iso(sql`e.reviewed_at`)} end as "reviewedAt", case when seen.reviewed then e.review_comment end as "reviewComment"
      from emergencies e join changes c on c.tenant_id = e.tenant_id and c.id = e.change_id
      cross join lateral (select coalesce(e.reviewed_at < ${cutoff}, false) as reviewed) seen
      where e.tenant_id = ${tenantId} and e.id > ${after ?? FIRST}::uuid and e.used_at >= ${from} and e.used_at < ${before}
        and ${user === undefined ? sql`true` : sql`(e.user_id = ${user} or c.requester->>'email' = ${user})`}
        and ${asked.operation(filters.operation, sql`c.operation`)} and ${asked.target(filters.target, sql`c.targets`)} and ${within(reach, sql`c.targets`)}
      order by e.id limit ${PAGE}`); // prettier-ignore
    return { rows, next: rows.length < PAGE ? null : String(rows.at(-1)!['id']) };
  },
};
