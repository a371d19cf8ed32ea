import { afterAll, beforeAll, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import { lampModule, LampPort, lampServer, lampsLight } from '#test/lamps.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { changesCancel, changesLog } from '../index.ts';

const server = lampServer();
let world: World;
let ann: Person;
let bob: Person;
beforeAll(async () => {
  world = await createWorld({ modules: [lampModule], adapters: () => [provide(LampPort, server)], rateLimitFactor: 1 });
  ann = world.as({ name: 'ann' });
  bob = world.as({ name: 'bob' });
});
afterAll(() => world.close());

/** Somebody who looks at a Change until it ends; each has a hundred looks an hour. */
let onlookers = 0;
const onlooker = (): Person => world.as({ name: `onlooker-${(onlookers += 1)}` });

/** Lamps that a Change is at work on: it has looked, and is held up before it lights. */
async function atWork(): Promise<number> {
  const found = await world.databases.tenant({ tenantId: world.tenants.a }, (db) =>
    db.$client.query(`select 1 from change_steps s join changes c on c.tenant_id = s.tenant_id and c.id = s.change_id
      where s.key = 'light' and s.status = 'running' and c.state = 'running'`),
  );
  return found.rows.length;
}

test('of five Changes that one person asks for at once three run, the others wait and say so, and another person waits for nobody', async () => {
  let letGo = (): void => undefined;
  server.hold = new Promise((resolve) => (letGo = resolve));
  const changes = await Promise.all([1, 2, 3, 4, 5].map((n) => world.accepted(lampsLight, { name: `ann-${n}` }, ann)));
  await expect.poll(atWork, { timeout: 60_000 }).toBe(3);
  const waiting = async (): Promise<number> => {
    const logs = await Promise.all(changes.map(({ id }) => world.done(changesLog, { id }, onlooker())));
    return logs.filter((log) => JSON.stringify(log).includes('Waits: 3 Changes of this person run already.')).length;
  };
  await expect.poll(waiting, { timeout: 60_000 }).toBe(2);

  const other = await world.accepted(lampsLight, { name: 'bob-1' }, bob);
  await expect.poll(atWork, { timeout: 60_000 }).toBe(4);
  letGo();
  for (const change of changes) expect((await world.settled(change, onlooker())).state).toBe('succeeded');
  expect((await world.settled(other, onlooker())).state).toBe('succeeded');
  expect(server.calls.toSorted(), 'each once').toEqual(['ann-1', 'ann-2', 'ann-3', 'ann-4', 'ann-5', 'bob-1']);
  server.hold = undefined;
});

test('one that waits can be cancelled, and places are free again after a failure', async () => {
  let letGo = (): void => undefined;
  server.hold = new Promise((resolve) => (letGo = resolve));
  server.fail = new Error('a lamp fell');
  const held = await Promise.all([1, 2, 3].map((n) => world.accepted(lampsLight, { name: `held-${n}` }, ann)));
  await expect.poll(atWork, { timeout: 60_000 }).toBe(3);
  const waits = await world.accepted(lampsLight, { name: 'waits' }, ann);
  await world.call(changesCancel, { id: waits.id }, ann);
  letGo();
  for (const change of held) expect((await world.settled(change, onlooker())).state).toBe('rolled_back');
  expect((await world.settled(waits, onlooker())).state).toBe('cancelled');
  [server.hold, server.fail] = [undefined, undefined];
  expect((await world.settled(await world.accepted(lampsLight, { name: 'after' }, ann), onlooker())).state).toBe('succeeded');
});
