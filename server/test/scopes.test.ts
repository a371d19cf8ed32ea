import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '#kernel/config.ts';
import { newId } from '#kernel/ids.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { Scope } from '#kernel/scope.ts';
import { RightsChanged } from '#modules/access/providers/port.ts';
import { seedGrant } from '#modules/access/roles.ts';
import { createApp, type App } from '../src/app.ts';
import { seedPeople, type DemoLogin } from '../src/demo-people.ts';
import { cloneDatabase, testMasterKey } from './clone.ts';
import { sampleOf } from './sample.ts';
import { schemasOf } from '#surfaces/json-schema.ts';

/** Roles and Scopes with real servers (of a simulated cloud), through the whole product. */
let app: App;
let home: string;
let logins: DemoLogin[];
let acme: string;
let vera: string;
const servers: Record<string, string> = {};
/** The Changes that made them. */
const changes: Record<string, string> = {};

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'switchyard-scopes-'));
  const config = loadConfig({
    SWITCHYARD_HOME: home,
    SWITCHYARD_MASTER_KEY: Buffer.from(testMasterKey()).toString('base64'),
    SWITCHYARD_DEMO: 'true',
    SWITCHYARD_RATE_LIMIT_FACTOR: '100000',
    SWITCHYARD_DNS_PORT: '0',
  });
  app = await createApp({ config, databaseUrl: await cloneDatabase(), log: pino({ level: 'silent' }), version: '0.0.0-test', works: true });
  await app.core.work();
  logins = await seedPeople(app.core, [], app.iam.passwords);
  [acme, vera] = await Promise.all([
    sql<{ id: string }>(`select id from tenants where slug = 'acme'`).then(([row]) => row!.id),
    sql<{ id: string }>(`select id from auth.users where email = 'vera@acme.example'`).then(([row]) => row!.id),
  ]);
  const { id: connectionId } = await done('clouds.create', { name: 'cloud', kind: 'simulated' });
  for (const environment of ['lab', 'staging', 'prod']) {
    const name = `${environment}-1`;
    changes[environment] = String(
      (await done('servers.create', { connectionId, name, region: 'sim-eu-1', size: 'std-1', image: 'debian-13', environment }))['id'],
    );
    servers[environment] = (await listed('olivia')).find((server) => server.name === name)!.id;
  }
  servers['connection'] = String(connectionId);
});
afterAll(async () => {
  await app.http.app.close();
  await app.core.stop(5_000);
  rmSync(home, { recursive: true, force: true });
});

type Input = Record<string, unknown>;
const sql = <R extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<R[]> =>
  app.core.databases.platform('test', async (db) => (await db.$client.query<R>(text, values)).rows);
const operationOf = (name: string): AnyOperation => app.core.registry.operations.get(name)!;
const call = (name: string, input: Input, who: string) => {
  const token = logins.find(({ email }) => email.startsWith(who))!.apiKey;
  return app.core.gate.pass(operationOf(name), input, { surface: 'rest', credentials: { kind: 'bearer', token }, ip: '192.0.2.7', requestId: newId(), envelope: {} }); // prettier-ignore
};
const outcome = (name: string, input: Input, who = 'vera'): Promise<string> =>
  call(name, input, who).then(({ status }) => status, (problem: unknown) => {
    if (problem instanceof Problem) return `${problem.kind.status} ${problem.slug}`;
    throw problem;
  }); // prettier-ignore

async function done(name: string, input: Input, who = 'olivia'): Promise<Input> {
  const passed = await call(name, input, who);
  if (passed.status === 'done') return passed.output as Input;
  if (passed.status !== 'accepted') throw new Error(`${name} is ${passed.status}`);
  const { id, state } = passed.change;
  if (state === 'awaiting_approval') await call('changes.approve', { id }, 'priya');
  for (;;) {
    const change = await done('changes.get', { id });
    if (change['endedAt'] !== null && change['state'] !== 'succeeded') throw new Error(`${name} ended as ${String(change['state'])}: ${JSON.stringify(change['problem'])}`); // prettier-ignore
    if (change['state'] === 'succeeded') return change;
    await new Promise((wait) => setTimeout(wait, 50));
  }
}
const listed = async (who = 'vera') => (await done('servers.list', {}, who))['items'] as { id: string; name: string }[];
const names = async () => (await listed()).map(({ name }) => name).sort();

/** All that Vera holds, from now on. */
async function holds(...grants: { role: string; scope: Scope }[]): Promise<void> {
  await sql('update grants set revoked_at = now() where subject_id = $1 and revoked_at is null', [vera]);
  const at = new Date();
  await app.core.databases.platform('test', async (db) => {
    for (const { role, scope } of grants) await seedGrant(db, { tenantId: acme, personId: vera, role, scope, reason: 'test' }, at);
  });
  (app.core.adapters.get(RightsChanged.port) as RightsChanged).changed();
}
const wish = (environment: string) => ({ connectionId: servers['connection'], name: `new-${environment}`, region: 'sim-eu-1', size: 'std-1', image: 'debian-13', environment }); // prettier-ignore

describe('roles and Scopes', () => {
  test('governance 17: Given read_only, when any risk `write` Operation is called, then 403, handler not entered, Audit entry `denied` with stage permission', async () => {
    await holds({ role: 'read_only', scope: { all: true } });
    expect(await names()).toEqual(['lab-1', 'prod-1', 'staging-1']);
    const guarded = [...app.core.registry.operations.values()].filter(({ access, risk, hiddenFrom }) => access === undefined && risk !== 'read' && !hiddenFrom?.includes('rest'));
    expect(guarded.length).toBeGreaterThan(50);
    const entered: string[] = [];
    const restore: (() => void)[] = [];
    for (const operation of guarded as { name: string; run?: unknown; plan?: unknown; execute?: unknown }[])
      for (const part of ['run', 'plan', 'execute'] as const) {
        const own = operation[part];
        if (own === undefined) continue;
        operation[part] = () => {
          entered.push(`${operation.name} ${part}`);
          throw new Error('it should not come to this');
        };
        restore.push(() => (operation[part] = own));
      }
    const wrong: string[] = [];
    try {
      for (const operation of guarded) {
        const input = { ...(sampleOf(schemasOf(operation).input) as Input), ...(operation.tenantField ? { [operation.tenantField]: acme } : {}) };
        const got = await outcome(operation.name, input);
        if (got !== '403 permission-denied') wrong.push(`${operation.name}: ${got}`);
      }
    } finally {
      for (const back of restore) back();
    }
    expect(wrong).toEqual([]);
    expect(entered).toEqual([]);
    await app.core.audit.flush();
    const trail = await app.core.databases.tenant({ tenantId: acme }, async (db) =>
      (await db.$client.query<{ operation: string; stage: string }>(`select distinct operation, reason->>'stage' as stage from audit_entries where result = 'denied' and actor_id = $1`, [vera])).rows,
    );
    expect(trail.map(({ operation, stage }) => `${operation} ${stage}`).sort()).toEqual(guarded.map(({ name }) => `${name} permission`).sort());
  }); // prettier-ignore

  test('governance 18: Given ops_rw scoped to lab, when a prod device is written, then 403 `scope-denied`; when listed, then prod devices are absent', async () => {
    await holds({ role: 'ops_rw', scope: { any: [{ environments: ['lab'] }] } });
    expect(await names()).toEqual(['lab-1']);
    for (const environment of ['prod', 'staging']) {
      expect(await outcome('servers.update', { id: servers[environment], labels: { touched: 'yes' } })).toBe('403 scope-denied');
      expect(await outcome('servers.stop', { id: servers[environment] })).toBe('403 scope-denied');
      expect(await outcome('servers.create', wish(environment))).toBe('403 scope-denied');
    }
    expect(await outcome('servers.update', { id: servers['lab'], labels: { touched: 'yes' } })).toMatch(/^(done|accepted)$/);
    for (const query of [{ environment: 'prod' }, { q: 'prod' }, { sort: '-name' }]) expect(((await done('servers.list', query, 'vera'))['items'] as { name: string }[]).map(({ name }) => name).filter((name) => name !== 'lab-1')).toEqual([]);
    expect(((await done('servers.get', { id: servers['prod'] }))['labels'] as object)).toEqual({});
  }); // prettier-ignore

  test('governance 19: Given approver only, when a write Operation is called, then 403; when a Change in Scope is viewed, then 200', async () => {
    await holds({ role: 'approver', scope: { any: [{ environments: ['lab'] }] } });
    for (const environment of ['lab', 'prod']) expect(await outcome('servers.update', { id: servers[environment], labels: {} })).toBe('403 permission-denied');
    expect(await outcome('changes.get', { id: changes['lab'] })).toBe('done');
    expect(await outcome('changes.get', { id: changes['prod'] })).toMatch(/^40[34] /);
  }); // prettier-ignore

  test('governance 20: Given a user with no Scope, when listing devices, then an empty page, not all', async () => {
    for (const scope of [{ any: [] }, { any: [{ type: 'dnsZone' }] }] as Scope[]) {
      await holds({ role: 'ops_rw', scope });
      expect(await done('servers.list', {}, 'vera')).toEqual({ items: [], nextCursor: null });
    }
  });

  test('governance 21: Given grant 1 (write on A) and grant 2 (read on B), when writing B, then 403', async () => {
    await holds(
      { role: 'ops_rw', scope: { any: [{ type: 'server', ids: [servers['lab']!] }] } },
      { role: 'read_only', scope: { any: [{ type: 'server', ids: [servers['staging']!] }] } },
    );
    expect(await names()).toEqual(['lab-1', 'staging-1']);
    expect(await outcome('servers.get', { id: servers['staging'] })).toBe('done');
    expect(await outcome('servers.update', { id: servers['staging'], labels: { touched: 'yes' } })).toBe('403 scope-denied');
    // What went before may still be at work there.
    await expect
      .poll(() => outcome('servers.update', { id: servers['lab'], labels: { touched: 'again' } }), { timeout: 20_000 })
      .toMatch(/^(done|accepted)$/);
  });
});
