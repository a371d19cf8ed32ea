import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '#kernel/config.ts';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { hasRedis, startRedis, type TestRedis } from '#test/redis.ts';
import { createApp, type App } from '../../app.ts';
import { seedPeople, type DemoLogin } from '../../demo-people.ts';

let databaseUrl: string;
let home: string;
let logins: DemoLogin[] = [];
const apps: App[] = [];

async function start(env: Record<string, string> = {}): Promise<App> {
  const config = loadConfig({ SWITCHYARD_HOME: home, SWITCHYARD_MASTER_KEY: Buffer.from(testMasterKey()).toString('base64'), SWITCHYARD_SESSION_STORE: 'postgres', ...env }); // prettier-ignore
  const app = await createApp({ config, databaseUrl, log: pino({ level: 'silent' }), version: '0.0.0-test', works: false });
  apps.push(app);
  return app;
}
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'switchyard-limits-'));
  databaseUrl = await cloneDatabase();
  const app = await start();
  logins = await seedPeople(app.core, [], app.iam.passwords);
  // What must be changed here waits for nobody: the tests are about the quotas, not about who agreed to them.
  await sql(`update grants set role_id = (select id from roles where tenant_id = ${acme} and key = 'read_only') where subject_id = ${idOf('vera')}`);
});
afterAll(async () => {
  for (const app of apps) {
    await app.http.app.close();
    await app.core.stop(5_000);
  }
  rmSync(home, { recursive: true, force: true });
});

async function sql(text: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(text, values);
  await client.end();
}
const idOf = (who: string) => `(select id from auth.users where email like '${who}@%')`;
const acme = `(select id from tenants where slug = 'acme')`;
async function set(kind: string, subject: string, amounts: { perMinute?: number; perHour?: number; perDay?: number }): Promise<void> {
  const values = [kind, amounts.perMinute ?? null, amounts.perHour ?? null, amounts.perDay ?? null];
  await sql(
    `insert into limit_overrides (tenant_id, id, kind, subject, per_minute, per_hour, per_day)
     values (${acme}, gen_random_uuid(), $1, ${subject}, $2, $3, $4)`,
    values,
  );
  for (const { core } of apps) core.live.publish('limits');
}

const ask = (app: App, who: string, url = '/api/v1/me', payload?: object) => {
  const { apiKey } = logins.find(({ email }) => email.startsWith(who))!;
  return app.http.app.inject({ method: payload ? 'POST' : 'GET', url, headers: { authorization: `Bearer ${apiKey}`, host: 'localhost' }, ...(payload ? { payload } : {}) }); // prettier-ignore
};

test('governance 67: Given read_only, when call 1001 in the hour comes, then 429 with Retry-After and all three X-RateLimit headers', async () => {
  const [app] = apps as [App];
  // A thousand calls within a test would be stopped by the minute's quota before they reach the hour's.
  await set('role', `'read_only'`, { perMinute: 100_000 });
  const statuses: number[] = [];
  for (let at = 0; at < 1_000; at += 1) statuses.push((await ask(app, 'vera')).statusCode);
  expect(new Set(statuses)).toEqual(new Set([200]));
  const refused = await ask(app, 'vera');
  expect(refused.statusCode).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  expect(refused.headers).toMatchObject({ 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0' });
  expect(Number(refused.headers['x-ratelimit-reset'])).toBeGreaterThan(Date.now() / 1_000);
  expect(refused.headers['ratelimit']).toContain('"hour"');
  expect(refused.json()).toMatchObject({ limit: 1_000, window: 3_600, scope: 'hour', resetAt: expect.any(String) });
});

test('every answer says what is left of the quota that is nearest to its end', async () => {
  const [app] = apps as [App];
  const left: number[] = [];
  for (let at = 0; at < 10; at += 1) await ask(app, 'priya'); // her hundred an hour are now nearer to their end than the tenant's
  for (let at = 0; at < 3; at += 1) left.push(Number((await ask(app, 'priya')).headers['x-ratelimit-remaining']));
  expect(left[0]! - left[2]!).toBe(2);
});

test('a quota that a tenant sets for one person holds on every process, and one’s own usage can be looked at', async () => {
  const [app] = apps as [App];
  const other = await start();
  await set('user', `${idOf('dana')}::text`, { perHour: 6 });
  const statuses: number[] = [];
  for (let at = 0; at < 10; at += 1) statuses.push((await ask(at % 2 ? app : other, 'dana')).statusCode);
  expect(statuses.filter((status) => status === 200)).toHaveLength(6);
  const usage = (await ask(app, 'aldo', '/api/v1/limits/me')).json<{ items: { name: string; limit: number; remaining: number }[] }>();
  expect(usage.items.map(({ name }) => name)).toEqual(['burst', 'tenant', 'hour', 'day']);
  expect(usage.items.find(({ name }) => name === 'hour')).toMatchObject({ limit: 500, remaining: expect.any(Number) });
});

test('quotas are listed with their defaults, and a change of them is one that somebody else agrees to', async () => {
  const [app] = apps as [App];
  const list = (await ask(app, 'olivia', '/api/v1/limits')).json<{
    items: { subject: string; perHour: number | null; defaults: object; own: boolean }[];
  }>();
  expect(list.items.find(({ subject }) => subject === 'role:admin')).toMatchObject({ own: false, defaults: { perHour: 200, perDay: 2_000 } });
  const { apiKey } = logins.find(({ email }) => email.startsWith('olivia'))!;
  const url = '/api/v1/limits/role:viewer';
  const put = (payload: object) =>
    app.http.app.inject({ method: 'PUT', url, headers: { authorization: `Bearer ${apiKey}`, host: 'localhost' }, payload });
  expect((await put({ perMinute: null, perHour: 0, perDay: null })).statusCode).toBe(422);
  const asked = await put({ perMinute: null, perHour: 50, perDay: null });
  expect([asked.statusCode, asked.json<{ change: { state: string } }>().change.state]).toEqual([202, 'awaiting_approval']);
  expect((await ask(app, 'vera', '/api/v1/limits')).statusCode).toBe(429); // out of calls, and without the right besides
  expect((await ask(app, 'priya', '/api/v1/limits')).statusCode).toBe(403);
});

describe.skipIf(!hasRedis)('counted in Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.close());

  test('governance 70: Given the store is down, when a read comes, then the local limiter answers; a write → 503', async () => {
    const app = await start({ REDIS_URL: redis.url, SWITCHYARD_REDIS_TIMEOUT_MS: '200' });
    await set('user', `${idOf('adam')}::text`, { perHour: 8, perMinute: 1_000 });
    expect((await ask(app, 'adam')).statusCode).toBe(200);
    await redis.stop();
    // What this process had taken before the store went is used up first.
    const reads: number[] = [];
    for (let at = 0; at < 12; at += 1) reads.push((await ask(app, 'adam')).statusCode);
    expect(reads).toContain(200);
    expect(reads.at(-1)).toBe(429);
    const write = await ask(app, 'olivia', '/api/v1/groups', { name: 'nobody counts this' });
    expect(write.statusCode).toBe(503);
    expect(write.json()).toMatchObject({ type: expect.stringContaining('dependency-unavailable') });
    await redis.start();
    // Within moments: whoever counts waits a little before trying the store again.
    await expect.poll(async () => (await ask(app, 'olivia', '/api/v1/groups', { name: 'counted again' })).statusCode, { timeout: 60_000 }).toBe(201);
  });
});

test('that somebody has used up a quota is announced once, and counted by role and quota', async () => {
  const [app] = apps as [App];
  const other = await start();
  await set('user', `${idOf('priya')}::text`, { perMinute: 3 });
  const told = async () =>
    (await app.core.databases.lookUp((db) => db.$client.query<{ data: object }>(`select data from events where type = 'limit.exceeded' and data->>'quota' = 'burst'`))).rows; // prettier-ignore
  for (let at = 0; at < 20; at += 1) await ask(at % 2 ? app : other, 'priya');
  await expect.poll(async () => (await told()).length, { timeout: 60_000 }).toBe(1);
  expect((await told())[0]!.data).toMatchObject({
    actorName: 'Priya Raman',
    actorKind: 'apiKey',
    limit: 3,
    windowSeconds: 60,
    resetAt: expect.any(String),
  });
  const metrics = (await app.http.app.inject({ url: '/metrics', headers: { host: 'localhost' } })).body;
  expect(metrics).toMatch(/sy_rate_limited_total\{role="approver",layer="burst"\} \d+/);
  for (const name of [
    'sy_approvals_open',
    'sy_sessions_active',
    'sy_session_op_seconds',
    'sy_audit_queue_depth',
    'sy_audit_write_seconds',
    'sy_lock_contention_total',
    'sy_approval_decide_seconds',
    'sy_approval_sla_breaches_total',
    'sy_resource_cache_total',
    'sy_resource_fill_seconds',
  ])
    // prettier-ignore
    expect(metrics).toContain(`# TYPE ${name}`);
});
