import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { provide, providerOf } from '#kernel/port.ts';
import { SecretReferences } from '#kernel/secret-references.ts';
import { createWorld, type World } from '../../../../test/world.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import { Engine } from '../providers/port.ts';
import { ALIVE_SPACE } from './claim.ts';
import { probes } from './probes.ts';
import { bare, draw, publish, startOf } from './testing.ts';

/** Of 200 at once, and 500 starts a minute, by the plan: 2 and 5 for each process alike, as they share one tenant. */
const FACTOR = 0.02;
const MOST = 4;
const SECRET = newId();
const probe = probes();
let here: World;
let there: World;
beforeAll(async () => {
  const references = {
    limits: async () => [{ id: SECRET, most: 2 }],
    resolve: async (_db: unknown, _use: unknown, texts: readonly string[]) => [...texts],
  };
  const options = {
    adapters: () => [provide(SecretReferences, references as unknown as SecretReferences)],
    modules: [bare],
    rateLimitFactor: FACTOR,
    workflows: { types: new Map([...NODE_TYPES, ...probe.types]) },
  };
  here = await createWorld(options);
  there = await createWorld({ ...options, databaseUrl: here.databaseUrl, tenants: here.tenants });
});
afterAll(async () => {
  await there.close();
  await here.close();
});

test('workflows 9.6: what a tenant may run at once by its plan holds over all processes, also for what begins in several at one moment', async () => {
  const engines = [here, there].map(({ adapters }) => providerOf(adapters)(Engine));
  const published = await publish(here.databases, here.tenants.a, draw({ start: ['trigger'], r: ['read_probe', { ms: 300 }] }, 'start -> r'), { maxConcurrent: 100 });
  const { actor } = here.as();
  const begin = async (engine: Engine) => engine.answered((await engine.start(startOf(published, actor))).executionId, 'end', 30_000);
  // Known to both, so that each begins what it accepts at once.
  for (const engine of engines) await begin(engine);
  probe.most = 0;
  const all = await Promise.all(Array.from({ length: 8 }, (_, at) => begin(engines[at % 2]!)));
  expect(all.map((answer) => answer?.status)).toEqual(Array.from({ length: 8 }, () => 'completed'));
  expect(probe.most).toBeLessThanOrEqual(MOST);
  expect(probe.most).toBeGreaterThan(1);
  expect([...here.faults, ...there.faults]).toEqual([]);
}); // prettier-ignore

test('workflows 9.6: a secret that only so many may use is used by no more over all processes; what a dead one holds counts not, and whoever waits long holds no worker', async () => {
  const engines = [here, there].map(({ adapters }) => providerOf(adapters)(Engine));
  const published = await publish(here.databases, here.tenants.b, draw({ start: ['trigger'], r: ['post_probe', { ms: 150, fails: 1, secret: 'secret://KEY' }, { inDoubt: 'ask', retry: { maxAttempts: 2, initialDelayMs: 10 } }] }, 'start -> r'), { maxConcurrent: 100 });
  const { actor } = here.as({ tenant: 'b' });
  const start = async (engine: Engine) => (await engine.start(startOf(published, actor))).executionId;
  const sql = <R extends Record<string, unknown>>(text: string, values: unknown[] = []) => here.databases.tenant({ tenantId: here.tenants.b }, async (db) => (await db.$client.query<R>(text, values)).rows);
  const held = (executionId: string, owner: number) => sql(`insert into workflow_turns (tenant_id, id, secret_id, execution_id, node_id, path, owner, until) values ($1, $2, $3, $4, $2, '', $5, now() + interval '1 hour')`, [here.tenants.b, newId(), SECRET, executionId, owner]);
  const done = (id: string) => expect.poll(async () => (await sql<{ status: string }>('select status from workflow_executions where id = $1', [id]))[0]!.status, { timeout: 60_000, interval: 50 }).toBe('completed');
  probe.most = 0;
  const all = await Promise.all(Array.from({ length: 7 }, (_, at) => start(engines[at % 2]!)));
  await Promise.all(all.map(done));
  expect([probe.most, await sql('select id from workflow_turns')]).toEqual([2, []]);
  // Two of a process that is gone, one that lives.
  const [alive] = await sql<{ owner: number }>(`select objid::int as owner from pg_locks where locktype = 'advisory' and classid = $1 and granted and database = (select oid from pg_database where datname = current_database()) limit 1`, [ALIVE_SPACE]);
  for (const owner of [1, 2, alive!.owner]) await held(all[0]!, owner);
  await done(await start(engines[1]!));
  await held(all[1]!, alive!.owner);
  const late = await start(engines[0]!);
  await expect.poll(async () => (await sql('select status, lease_owner from workflow_executions where id = $1', [late]))[0], { timeout: 60_000, interval: 100 }).toEqual({ status: 'waiting', lease_owner: null });
  expect(await sql('select status from node_executions where execution_id = $1 and node_key = $2', [late, 'r'])).toEqual([{ status: 'waiting' }]);
  await sql('delete from workflow_turns');
  await done(late);
  expect([probe.most, ...here.faults, ...there.faults]).toEqual([2]);
}); // prettier-ignore
