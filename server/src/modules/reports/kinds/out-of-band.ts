import { sql } from '#kernel/drizzle.ts';
import { asked, iso, within, type Column, type Kind, type Row } from '../kind.ts';

const COLUMNS: readonly Column[] = [
  { key: 'time', title: 'Seen first (UTC)', width: 12 },
  { key: 'source', title: 'Source', width: 6 },
  { key: 'connection', title: 'Connection', width: 9 },
  { key: 'thing', title: 'Thing', width: 12 },
  { key: 'externalId', title: 'Id there' },
  { key: 'environment', title: 'Environment', width: 7 },
  { key: 'kind', title: 'What', width: 8 },
  { key: 'field', title: 'Field', width: 8 },
  { key: 'before', title: 'As we knew it', width: 12 },
  { key: 'after', title: 'As it was found', width: 12 },
  { key: 'costDelta', title: 'Monthly cost (minor units)' },
  { key: 'currency', title: 'Currency' },
  { key: 'outcome', title: 'Outcome', width: 7 },
  { key: 'decidedBy', title: 'Decided by', width: 9 },
  { key: 'closedAt', title: 'Closed (UTC)', width: 12 },
  { key: 'lastSeenAt', title: 'Seen last (UTC)' },
  { key: 'change', title: 'Change' },
];

/** What was changed past us: drift of clouds, and zones that were edited at their server while a Change of ours was under way. */
export const outOfBand: Kind = {
  key: 'out-of-band',
  title: 'Changes without a Change',
  about:
    'Drift: what clouds and name servers hold otherwise than we left it, when it was seen, and what was decided about it. A picture of the moment.',
  filters: ['target', 'environment'],
  scoped: true,
  picture: true,
  columns: () => COLUMNS,
  async page(db, { tenantId, from, to, cutoff, filters, reach }) {
    const before = to < cutoff ? to : cutoff;
    const mine = sql`${asked.target(filters.target, sql`x.targets`)} and ${asked.environment(filters.environment, sql`x.targets`)} and ${within(reach, sql`x.targets`)}`;
    const { rows } = await db.execute<Row>(sql`
      select "time", "source", "connection", "thing", "externalId", "environment", "kind", "field", "before", "after", "costDelta", "currency", "outcome", "decidedBy", "closedAt", "lastSeenAt", "change"
      from (
        select f.id, ${iso(sql`f.created_at`)} as "time", 'cloud' as "source", c.name as "connection", f.name as "thing", f.external_id as "externalId", f.environment as "environment", f.kind as "kind", f.field as "field",
          f.before::text as "before", f.after::text as "after", f.cost_delta as "costDelta", f.currency as "currency", f.status as "outcome",
          coalesce((select m.name from members m where m.tenant_id = f.tenant_id and m.id::text = f.decided_by), f.decided_by) as "decidedBy",
          ${iso(sql`f.closed_at`)} as "closedAt", ${iso(sql`f.last_seen_at`)} as "lastSeenAt", null as "change",
          jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('type', 'server', 'id', coalesce(f.server_id::text, f.external_id), 'name', f.name, 'environment', f.environment, 'labels', s.labels))) as targets
        from drift_findings f join cloud_connections c on c.tenant_id = f.tenant_id and c.id = f.connection_id left join servers s on s.tenant_id = f.tenant_id and s.id = f.server_id
        where f.tenant_id = ${tenantId} and f.created_at >= ${from} and f.created_at < ${before}
        union all
        select g.id, ${iso(sql`g.ended_at`)}, 'dns', null, g.targets->0->>'name', null, g.environment, 'edited elsewhere', null, null, null, null, null, g.state, null, ${iso(sql`g.ended_at`)}, ${iso(sql`g.ended_at`)}, 'CHG-' || g.number, g.targets
        from changes g where g.tenant_id = ${tenantId} and g.problem->>'type' like '%/zone-drifted' and g.ended_at >= ${from} and g.ended_at < ${before}) x
      where ${mine} order by "time", x.id`); // prettier-ignore
    return { rows, next: null };
  },
};
