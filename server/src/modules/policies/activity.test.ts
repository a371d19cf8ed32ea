import { afterAll, beforeAll, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import { LampPort, lampModule, lampServer, lampsName } from '#test/lamps.ts';
import { eventually, ids, ruling, setOf } from '#test/rules.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { policies, policiesList } from './index.ts';

let world: World;
let [alice, bob]: Person[] = [];

beforeAll(async () => {
  world = await createWorld({
    modules: [policies, lampModule],
    adapters: () => [provide(LampPort, lampServer())],
    now: () => new Date(Date.UTC(2026, 10, 21, 12)),
  });
  [alice, bob] = [world.as({ name: 'alice' }), world.as({ name: 'bob' })];
});
afterAll(() => world.close());

test('the list says of each set how it holds, since when, and what its rules did in the last days', async () => {
  const rules = ruling(world, alice!, bob!);
  const before = await world.done(policiesList, { activity: true }, alice!);
  expect(before.items.every(({ lately }) => lately !== null)).toBe(true);
  const id = await rules.enforce(setOf('busy', [`id: never\ntype: deny\nmatch: ${ids('no')}`, `id: mind\ntype: deny\nenforcement: warn\nmatch: ${ids('mind')}`])); // prettier-ignore
  const draft = await rules.save(setOf('waiting', [`id: never\ntype: deny\nmatch: ${ids('later')}`]));
  await world.refused(lampsName, { name: 'no' }, alice!);
  await world.done(lampsName, { name: 'mind' }, alice!);
  const one = async (of: string) => (await world.done(policiesList, { activity: true }, alice!)).items.find((set) => set.id === of)!;
  const busy = await eventually(() => one(id), ({ lately }) => lately!.matches === 2); // prettier-ignore
  expect(busy).toMatchObject({ status: 'active', enforcement: 'enforce', policies: 2, lastActivatedAt: '2026-11-21T12:00:00.000Z', lately: { matches: 2, violations: 1 } }); // prettier-ignore
  expect(await one(draft)).toMatchObject({ status: 'draft', policies: 1, lastActivatedAt: null, lately: { matches: 0, violations: 0 } });
  expect((await world.done(policiesList, {}, alice!)).items.every(({ lately }) => lately === null)).toBe(true);
});
