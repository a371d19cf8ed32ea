import type { Database } from '#kernel/database.ts';
import { sql, type SQL } from '#kernel/drizzle.ts';
import type { Scope } from '#kernel/scope.ts';
import { idAt } from '#kernel/ids.ts';
import { isWhole, iso, within } from './kind.ts';
import { spread, type Spread } from './rules.ts';

interface Wanted {
  tenantId: string;
  from: Date;
  to: Date;
  now: Date;
  reach: readonly Scope[];
}
type Ask = <T extends Record<string, unknown>>(query: SQL) => Promise<T[]>;

const MOST = 10;
const CELLS = 200;

const reachable = ({ tenantId, from, to, reach }: Wanted): SQL =>
  sql`c.tenant_id = ${tenantId} and c.created_at >= ${from} and c.created_at < ${to} and ${within(reach, sql`c.targets`)}`;
const refused = ({ tenantId, from, to, reach }: Wanted): SQL =>
  sql`e.tenant_id = ${tenantId} and e.result = 'denied' and e.id >= ${idAt(from)} and e.id < ${idAt(to)} and ${within(reach, sql`e.targets`)}`;

const OUTCOME = sql`case when c.ended_at is null then 'open' when c.state = 'succeeded' then 'succeeded' when c.state in ('rejected', 'expired', 'cancelled', 'stale') then 'refused' else 'failed' end`;

async function queue(ask: Ask, { tenantId, now, reach }: Wanted) {
  const [found] = await ask<{ pending: number; breaching: number; oldestAt: string | null }>(sql`
    select count(*)::int as pending, count(*) filter (where r.sla_due_at < ${now})::int as breaching, ${iso(sql`min(r.created_at)`)} as "oldestAt"
    from approval_requests r join changes c on c.tenant_id = r.tenant_id and c.id = r.change_id
    where r.tenant_id = ${tenantId} and r.status in ('pending', 'partially_approved') and ${within(reach, sql`c.targets`)}`);
  return found!;
}

const changesByDay = (ask: Ask, wanted: Wanted) =>
  ask<{ day: string; outcome: 'open' | 'succeeded' | 'refused' | 'failed'; count: number }>(sql`
    select to_char(c.created_at at time zone 'utc', 'YYYY-MM-DD') as day, ${OUTCOME} as outcome, count(*)::int as count
    from changes c where ${reachable(wanted)} group by 1, 2 order by 1, 2`);

const violationsByDay = (ask: Ask, wanted: Wanted) =>
  ask<{ day: string; count: number }>(sql`
    select to_char(e.at at time zone 'utc', 'YYYY-MM-DD') as day, sum(e.occurrences)::int as count from audit_entries e where ${refused(wanted)} group by 1 order by 1`);

/** Where calls were refused: by operation and environment, the most first. */
const heat = (ask: Ask, wanted: Wanted) =>
  ask<{ operation: string; environment: string | null; count: number }>(sql`
    select e.operation, coalesce(t.value->>'environment', '') as environment, sum(e.occurrences)::int as count
    from audit_entries e left join lateral (select distinct on (v.value->>'environment') v.value from jsonb_array_elements(e.targets) v) t on true
    where ${refused(wanted)} group by 1, 2 order by 3 desc, 1, 2 limit ${CELLS}`);

const topUsers = (ask: Ask, wanted: Wanted) =>
  ask<{ id: string; name: string; changes: number; violations: number }>(sql`
    with asked as (select c.requester_id as id, max(c.requester->>'name') as name, count(*)::int as changes from changes c where ${reachable(wanted)} group by 1),
      denied as (select e.actor_id as id, max(e.actor_name) as name, sum(e.occurrences)::int as violations from audit_entries e where ${refused(wanted)} and e.actor_kind <> 'anonymous' group by 1)
    select coalesce(a.id, d.id) as id, coalesce(a.name, d.name) as name, coalesce(a.changes, 0) as changes, coalesce(d.violations, 0) as violations
    from asked a full join denied d on d.id = a.id order by 3 desc, 4 desc, 2 limit ${MOST}`);

const decided = (ask: Ask, wanted: Wanted) =>
  ask<{ status: 'approved' | 'rejected' | 'expired'; seconds: number }>(sql`
    select r.status, round(extract(epoch from r.closed_at - r.created_at))::int as seconds
    from approval_requests r join changes c on c.tenant_id = r.tenant_id and c.id = r.change_id
    where ${reachable(wanted)} and r.closed_at is not null and r.status in ('approved', 'rejected', 'expired')`);

async function emergencies(ask: Ask, wanted: Wanted) {
  const [found] = await ask<{ total: number; unreviewed: number }>(sql`
    select count(*)::int as total, count(*) filter (where u.reviewed_at is null)::int as unreviewed
    from emergencies u join changes c on c.tenant_id = u.tenant_id and c.id = u.change_id where ${reachable(wanted)}`);
  return found!;
}

/** How many people hold each role now; of the whole tenant, so only for who reaches it. */
const roles = (ask: Ask, { tenantId, now }: Wanted) =>
  ask<{ key: string; name: string; people: number }>(sql`
    select r.key, r.name, count(distinct g.subject_id)::int as people from roles r join grants g on g.tenant_id = r.tenant_id and g.role_id = r.id
    where r.tenant_id = ${tenantId} and g.revoked_at is null and g.valid_from <= ${now} and (g.valid_until is null or g.valid_until > ${now})
    group by 1, 2 order by 3 desc, 1`);

async function drift(ask: Ask, { tenantId }: Wanted): Promise<number> {
  const [found] = await ask<{ open: number }>(
    sql`select count(*)::int as open from drift_findings where tenant_id = ${tenantId} and status = 'open'`,
  );
  return found!.open;
}

const total = (rows: readonly { count: number }[]): number => rows.reduce((sum, { count }) => sum + count, 0);

function approvals(rows: readonly { status: string; seconds: number }[]): Spread & { approved: number; rejected: number; expired: number } {
  const of = (status: string): number => rows.filter((row) => row.status === status).length;
  const times = rows.filter(({ status }) => status !== 'expired').map(({ seconds }) => seconds);
  return { approved: of('approved'), rejected: of('rejected'), expired: of('expired'), ...spread(times) };
}

/** How the tenant is governed, over a range and within a reach. */
export async function metrics(db: Database, wanted: Wanted) {
  const ask: Ask = async <T extends Record<string, unknown>>(query: SQL) => (await db.execute<T>(query)).rows as T[];
  const whole = isWhole(wanted.reach);
  const [days, violations] = [await changesByDay(ask, wanted), await violationsByDay(ask, wanted)];
  return {
    queue: await queue(ask, wanted),
    changes: { total: total(days), days },
    violations: { total: total(violations), days: violations, heat: await heat(ask, wanted) },
    users: await topUsers(ask, wanted),
    approvals: approvals(await decided(ask, wanted)),
    emergencies: await emergencies(ask, wanted),
    roles: whole ? await roles(ask, wanted) : null,
    drift: whole ? await drift(ask, wanted) : null,
  };
}
