import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { NO_TENANT, type Actor } from '#kernel/context.ts';
import { openDatabases, type Databases } from '#kernel/database.ts';
import { newId } from '#kernel/ids.ts';
import { createLeases } from '#kernel/leases.ts';
import { createPostgresLeases } from '#kernel/leases-postgres.ts';
import { createConcurrency } from './concurrency.ts';

let databases: Databases;
beforeAll(async () => {
  databases = openDatabases({ url: await cloneDatabase(), masterKey: testMasterKey() });
});
afterAll(() => databases.close());

const someone = (more: Partial<Actor> = {}): Actor => ({
  kind: 'user', id: newId(), name: 'ann', email: null, tenantId: newId(), tenantSlug: 'a', credentialId: newId(), permissionCap: null, ip: null, ...more,
}); // prettier-ignore
const processesOf = (count: number, waitMs = 10_000) =>
  Array.from({ length: count }, () =>
    createConcurrency({ leases: createLeases(createPostgresLeases(databases)), processes: () => count, factor: 1, waitMs }),
  );

/** Makes so many calls, in turns in each process; the most that ran at a time, and what became of each. */
async function load(processes: ReturnType<typeof processesOf>, actor: Actor, calls: number, ms: number) {
  let now = 0;
  let most = 0;
  const outcomes = await Promise.all(
    Array.from({ length: calls }, async (_, n) => {
      const leave = await processes[n % processes.length]!.enter(actor).catch((error: { slug: string }) => error);
      if (typeof leave !== 'function') return leave.slug;
      most = Math.max(most, (now += 1));
      await pause(ms);
      now -= 1;
      leave();
      return 'done';
    }),
  );
  return { most, done: outcomes.filter((outcome) => outcome === 'done').length, slugs: new Set(outcomes) };
}

test.each([1, 3])('of fifty calls at once in %i processes ten run at a time, and all come to their turn', async (count) => {
  expect(await load(processesOf(count), someone(), 50, 20)).toMatchObject({ most: expect.toSatisfy((most: number) => most > 1 && most <= 10) as number, done: 50 }); // prettier-ignore
});

test('who finds no place in time is told so, and so is who would be the hundred and first to wait', async () => {
  const [one] = processesOf(1, 50);
  const actor = someone();
  const held = await Promise.all(Array.from({ length: 10 }, () => one!.enter(actor)));
  await expect(one!.enter(actor)).rejects.toMatchObject({ slug: 'concurrency-limited', extras: { limit: 10, retryAfterSeconds: 1 } });
  for (const leave of held) leave();
  (await one!.enter(actor))();

  const { done, slugs } = await load(processesOf(1), actor, 150, 10);
  expect([done, slugs]).toEqual([110, new Set(['done', 'concurrency-limited'])]);
});

test('each person and each agent of theirs has places of their own; parts of the system and strangers need none', async () => {
  const [one] = processesOf(1, 20);
  const actor = someone();
  await Promise.all(Array.from({ length: 10 }, () => one!.enter(actor)));
  await one!.enter(someone({ tenantId: actor.tenantId }));
  await one!.enter({ ...actor, kind: 'agent', agent: { clientId: 'bot', name: 'Bot' } });
  for (const kind of ['system', 'anonymous'] as const)
    for (let n = 0; n < 20; n += 1) await one!.enter(someone({ kind, tenantId: NO_TENANT, id: kind }));
});

test('of many who wait for places of other processes one looks for all of them', async () => {
  let asked = 0;
  const full = { takePlace: async () => void (asked += 1) };
  const one = createConcurrency({ leases: full, processes: () => 3, factor: 1, waitMs: 1_000 });
  const actor = someone();
  const leave = await one.enter(actor);
  const first = one.enter(actor).catch((error: { slug: string }) => error.slug);
  await expect.poll(() => asked).toBeGreaterThan(0);
  const others = Array.from({ length: 60 }, () => one.enter(actor).catch((error: { slug: string }) => error.slug));
  expect([await first, new Set(await Promise.all(others))]).toEqual(['concurrency-limited', new Set(['concurrency-limited'])]);
  // Ten looks a second of one, and at most one more of each when it hands the looking on.
  expect(asked).toBeLessThan(150);
  leave();
  (await one.enter(actor))();
});

test('where places cannot be counted, calls go on', async () => {
  const down = { takePlace: async () => Promise.reject(new Error('down')) };
  const one = createConcurrency({ leases: down, processes: () => 3, factor: 1, waitMs: 20 });
  const actor = someone();
  for (let n = 0; n < 15; n += 1) await one.enter(actor);
});
