import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { Database } from '#kernel/database.ts';
import { openJobs } from '#kernel/jobs.ts';
import { localLive } from '#kernel/live.ts';
import { asSuperuser, cloneDatabase } from './clone.ts';
import { query } from './crash/evidence.ts';
import { createServers, seedLogins, type ServerProcess, type Servers } from './crash/servers.ts';
import { freePort } from './free-port.ts';
import { call, decider, reader, requester, type Caller, type Done } from './mixed-load.ts';
import { hasRedis, startRedis, type TestRedis } from './redis.ts';

/** A minute with MIXED_SECONDS=60; then one process is killed every ten seconds, else every two. */
const SECONDS = Number(process.env['MIXED_SECONDS'] ?? 6);
const KILL_EVERY_MS = SECONDS >= 60 ? 10_000 : 2_000;
const ROLES = ['serve', 'serve', 'serve', 'work', 'work'] as const;

let servers: Servers | undefined;
let redis: TestRedis | undefined;
afterEach(async () => {
  await servers?.end();
  await redis?.close();
  [servers, redis] = [undefined, undefined];
});

/** Five processes, each of which is started again when it was killed. */
async function cluster(all: Servers, settings: Record<string, string>) {
  const ports = await Promise.all(ROLES.map(() => freePort()));
  const running: ServerProcess[] = [];
  for (const [n, role] of ROLES.entries()) running[n] = await all.start(role, settings, ports[n]);
  await Promise.all(running.map(({ ready }) => ready));
  let kills = 0;
  return {
    urls: () => ROLES.flatMap((role, n) => (role === 'serve' ? [`http://127.0.0.1:${ports[n]}`] : [])),
    kills: () => kills,
    /** Takes them in turns, a server after a worker. */
    async killOne(): Promise<void> {
      const n = [3, 0, 4, 1, 3, 2][kills++ % 6]!;
      running[n]!.signal('SIGKILL');
      await running[n]!.ended;
      running[n] = await all.start(ROLES[n]!, settings, ports[n]);
    },
    everybodyIsBack: () => Promise.all(running.map(({ ready }) => ready)),
  };
}

type Row = Record<string, unknown>;
interface Situation {
  url: string;
  home: string;
  done: Done;
}
const one = async (url: string, sql: string): Promise<Row> => (await query<Row>(url, sql))[0]!;

/** Requests that nobody decides on are already late: the next tick of the clock, in whatever process, turns to somebody else. */
const makeLate = (url: string) =>
  query(
    url,
    `update approval_requests r set created_at = now() - interval '4 hours', sla_due_at = now() - interval '10 s', next_step_at = now() - interval '1 s'
     from changes c where c.tenant_id = r.tenant_id and c.id = r.change_id and c.summary like '%late-%' and r.clock_step = 0 and r.sla_due_at > now()`,
  );

/**
 * Beside the minute of the real clock, which goes on in every process: the work by the clock for approvals falls due whenever `tick` is
 * called, so it is under way when processes are killed, and is not waited for afterwards.
 */
async function openClock(url: string) {
  const jobs = await openJobs({ url, live: localLive(), onError: () => undefined, supervise: false });
  const $client = await asSuperuser(url);
  return {
    tick: async () => void (await jobs.enqueue({ $client } as unknown as Database, 'clock', { tenantId: 'system', name: 'approvals-clock' })),
    close: () => Promise.all([jobs.close(), $client.end()]),
  };
}

/** Everything that was asked for has come to its end, and everybody has been told. */
async function settled({ url }: Situation, tick: () => Promise<void>): Promise<void> {
  const left = async (): Promise<Row> => {
    await tick();
    return one(
      url,
      `select (select count(*)::int from changes where ended_at is null and summary not like '%late-%') as open,
        (select count(*)::int from events where dispatched_at is null) as undispatched,
        (select count(*)::int from pgboss.job where name in ('change', 'event', 'notification', 'mail') and state < 'completed') as jobs,
        (select count(*)::int from approval_requests r join changes c on c.tenant_id = r.tenant_id and c.id = r.change_id
          where c.summary like '%late-%' and r.clock_step < 2) as unescalated`,
    );
  };
  await expect.poll(left, { timeout: 240_000, interval: 1_000 }).toEqual({ open: 0, undispatched: 0, jobs: 0, unescalated: 0 });
}

async function changesAreWhole({ url, done }: Situation): Promise<void> {
  const rows = await query<{ id: string; name: string; state: string; operation: string; problem: string | null; written: number }>(
    url,
    `select c.id, coalesce(c.input->>'name', substring(c.input->>'subject' from 5)) as name, c.state, c.operation, c.problem::text as problem,
      (select count(*)::int from audit_entries a where a.change_id = c.id and a.operation = c.operation and a.result = 'success') as written
     from changes c where c.operation in ('limits.update', 'servers.create')`,
  );
  expect(new Map(rows.map(({ id, name }) => [name, id])), 'each is there once, under the id that was answered').toEqual(done.asked);
  expect(rows).toHaveLength(done.asked.size);
  const wrong = rows.filter(({ state, written }) => written !== (state === 'succeeded' ? 1 : 0));
  expect(wrong, 'in the trail as often as it was done').toEqual([]);
  const states = (operation: string, late: boolean) => new Set(rows.filter((row) => row.operation === operation && row.name.startsWith('late-') === late).map(({ state }) => state)); // prettier-ignore
  expect(states('limits.update', true)).toEqual(new Set(['awaiting_approval']));
  expect([...states('limits.update', false)].every((state) => state === 'succeeded' || state === 'rejected')).toBe(true);
  const undone = rows.filter(({ operation, state }) => operation === 'servers.create' && state !== 'succeeded');
  expect(undone, 'each server was made').toEqual([]);

  const quotas = await query<{ subject: string; version: number }>(url, `select subject, version from limit_overrides where kind = 'key'`);
  const agreed = rows.filter(({ operation, state }) => operation === 'limits.update' && state === 'succeeded').map(({ name }) => name);
  expect(quotas.map(({ subject }) => subject).toSorted()).toEqual(agreed.toSorted());
  expect(
    quotas.every(({ version }) => version === 1),
    'set once',
  ).toBe(true);
  const made = rows.filter(({ operation }) => operation === 'servers.create').map(({ name }) => name);
  const there = await query<{ name: string }>(url, `select s->>'name' as name from simulated_clouds, jsonb_array_elements(world->'servers') s`);
  expect(there.map(({ name }) => name).toSorted(), 'made once at the provider').toEqual(made.toSorted());
}

async function decisionsAreWhole({ url, done }: Situation): Promise<void> {
  const rows = await query<{ changeId: string; by: string; verdict: string; requests: number }>(
    url,
    `select r.change_id as "changeId", lower(split_part(d.decider_name, ' ', 1)) as by, case d.verdict when 'approved' then 'approve' else 'reject' end as verdict
     from approval_decisions d join approval_requests r on r.tenant_id = d.tenant_id and r.id = d.request_id`,
  );
  const words = (decision: { changeId: string; by: string; verdict: string }): string => `${decision.changeId} ${decision.by} ${decision.verdict}`;
  expect(rows.map(words).toSorted(), 'what was answered with yes is there, and nothing else').toEqual(done.decided.map(words).toSorted());
  expect(new Set(rows.map(({ changeId }) => changeId)).size, 'one decides on each').toBe(rows.length);
  const trail = await one(url, `select count(*)::int as n from audit_entries where operation in ('approvals.approve', 'approvals.reject') and result = 'success'`); // prettier-ignore
  expect(trail['n']).toBe(rows.length);
}

async function everybodyWasTold({ url, home }: Situation): Promise<void> {
  const events = await one(
    url,
    `select count(*)::int as requested, count(distinct data->>'approvalId')::int as requests from events where type = 'approval.requested'`,
  );
  expect(events['requested'], 'announced once').toBe(events['requests']);
  const told = await query<Row>(
    url,
    `with due as (
       select e.id, e.type, a.value as who from events e, jsonb_array_elements_text(e.data->'approvers') a where e.type in ('approval.requested', 'approval.escalated'))
     select due.type, due.who from due where (select count(*) from notifications n
       where n.user_id = due.who::uuid and n.change_id = (select change_id from events where id = due.id)
         and n.kind = due.type) <> 1`,
  );
  expect(told, 'each of them once').toEqual([]);
  const ways = await one(
    url,
    `select count(*) filter (where status = 'delivered')::int as delivered, count(*) filter (where status not in ('delivered', 'held'))::int as stuck,
      count(*)::int as deliveries, count(distinct notification_id)::int as notifications from notification_deliveries where via = 'email'`,
  );
  expect([ways['stuck'], ways['deliveries']]).toEqual([0, ways['notifications']]);
  expect(
    readdirSync(join(home, 'mail')).filter((file) => file.endsWith('.eml')),
    'one mail for each',
  ).toHaveLength(ways['delivered'] as number);
}

async function escalationsAreWhole({ url, done }: Situation): Promise<void> {
  const late = [...done.asked.keys()].filter((name) => name.startsWith('late-')).length;
  const found = await one(
    url,
    `select (select count(*)::int from approval_requests where clock_step = 2) as stepped,
      (select count(*)::int from events where type = 'approval.escalated') as announced,
      (select count(distinct data->>'approvalId')::int from events where type = 'approval.escalated') as requests,
      (select count(*)::int from audit_entries where operation = 'approvals.escalate' and result = 'success') as written`,
  );
  expect(late).toBeGreaterThan(0);
  expect(found).toEqual({ stepped: late, announced: late, requests: late, written: late });
}

const SIMULATED = { name: 'mixed', kind: 'simulated', environment: 'lab', config: { speed: 2_000, latencyMs: 0 } };

async function run(settings: Record<string, string>): Promise<void> {
  const url = await cloneDatabase();
  servers = createServers(url);
  const logins = await seedLogins(url, servers.home);
  const processes = await cluster(servers, { SWITCHYARD_RATE_LIMIT_FACTOR: '20', ...settings });
  const as = (name: string): Caller => ({ key: logins.find(({ email }) => email.startsWith(name))!.apiKey, urls: processes.urls });
  const connection = await call(as('olivia'), 'POST', '/cloud-providers', SIMULATED);
  expect([connection.status, connection.body]).toMatchObject([201, { kind: 'simulated' }]);
  const connectionId = String(connection.body['id']);

  const clock = await openClock(url);
  const done: Done = { asked: new Map(), decided: [], reads: 0, servers: 0, odd: [] };
  let going = true;
  let deciding = true;
  const isGoing = (): boolean => going;
  const load = [
    requester(as('olivia'), 'o', connectionId, isGoing, done),
    requester(as('olivia'), 'p', connectionId, isGoing, done),
    requester(as('olivia'), 'q', connectionId, isGoing, done),
    ...['aldo', 'vera', 'dana'].map((name) => reader(as(name), isGoing, done)),
  ];
  const decisions = ['priya', 'adam', 'priya', 'adam'].map((name) => decider(as(name), name, () => deciding, done));
  const until = Date.now() + SECONDS * 1_000;
  // A machine that is busy with other things is given as long as it takes to see some of everything.
  const enough = (): boolean => Date.now() >= until && processes.kills() >= 3 && [...done.asked.keys()].some((name) => name.startsWith('late-'));
  try {
    while (!enough()) {
      await pause(KILL_EVERY_MS);
      await makeLate(url);
      await clock.tick();
      if (!enough()) await processes.killOne();
    }
  } finally {
    going = false;
  }
  await Promise.all(load);
  await processes.everybodyIsBack();
  await makeLate(url);
  const situation = { url, home: servers.home, done };
  await settled(situation, clock.tick).finally(() => (deciding = false));
  await clock.close();
  await Promise.all(decisions);

  const { asked, decided, reads, odd } = done;
  process.stdout.write(`mixed: ${processes.kills()} kills, ${asked.size} Changes, ${decided.length} decisions, ${reads} reads in ${SECONDS} s\n`);
  expect(odd).toEqual([]);
  await changesAreWhole(situation);
  await decisionsAreWhole(situation);
  await escalationsAreWhole(situation);
  await everybodyWasTold(situation);
}

describe('three servers and two workers under mixed load, one of which is killed every few seconds', () => {
  test('on PostgreSQL alone no decision, notification or escalation is lost or made twice', { timeout: 600_000 }, () => run({}));

  test.skipIf(!hasRedis)('with Redis beside it neither', { timeout: 600_000 }, async () => {
    redis = await startRedis();
    await run({ REDIS_URL: redis.url });
  });
});
