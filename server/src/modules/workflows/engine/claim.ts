import type { Ask, Database, Databases } from '#kernel/database.ts';
import type { ExecutionRow } from './tables.ts';
import { choose, workflowOf, type Candidate, type Standing } from './fair.ts';

/** Format of the records; see `workflow_executions.format`. */
export const FORMAT = 1;
/** Space of the locks by which workers show that they live; any constant. */
export const ALIVE_SPACE = 730_580_113;
/** Any constant; it only has to be the same in every process. */
const CLAIM_LOCK = 7_305_801_131;
/**
 * Workflows that wish for fewer at once are claimed in turn only, by one process after the other. What begins beside the queue looks once
 * more when its row is there, and goes back where it is one too many: see `tooMany`.
 */
export const FEW = 10;
/** A tenant's executions that are looked at in one turn. */
const WINDOW = 50;

export interface ClaimDeps {
  databases: Databases;
  /** How many may run at once by the tenant's plan, and its weight against others. */
  allowance: (tenantId: string) => Promise<{ limit: number; weight: number }>;
  owner: number;
  formats: readonly number[];
}

export interface Claimed {
  tenantId: string;
  id: string;
  /** It was held by a worker that is gone. */
  isRecovered: boolean;
}

/**
 * Whose holder is gone: its lease is over, its session has ended, or it was ours and we know nothing of it, also not as one that is just
 * being begun: its lease is two seconds old. Not in the first seconds of a database, in which everybody comes back.
 */
const ORPHANS = {
  name: 'workflow_orphans',
  text: `
with alive as (select objid::bigint as owner from pg_locks where locktype = 'advisory' and classid = $1 and granted and database = (select oid from pg_database where datname = current_database()))
select tenant_id as "tenantId", id from workflow_executions
where status = 'running' and format = any ($2) and (lease_owner is null or lease_until < now() or (lease_owner = $3 and id <> all ($4::uuid[]) and lease_until < now() + interval '28 seconds')
  or (lease_owner <> $3 and lease_owner not in (select owner from alive) and pg_postmaster_start_time() < now() - interval '5 seconds'))
limit $5 for update skip locked`,
};

/** What waits for its turn: of each tenant the first of its line, without what its workflow or its key holds back. */
const LINES = {
  name: 'workflow_lines',
  text: `
with recursive tenants as (
  (select tenant_id from workflow_executions where status = 'queued' order by tenant_id limit 1)
  union all
  select (select e.tenant_id from workflow_executions e where e.status = 'queued' and e.tenant_id > t.tenant_id order by e.tenant_id limit 1) from tenants t where t.tenant_id is not null),
running as materialized (select tenant_id, workflow_id, count(*)::int as n from workflow_executions where status = 'running' group by 1, 2),
woken as (select e.tenant_id, e.id, e.workflow_id, e.rank, e.max_concurrent, e.concurrency_key, true as woken from workflow_executions e
  where e.status in ('waiting', 'paused') and e.wake_at <= now() and e.format = any ($2) order by e.wake_at limit $1 * 4),
line as (select c.* from tenants t cross join lateral (
  select e.tenant_id, e.id, e.workflow_id, e.rank, e.max_concurrent, e.concurrency_key, false as woken from workflow_executions e
  left join running r on r.tenant_id = e.tenant_id and r.workflow_id = e.workflow_id
  where e.tenant_id = t.tenant_id and e.status = 'queued' and e.wake_at <= now() and e.format = any ($2) and coalesce(r.n, 0) < e.max_concurrent
    and (e.concurrency_key is null or not exists (select from workflow_executions k where k.tenant_id = e.tenant_id and k.workflow_id = e.workflow_id
      and k.concurrency_key = e.concurrency_key and k.status in ('running', 'waiting', 'paused')))
  order by e.rank desc, e.id limit $1) c where t.tenant_id is not null)
select tenant_id as "tenantId", id, workflow_id as "workflowId", rank, max_concurrent as "maxConcurrent", concurrency_key as "concurrencyKey", woken as "isWoken" from
  (select * from woken union all select * from line) all_of_them`,
};
const RUNNING = {
  name: 'workflow_running',
  text: `select tenant_id as "tenantId", workflow_id as "workflowId", count(*)::int as n from workflow_executions where status = 'running' group by 1, 2`,
};
const TAKE = {
  name: 'workflow_take',
  text: `
update workflow_executions e set status = 'running', lease_owner = $1, lease_until = now() + interval '30 seconds', epoch = e.epoch + 1, nudged = false, writes = 0,
  wake_at = null, started_at = coalesce(e.started_at, now()), recoveries = e.recoveries + case when t.recovered and e.lease_owner is not null then 1 else 0 end, updated_at = now()
from unnest($2::uuid[], $3::uuid[], $4::boolean[]) as t (tenant_id, id, recovered)
where e.tenant_id = t.tenant_id and e.id = t.id and e.ended_at is null and (e.status <> 'running' or t.recovered)
returning e.tenant_id as "tenantId", e.id, t.recovered as "isRecovered"`,
};

async function standingsOf(db: Database, deps: ClaimDeps, lines: readonly Candidate[]) {
  const { rows } = await db.$client.query<{ tenantId: string; workflowId: string; n: number }>(RUNNING);
  const byWorkflow = new Map(rows.map((row) => [workflowOf(row), row.n]));
  const standings = new Map<string, Standing>();
  for (const tenantId of new Set(lines.map((one) => one.tenantId))) {
    const running = rows.reduce((sum, row) => (row.tenantId === tenantId ? sum + row.n : sum), 0);
    standings.set(tenantId, { ...(await deps.allowance(tenantId)), running });
  }
  return { byWorkflow, standings };
}

/**
 * Takes what this worker has room for: first what a worker that is gone has left, then whoever's turn it is. One process at a time claims,
 * so that all together keep within the limits. The disk may follow later: a claim that a crash of the database takes back is made again,
 * and what was written under it is refused.
 */
export function claim(deps: ClaimDeps, room: number, held: () => readonly string[]): Promise<{ claimed: Claimed[]; left: readonly string[] | undefined }> {
  const { databases, owner, formats } = deps;
  return databases.platform(
    'claim executions',
    async (db) => {
      const { $client: client } = db;
      const { rows: turn } = await client.query<{ mine: boolean }>({ name: 'workflow_turn', text: 'select pg_try_advisory_xact_lock($1) as mine', values: [CLAIM_LOCK] });
      if (!turn[0]!.mine) return { claimed: [], left: undefined };
      const { rows: orphans } = await client.query<{ tenantId: string; id: string }>({ ...ORPHANS, values: [ALIVE_SPACE, formats, owner, held(), room] });
      const left = room - orphans.length;
      const { rows: lines } = left > 0 ? await client.query<Candidate>({ ...LINES, values: [WINDOW, formats] }) : { rows: [] };
      const { standings, byWorkflow } = lines.length > 0 ? await standingsOf(db, deps, lines) : { standings: new Map<string, Standing>(), byWorkflow: new Map<string, number>() };
      const given = choose(lines, { standings, byWorkflow, room: left });
      const all = [...orphans.map((one) => ({ ...one, isRecovered: true })), ...given.map((one) => ({ ...one, isRecovered: false }))];
      const turned = new Set(given);
      const waiting = [...new Set(lines.flatMap((one) => (turned.has(one) ? [] : [one.tenantId])))];
      if (all.length === 0) return { claimed: [], left: waiting };
      const { rows } = await client.query<Claimed>({ ...TAKE, values: [owner, all.map(({ tenantId }) => tenantId), all.map(({ id }) => id), all.map(({ isRecovered }) => isRecovered)] });
      return { claimed: rows, left: waiting };
    },
    { flush: 'later' },
  );
} // prettier-ignore

const TAKE_ONE = {
  name: 'workflow_take_one',
  text: `
update workflow_executions e set status = 'running', lease_owner = $1, lease_until = now() + interval '30 seconds', epoch = e.epoch + 1, nudged = false, writes = 0, wake_at = null,
  started_at = coalesce(e.started_at, now()), updated_at = now()
where e.id = $2 and e.status = 'queued' and e.wake_at <= now() and e.concurrency_key is null and e.max_concurrent >= $3
  and (select count(*) from workflow_executions r where r.tenant_id = e.tenant_id and r.workflow_id = e.workflow_id and r.status = 'running') < e.max_concurrent
returning e.tenant_id as "tenantId", e.id, false as "isRecovered"`,
};
/** One that this process has accepted and has room for; undefined when somebody was faster, or it is not its turn. */
export const takeOne = (databases: Databases, owner: number, id: string): Promise<Claimed | undefined> =>
  databases.platform(
    'claim an execution',
    async ({ $client: client }) => (await client.query<Claimed>({ ...TAKE_ONE, values: [owner, id, FEW] })).rows[0],
    { flush: 'later' },
  );

const KEEP = {
  name: 'workflow_keep',
  text: `update workflow_executions set lease_until = now() + interval '30 seconds' where lease_owner = $1 and status = 'running' and id = any ($2::uuid[]) returning id`,
};
/** Renews the leases; answers which executions are still this worker's. */
export const keep = (databases: Databases, owner: number, held: readonly string[]): Promise<Set<string>> =>
  databases.lookUp(async (db) => new Set((await db.$client.query<{ id: string }>({ ...KEEP, values: [owner, held] })).rows.map(({ id }) => id)));

const NUDGED = { name: 'workflow_nudged', text: `select id from workflow_executions where lease_owner = $1 and status = 'running' and nudged` };
/** Of those that this worker holds, the ones about which somebody has said something. */
export const nudgedOf = (databases: Databases, owner: number): Promise<string[]> =>
  databases.lookUp(async (db) => (await db.$client.query<{ id: string }>({ ...NUDGED, values: [owner] })).rows.map(({ id }) => id));

const NEXT = {
  name: 'workflow_next',
  text: `select extract(epoch from (min(wake_at) - now()))::float8 * 1000 as ms from workflow_executions where wake_at is not null and status in ('waiting', 'paused')`,
};
/** Milliseconds until the next timer; undefined when there is none. */
export const nextDue = (databases: Databases): Promise<number | undefined> =>
  databases.lookUp(async (db) => (await db.$client.query<{ ms: number | null }>(NEXT)).rows[0]?.ms ?? undefined);

const CROWD = {
  name: 'workflow_crowd',
  text: `select workflow_id as id, count(*)::int as n from workflow_executions where tenant_id = $1 and status = 'running' group by workflow_id`,
};
/** What runs of a tenant, in whatever process, by workflow. */
export type Crowd = ReadonlyMap<string, number>;
export async function crowdOf(ask: Ask, tenantId: string): Promise<Crowd> {
  const { rows } = await ask<{ id: string; n: number }>({ ...CROWD, values: [tenantId] });
  return new Map(rows.map(({ id, n }) => [id, n]));
}

/**
 * Which of these are one too many by the tenant's plan or for their workflow, those before them in the list counted first. Asked when it
 * is committed that they run, and before they do anything: of several that begin at one moment the last to ask sees all others, so no
 * more than may ever go on, and none waits for another. Two may both go back; then the queue decides.
 */
export function tooMany(crowd: Crowd, begun: readonly Pick<ExecutionRow, 'workflowId' | 'maxConcurrent'>[], limit: number): boolean[] {
  const total = [...crowd.values()].reduce((sum, n) => sum + n, 0);
  const before = new Map(crowd);
  for (const { workflowId } of begun) before.set(workflowId, (before.get(workflowId) ?? 0) - 1);
  return begun.map(({ workflowId, maxConcurrent }, at) => {
    const beside = before.get(workflowId)!;
    before.set(workflowId, beside + 1);
    return total - begun.length + at >= limit || beside >= maxConcurrent;
  });
}

const BACK = {
  name: 'workflow_back',
  text: `
update workflow_executions set status = 'waiting', wake_at = now(), lease_owner = null, lease_until = null, updated_at = now()
where tenant_id = $1 and id = $2 and epoch = $3 and lease_owner = $4 and status = 'running'`,
};
/** It has its turn in the queue, with all that has been recorded of it. */
export const giveBack = async (db: Database, { tenantId, id, epoch }: Pick<ExecutionRow, 'tenantId' | 'id' | 'epoch'>, owner: number): Promise<void> =>
  void (await db.$client.query({ ...BACK, values: [tenantId, id, epoch, owner] })); // prettier-ignore
