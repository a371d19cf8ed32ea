import { afterAll, beforeAll, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import { LampPort, lampModule, lampServer, lampsBurn, lampsName } from '#test/lamps.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { complianceMetrics, reports } from './index.ts';

let world: World;
let [alice, bob, auditor]: Person[] = [];
beforeAll(async () => {
  world = await createWorld({ modules: [lampModule, reports], adapters: () => [provide(LampPort, lampServer())], works: true });
  [alice, bob] = ['alice', 'bob'].map((name) => world.as({ name }));
  auditor = world.as({ name: 'auditor', permissions: ['reports:read'], maxRisk: 'read' });
});
afterAll(() => world.close());

const seen = (who = auditor!) => world.done(complianceMetrics, {}, who);

test('an empty tenant has nothing to show, and no figure fails for it', async () => {
  expect(await seen()).toMatchObject({ queue: { pending: 0, breaching: 0, oldestAt: null }, changes: { total: 0, days: [] }, approvals: { approved: 0, median: null }, drift: 0 }); // prettier-ignore
});

test('Changes, refusals, approvals and who made most of them are counted, and the queue goes down with a decision', async () => {
  await world.carriedOut(lampsName, { name: 'hall', environment: 'prod' }, alice!, bob!);
  const waiting = await world.accepted(lampsName, { name: 'stairs', environment: 'prod' }, alice!);
  const mallory = world.as({ name: 'mallory', permissions: ['lamps:read'] });
  for (const name of ['one', 'two']) await world.refused(lampsBurn, { name, environment: 'prod' }, mallory);
  await world.audit.flush();
  const before = await seen();
  expect(before.queue).toMatchObject({ pending: 1, breaching: 0 });
  expect(before.changes.total).toBe(2);
  expect(before.changes.days.map(({ outcome, count }) => [outcome, count])).toEqual([['open', 1], ['succeeded', 1]]); // prettier-ignore
  expect(before.violations.total).toBe(2);
  expect(before.violations.heat[0]).toMatchObject({ operation: 'lamps.burn', count: 2 });
  expect(before.users.map(({ name, changes, violations }) => [name, changes, violations])).toEqual([['alice', 2, 0], ['mallory', 0, 2]]); // prettier-ignore
  expect(before.approvals).toMatchObject({ approved: 1, rejected: 0, expired: 0 });
  await world.approve(waiting, bob!);
  expect((await seen()).queue.pending).toBe(0);
});

test('what lies outside the Scope of the reader is not counted, nor who holds which role', async () => {
  const scoped = world.as({ permissions: ['reports:read'], scope: { any: [{ ids: ['hall'] }] } });
  const found = await seen(scoped);
  expect(found.changes.total).toBe(1);
  expect([found.violations.total, found.roles, found.drift]).toEqual([0, null, null]);
  expect(await seen(world.as({ permissions: ['reports:read'], scope: { any: [] } }))).toMatchObject({ changes: { total: 0 }, users: [] });
});
