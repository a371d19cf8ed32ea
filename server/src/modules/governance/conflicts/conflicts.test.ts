import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import { calendarsCreate, calendarsEntriesCreate, policies } from '#modules/policies/index.ts';
import { LampPort, lampModule, lampsBurn, lampsLight, lampsLong, lampsName, lampServer } from '#test/lamps.ts';
import { ruling, setOf } from '#test/rules.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { changesCancel, changesGet } from '../index.ts';
import { overlaps } from './rules.ts';

const server = lampServer();
let world: World;
let [ann, ben]: Person[] = [];
beforeAll(async () => {
  world = await createWorld({ modules: [policies, lampModule], adapters: () => [provide(LampPort, server)] });
  [ann, ben] = ['ann', 'ben'].map((name) => world.as({ name }));
});
afterAll(() => world.close());

const planOf = async (operation: typeof lampsLight | typeof lampsName | typeof lampsLong, input: object) => {
  const passed = await world.call(operation, input, ann!, { dryRun: true });
  if (passed.status !== 'planned') throw new Error(`it is ${passed.status}`);
  return passed.plan;
};

test('a plan names the open Changes that concern the same target, until they have ended', async () => {
  const waiting = await world.accepted(lampsBurn, { name: 'hall' }, ann!);
  const plan = await planOf(lampsLight, { name: 'hall' });
  expect(plan.conflicts).toMatchObject([{ kind: 'change', id: waiting.id, name: waiting.number, operation: 'lamps.burn', state: 'awaiting_approval', targets: ['hall'] }]); // prettier-ignore
  expect(plan.warnings.join()).toContain(`${waiting.number} (lamps.burn, awaiting approval) concerns hall too.`);
  expect((await planOf(lampsLight, { name: 'other' })).conflicts).toEqual([]);
  // Neither is the Change in its own way, nor does a conflict that came later make the plan another one.
  const second = await world.accepted(lampsBurn, { name: 'hall' }, ann!);
  expect((await world.done(changesGet, { id: waiting.id }, ann!)).conflicts.map(({ id }) => id)).toEqual([second.id]);
  await world.approve(waiting, ben!);
  expect((await world.settled(waiting, ann!)).state).toBe('succeeded');
  await world.done(changesCancel, { id: second.id }, ann!);
  expect((await planOf(lampsLight, { name: 'hall' })).conflicts).toEqual([]);
  expect((await world.done(changesGet, { id: second.id }, ann!)).conflicts).toEqual([]);
});

test('a rule forbids what would get in the way of another Change', async () => {
  const rules = ruling(world, ann!, ben!);
  const id = await rules.enforce(
    setOf('apart', [
      'id: one-at-a-time\ntype: deny\nphase: plan\nmatch: { operations: [lamps.name] }\nwhen: plan.conflicts.exists(c, c.kind == "change")\nmessage: One Change on a lamp at a time.',
    ]),
  );
  const waiting = await world.accepted(lampsBurn, { name: 'porch' }, ann!);
  expect(await world.refused(lampsName, { name: 'porch' }, ann!)).toMatchObject({ slug: 'policy-denied', extras: { rule: 'apart/one-at-a-time' } });
  await world.done(changesCancel, { id: waiting.id }, ann!);
  expect((await world.call(lampsName, { name: 'porch' }, ann!)).status).toBe('done');
  await rules.retire(id);
});

test('a plan names the freezes that its work would run into', async () => {
  const calendar = await world.done(calendarsCreate, { name: 'freeze' }, ann!);
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  await world.done(calendarsEntriesCreate, { calendarId: calendar.id, title: 'Year end', startsAt: at(20), endsAt: at(60) }, ann!);
  expect((await planOf(lampsName, { name: 'yard' })).conflicts).toEqual([]);
  // It takes forty minutes, so it would still be at it.
  expect((await planOf(lampsLong, { name: 'yard' })).conflicts).toMatchObject([{ kind: 'calendar', name: 'freeze', targets: [] }]);
});

test('only what is inside a tenant is in the way of its Changes', async () => {
  const stranger = world.as({ tenant: 'b' });
  world.as({ tenant: 'b' });
  expect((await world.accepted(lampsBurn, { name: 'gate' }, stranger)).state).toBe('awaiting_approval');
  expect((await planOf(lampsLight, { name: 'gate' })).conflicts).toEqual([]);
});

test('a span is in the way when it is open at some moment of the work', () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 50 }));
  const iso = (n: number): string => new Date(n * 1000).toISOString();
  fc.assert(
    fc.property(span, span, ([start, length], [from, takes]) => {
      const found = overlaps({ freeze: [{ from: iso(start), until: iso(start + length) }] }, new Date(from * 1000), new Date((from + takes) * 1000));
      const moments = Array.from({ length: takes }, (_, moment) => from + moment);
      return found.length > 0 === moments.some((moment) => moment >= start && moment < start + length);
    }),
  );
});
