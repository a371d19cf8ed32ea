import { sql } from '#kernel/drizzle.ts';
import { idAt } from '#kernel/ids.ts';
import { iso, type Column, type Kind, type Row } from '../kind.ts';

const COLUMNS: readonly Column[] = [
  { key: 'role', title: 'Role', width: 9 },
  { key: 'name', title: 'Name', width: 12 },
  { key: 'system', title: 'System role', width: 5 },
  { key: 'maxRisk', title: 'Up to risk', width: 5 },
  { key: 'people', title: 'People', width: 5 },
  { key: 'machines', title: 'Service accounts', width: 6 },
  { key: 'grants', title: 'Grants', width: 5 },
  { key: 'temporary', title: 'With an end', width: 5 },
  { key: 'everything', title: 'Over everything', width: 6 },
  { key: 'calls', title: 'Calls', width: 6 },
  { key: 'users', title: 'Used by', width: 5 },
  { key: 'lastUsedAt', title: 'Used last (UTC)', width: 12 },
  { key: 'permissions', title: 'Permissions', width: 6 },
  { key: 'unusedPermissions', title: 'Not used in the range', width: 24 },
];

/** How many hold each role, and what of it they used: by the grant that let each call through. */
export const roleUsage: Kind = {
  key: 'role-usage',
  title: 'Use of roles',
  about:
    'For each role: who holds it, calls that its grants let through in the range, and permissions of it that nobody used. Reads count while the trail keeps them. A picture of the moment.',
  filters: [],
  scoped: false,
  picture: true,
  columns: () => COLUMNS,
  async page(db, { tenantId, from, to, cutoff }) {
    const before = to < cutoff ? to : cutoff;
    const { rows } = await db.execute<Row>(sql`
      with used as (
        select g.role_id, e.permission, e.actor_id, count(*)::int as calls, max(e.at) as last from audit_entries e join grants g on g.tenant_id = e.tenant_id and g.id::text = e.grant_id
        where e.tenant_id = ${tenantId} and e.result in ('success', 'pending') and e.id >= ${idAt(from)} and e.id < ${idAt(before)} group by 1, 2, 3)
      select r.key as "role", r.name as "name", r.system as "system", r.max_risk as "maxRisk", held.people as "people", held.machines as "machines", held.grants as "grants", held.temporary as "temporary",
        held.everything as "everything", coalesce(use.calls, 0) as "calls", coalesce(use.users, 0) as "users", ${iso(sql`use.last`)} as "lastUsedAt", cardinality(r.patterns) as "permissions",
        (select coalesce(array_agg(p order by p), '{}') from unnest(r.patterns) p where not exists (select from used u where u.role_id = r.id and (p = '*' or u.permission like replace(p, '*', '%')))) as "unusedPermissions"
      from roles r
      cross join lateral (
        select count(distinct m.id) filter (where m.kind <> 'service')::int as people, count(distinct m.id) filter (where m.kind = 'service')::int as machines, count(g.id)::int as grants,
          count(g.id) filter (where g.valid_until is not null)::int as temporary, count(g.id) filter (where g.scope ? 'all')::int as everything
        from grants g join members m on m.tenant_id = g.tenant_id and m.id = g.subject_id
        where g.tenant_id = r.tenant_id and g.role_id = r.id and g.revoked_at is null and g.valid_from <= ${cutoff} and (g.valid_until is null or g.valid_until > ${cutoff})) held
      left join (select role_id, sum(calls)::int as calls, count(distinct actor_id)::int as users, max(last) as last from used group by 1) use on use.role_id = r.id
      where r.tenant_id = ${tenantId} order by r.level, r.key`); // prettier-ignore
    return { rows, next: null };
  },
};
