import { sql } from '#kernel/drizzle.ts';
import { iso, type Column, type Kind, type Row } from '../kind.ts';

const COLUMNS: readonly Column[] = [
  { key: 'review', title: 'Review', width: 8 },
  { key: 'startedAt', title: 'Started (UTC)', width: 12 },
  { key: 'dueAt', title: 'Due (UTC)' },
  { key: 'person', title: 'Person', width: 10 },
  { key: 'email', title: 'E-mail' },
  { key: 'machine', title: 'Service account' },
  { key: 'kind', title: 'What', width: 5 },
  { key: 'holding', title: 'Holding', width: 10 },
  { key: 'scope', title: 'Scope', width: 10 },
  { key: 'until', title: 'Until (UTC)' },
  { key: 'givenBy', title: 'Given by', width: 8 },
  { key: 'lastUsedAt', title: 'Used last (UTC)', width: 12 },
  { key: 'unused', title: 'Unused', width: 5 },
  { key: 'lookedBackDays', title: 'Days looked back' },
  { key: 'unusedPermissions', title: 'Unused permissions', width: 12 },
  { key: 'toxic', title: 'Toxic combinations', width: 8 },
  { key: 'verdict', title: 'Verdict', width: 6 },
  { key: 'decidedBy', title: 'Decided by', width: 9 },
  { key: 'decidedAt', title: 'Decided (UTC)', width: 12 },
  { key: 'comment', title: 'Comment', width: 12 },
  { key: 'outcome', title: 'Outcome', width: 7 },
  { key: 'endedAt', title: 'Ended (UTC)' },
  { key: 'change', title: 'Change', width: 6 },
  { key: 'itemId', title: 'Id of the item' },
];
const PAGE = 2_000;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** What reviews of access found and decided, holding by holding, as far as they were at the cut-off. */
export const accessReview: Kind = {
  key: 'access-review',
  title: 'Access reviews',
  about:
    'Of reviews that began in the range: who held what and over what, when it was used last, unused permissions, toxic combinations, and what was decided by whom.',
  filters: ['user'],
  scoped: false,
  columns: () => COLUMNS,
  async page(db, { tenantId, from, to, cutoff, filters: { user } }, after) {
    const before = to < cutoff ? to : cutoff;
    const { rows } = await db.execute<Row>(sql`
      select v.name as "review", ${iso(sql`v.created_at`)} as "startedAt", ${iso(sql`v.due_at`)} as "dueAt", i.subject_name as "person", i.subject_email as "email", i.machine as "machine", i.kind as "kind",
        i.holding as "holding", i.scope::text as "scope", ${iso(sql`i.valid_until`)} as "until", i.given_by_name as "givenBy", ${iso(sql`i.last_used_at`)} as "lastUsedAt", i.unused as "unused",
        i.looked_back_days as "lookedBackDays", i.unused_permissions as "unusedPermissions", i.toxic as "toxic", d.verdict as "verdict", d.decided_by_name as "decidedBy", ${iso(sql`d.created_at`)} as "decidedAt",
        d.comment as "comment", case when i.ended_at < ${cutoff} then i.state when d.verdict = 'keep' then 'kept' when v.closed_at < ${cutoff} then v.state else 'open' end as "outcome",
        case when i.ended_at < ${cutoff} then ${iso(sql`i.ended_at`)} end as "endedAt", case when i.ended_at < ${cutoff} then i.change_number end as "change", i.id::text as "itemId"
      from access_review_items i join access_reviews v on v.tenant_id = i.tenant_id and v.id = i.review_id
      left join lateral (select n.* from access_review_decisions n where n.tenant_id = i.tenant_id and n.item_id = i.id and n.created_at < ${cutoff} order by n.created_at desc, n.id desc limit 1) d on true
      where i.tenant_id = ${tenantId} and i.id > ${after ?? FIRST}::uuid and v.created_at >= ${from} and v.created_at < ${before}
        and ${user === undefined ? sql`true` : sql`(i.subject_id::text = ${user} or i.subject_email = ${user})`}
      order by i.id limit ${PAGE}`); // prettier-ignore
    return { rows, next: rows.length < PAGE ? null : String(rows.at(-1)!['itemId']) };
  },
};
