import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorld, type Person, type World } from '../../../../test/world.ts';
import { providerOf } from '#kernel/port.ts';
import type { Json } from '../graph.ts';
import { Engine, type Answer } from '../providers/port.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import { bare, draw, publish, startOf, type Drawn } from './testing.ts';
import { probes, type Probe } from './probes.ts';

let world: World;
let ana: Person;
let probe: Probe;
beforeAll(async () => {
  probe = probes();
  world = await createWorld({ modules: [bare], workflows: { types: new Map([...NODE_TYPES, ...probe.types]) } });
  ana = world.as({ name: 'ana' });
});
afterAll(() => world.close());

const sql = <R extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<R[]> =>
  world.databases.tenant({ tenantId: world.tenants.a }, async (db) => (await db.$client.query<R>(text, values)).rows);

async function run(nodes: Drawn, lines: string, inputs: Json = {}, settings: Parameters<typeof publish>[3] = {}): Promise<Answer & { records: { key: string; path: string; status: string; output: Json; error: Json; attempt: number }[] }> {
  const engine = providerOf(world.adapters)(Engine);
  const published = await publish(world.databases, world.tenants.a, draw({ start: ['trigger', { mode: 'manual' }], ...nodes }, lines), settings);
  const { executionId } = await engine.start(startOf(published, ana.actor, inputs));
  const answer = await engine.answered(executionId, 'end', 20_000);
  if (!answer) throw new Error(`it does not end: ${JSON.stringify(await sql('select status, wake_at from workflow_executions where id = $1', [executionId]))} ${world.faults.join('\n')}`);
  const records = await sql<{ key: string; path: string; status: string; output: Json; error: Json; attempt: number }>('select node_key as key, path, status, output, error, attempt from node_executions where execution_id = $1 order by started_at, id', [executionId]);
  return { ...answer, records };
} // prettier-ignore

const set = (expression: string): readonly [string, Record<string, Json>] => ['transform', { mode: 'expression', expression }];

describe('pure graphs', () => {
  test('a chain hands its value on', async () => {
    const { status, outputs, records } = await run({ add: set('input.n + 1'), twice: set('input * 2') }, 'start -> add -> twice', { n: 20 });
    expect(world.faults).toEqual([]);
    expect({ status, outputs }).toEqual({ status: 'completed', outputs: 42 });
    expect(records.map(({ key, status: state }) => [key, state])).toEqual([['start', 'completed'], ['add', 'completed'], ['twice', 'completed']]); // prettier-ignore
  });
});
