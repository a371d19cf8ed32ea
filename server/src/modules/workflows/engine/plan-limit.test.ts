import { afterAll, beforeAll, expect, test } from 'vitest';
import { providerOf } from '#kernel/port.ts';
import { createWorld, type World } from '../../../../test/world.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import { Engine } from '../providers/port.ts';
import { probes } from './probes.ts';
import { bare, draw, publish, startOf } from './testing.ts';

/** Of 200 at once, and 500 starts a minute, by the plan: 2 and 5 for each process alike, as they share one tenant. */
const FACTOR = 0.02;
const MOST = 4;
const probe = probes();
let here: World;
let there: World;
beforeAll(async () => {
  const options = { modules: [bare], rateLimitFactor: FACTOR, workflows: { types: new Map([...NODE_TYPES, ...probe.types]) } };
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
