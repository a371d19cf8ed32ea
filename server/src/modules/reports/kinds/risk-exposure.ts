import { sql } from '#kernel/drizzle.ts';
import { idAt } from '#kernel/ids.ts';
import { iso, type Column, type Kind, type Row } from '../kind.ts';

const COLUMNS: readonly Column[] = [
  { key: 'person', title: 'Person', width: 12 },
  { key: 'email', title: 'E-mail', width: 14 },
  { key: 'machine', title: 'Service account', width: 5 },
  { key: 'status', title: 'Status', width: 6 },
  { key: 'roles', title: 'Roles', width: 14 },
  { key: 'administrator', title: 'Administrator', width: 6 },
  { key: 'highestRisk', title: 'Up to risk', width: 5 },
  { key: 'everything', title: 'Reaches everything', width: 6 },
  { key: 'standing', title: 'Standing grants', width: 5 },
  { key: 'standingHigh', title: 'Standing, high risk', width: 6 },
  { key: 'temporary', title: 'Grants with an end', width: 5 },
  { key: 'highCalls', title: 'High-risk calls', width: 5 },
  { key: 'writeCalls', title: 'Other writes', width: 5 },
  { key: 'denied', title: 'Refused', width: 5 },
  { key: 'emergencies', title: 'Emergencies', width: 6 },
  { key: 'lastHighAt', title: 'Last high-risk call (UTC)', width: 12 },
  { key: 'grantIds', title: 'Ids of the grants' },
  { key: 'personId', title: 'Id of the person' },
];
/** Administrators and owners, as platform.md 6.5 ranks them. */
const ADMIN_LEVEL = 10;

/** Who could do harm, by standing rights or for a time, and how much of it was used in the range. */
export const riskExposure: Kind = {
  key: 'risk-exposure',
  title: 'Risk exposure',
  about:
    'Everybody with rights to change something: administrators, standing against temporary grants, what they reach, and high-risk calls in the range. A picture of the moment.',
  filters: [],
  scoped: false,
  picture: true,
  columns: () => COLUMNS,
  async page(db, { tenantId, from, to, cutoff }) {
    const before = to < cutoff ? to : cutoff;
    const { rows } = await db.execute<Row>(sql`
      select m.name as "person", m.email as "email", m.kind = 'service' as "machine", m.status as "status", held.roles as "roles", held.administrator as "administrator",
        case held.rank when 2 then 'high' else 'write' end as "highestRisk", held.everything as "everything", held.standing as "standing", held.standing_high as "standingHigh", held.temporary as "temporary",
        used.high as "highCalls", used.writes as "writeCalls", used.denied as "denied",
        (select count(*)::int from emergencies u where u.tenant_id = m.tenant_id and u.user_id = m.id::text and u.used_at >= ${from} and u.used_at < ${before}) as "emergencies",
        ${iso(sql`used.last_high`)} as "lastHighAt", held.ids as "grantIds", m.id::text as "personId"
      from members m
      join (
        select g.subject_id, array_agg(distinct r.key order by r.key) as roles, bool_or(r.level <= ${ADMIN_LEVEL}) as administrator, max(case r.max_risk when 'high' then 2 when 'write' then 1 else 0 end) as rank,
          bool_or(g.scope ? 'all') as everything, count(*) filter (where g.valid_until is null)::int as standing, count(*) filter (where g.valid_until is null and r.max_risk = 'high')::int as standing_high,
          count(*) filter (where g.valid_until is not null)::int as temporary, array_agg(g.id::text order by g.id) as ids
        from grants g join roles r on r.tenant_id = g.tenant_id and r.id = g.role_id
        where g.tenant_id = ${tenantId} and g.revoked_at is null and g.valid_from <= ${cutoff} and (g.valid_until is null or g.valid_until > ${cutoff}) and r.max_risk <> 'read'
        group by g.subject_id) held on held.subject_id = m.id
      cross join lateral (
        select count(*) filter (where e.risk = 'high' and e.result in ('success', 'pending'))::int as high, count(*) filter (where e.risk = 'write' and e.result in ('success', 'pending'))::int as writes,
          coalesce(sum(e.occurrences) filter (where e.result = 'denied'), 0)::int as denied, max(e.at) filter (where e.risk = 'high' and e.result in ('success', 'pending')) as last_high
        from audit_entries e where e.tenant_id = m.tenant_id and e.actor_id = m.id::text and e.kept = 'evidence' and e.id >= ${idAt(from)} and e.id < ${idAt(before)}) used
      where m.tenant_id = ${tenantId} order by held.administrator desc, held.rank desc, m.name, m.id`); // prettier-ignore
    return { rows, next: null };
  },
};
