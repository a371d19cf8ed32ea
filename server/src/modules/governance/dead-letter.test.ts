import { afterEach, beforeEach, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { auditList } from '#modules/audit/index.ts';
import { LampPort, lampModule, lampsLight, lampServer } from '#test/lamps.ts';
import { createWorld, type Person, type World } from '#test/world.ts';

const server = lampServer();
let world: World;
let alice: Person;
beforeEach(async () => {
  server.fail = new Problem('dependency-unavailable', 'Away, and it stays away.');
  world = await createWorld({ modules: [lampModule], adapters: () => [provide(LampPort, server)], works: false });
  alice = world.as({ name: 'alice' });
});
afterEach(() => world.close());

test('a Change whose job is given up ends as failed with `job-abandoned`, and the trail says so', async () => {
  const change = await world.accepted(lampsLight, { name: 'hopeless' }, alice);
  // The retries themselves are proven in jobs.test.ts; here the last one has come.
  await world.databases.platform('test', (db) => db.$client.query('update pgboss.job set retry_limit = 0'));
  await world.work();
  const ended = await world.settled(change, alice);
  expect(ended).toMatchObject({ state: 'failed', problem: { type: expect.stringMatching(/job-abandoned$/) }, endedAt: expect.any(String) });
  const { items } = await world.done(auditList, { changeId: change.id }, alice);
  expect(items.map(({ surface, result, reason }) => [surface, result, reason?.code])).toEqual([
    ['job', 'failure', 'job-abandoned'],
    ['rest', 'pending', undefined],
  ]);
});
