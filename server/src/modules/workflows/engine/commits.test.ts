import { afterAll, beforeAll, expect, test } from 'vitest';
import { providerOf } from '#kernel/port.ts';
import { createWorld, type World } from '../../../../test/world.ts';
import { asSuperuser } from '../../../../test/clone.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import { Engine } from '../providers/port.ts';
import { probes } from './probes.ts';
import { bare, draw, publish, startOf } from './testing.ts';

let world: World;
let engine: Engine;
let root: Awaited<ReturnType<typeof asSuperuser>>;
beforeAll(async () => {
  world = await createWorld({ modules: [bare], workflows: { types: new Map([...NODE_TYPES, ...probes().types]), room: 4 } });
  engine = providerOf(world.adapters)(Engine);
  root = await asSuperuser(world.databaseUrl);
  await root.query(`create table seen (at xid8 primary key);
    create function see() returns trigger language plpgsql security definer as $f$ begin insert into seen values (pg_current_xact_id()) on conflict do nothing; return null; end $f$;
    create trigger see after insert or update on workflow_executions for each row execute function see();
    create trigger see after insert or update on node_executions for each row execute function see();
    create trigger see after insert on execution_events for each row execute function see();
    create trigger see after insert on execution_waits for each row execute function see()`);
});
afterAll(async () => {
  await root.end();
  await world.close();
});

const commits = async (): Promise<number> => (await root.query<{ n: number }>('select count(*)::int as n from seen')).rows[0]!.n;
const set = (at: number): readonly [string, { mode: string; fields: { name: string; value: string }[] }] => [
  'transform',
  { mode: 'fields', fields: [{ name: `f${at}`, value: String(at) }] },
];

test('an execution with only pure nodes needs exactly two commits, one with `durability: end` one, and an effect two more', async () => {
  const ana = world.as();
  const ten = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`s${at}`, set(at)]));
  const graph = draw({ start: ['trigger'], ...ten }, `start -> ${Object.keys(ten).join(' -> ')}`);
  const acting = draw({ start: ['trigger'], p: ['put_probe', { value: 1 }] }, 'start -> p');
  const [full, end, effect] = [await publish(world.databases, world.tenants.a, graph), await publish(world.databases, world.tenants.a, graph, { durability: 'end' }), await publish(world.databases, world.tenants.a, acting)];
  const counted = async (published: typeof full): Promise<number> => {
    const before = await commits();
    const { executionId } = await engine.start(startOf(published, ana.actor));
    expect(await engine.answered(executionId, 'end', 10_000)).toMatchObject({ status: 'completed' });
    return (await commits()) - before;
  };
  // The first start of a version is claimed from the queue; from then on the process that accepts it goes on with it.
  for (const one of [full, end, effect]) await counted(one);
  expect(await counted(full)).toBe(2);
  expect(await counted(end)).toBe(1);
  expect(await counted(effect)).toBe(3);
}); // prettier-ignore

test('workflows 68: the execution is in the database before the start is answered', async () => {
  const ana = world.as();
  const published = await publish(world.databases, world.tenants.a, draw({ start: ['trigger'], s: set(1) }, 'start -> s'));
  for (let n = 0; n < 20; n += 1) {
    const { executionId } = await engine.start(startOf(published, ana.actor, {}, { awaited: false }));
    expect((await root.query('select 1 from workflow_executions where id = $1', [executionId])).rowCount).toBe(1);
  }
});

test('workflows 82: with one tenant’s thousands of queued runs, another tenant’s single run goes ahead of all but what runs', async () => {
  const [ana, ben] = [world.as(), world.as({ tenant: 'b' })];
  const slow = draw({ start: ['trigger'], r: ['read_probe', { ms: 60 }] }, 'start -> r');
  const [big, small] = [await publish(world.databases, world.tenants.a, slow, { maxConcurrent: 1_000 }), await publish(world.databases, world.tenants.b, slow)];
  const { executionId } = await engine.start(startOf(big, ana.actor));
  await engine.answered(executionId, 'end', 10_000);
  const columns = (await root.query<{ name: string }>(`select attname as name from pg_attribute where attrelid = 'workflow_executions'::regclass and attnum > 0 and not attisdropped`)).rows.map(({ name }) => name);
  const queued: Record<string, string> = { id: 'gen_random_uuid()', root_id: 'gen_random_uuid()', status: `'queued'`, ended_at: 'null', lease_owner: 'null', wake_at: 'now()', epoch: '0', writes: '0', event_seq: '0', started_at: 'null', nodes_done: '0' };
  await root.query(`insert into workflow_executions (${columns.join(', ')}) select ${columns.map((name) => queued[name] ?? name).join(', ')} from workflow_executions, generate_series(1, 10000) where id = '${executionId}'`);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  const started = await engine.start(startOf(small, ben.actor));
  const before = (await root.query<{ n: number }>(`select count(*)::int as n from workflow_executions where tenant_id = $1 and status = 'completed'`, [world.tenants.a])).rows[0]!.n;
  expect(await engine.answered(started.executionId, 'end', 10_000)).toMatchObject({ status: 'completed' });
  const after = (await root.query<{ n: number }>(`select count(*)::int as n from workflow_executions where tenant_id = $1 and status = 'completed'`, [world.tenants.a])).rows[0]!.n;
  expect(after).toBeLessThan(9_000);
  expect(after - before).toBeLessThan(200);
  await root.query(`update workflow_executions set status = 'cancelled', ended_at = now() where status = 'queued'`);
}); // prettier-ignore
