import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDatabases, type Databases } from '#kernel/database.ts';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { counted, isLocked, LIMITS, type LimitName, type Tally } from './limits.ts';
import { takeTry } from './throttle.ts';

let databases: Databases;
beforeAll(async () => void (databases = openDatabases({ url: await cloneDatabase(), masterKey: testMasterKey(), poolSize: 4 })));
afterAll(() => databases?.close());
beforeEach(() => databases.platform('test', (db) => db.$client.query('delete from auth.login_attempts')));

const NAMES = Object.keys(LIMITS) as LimitName[];
const T0 = new Date('2026-03-01T00:00:00Z');
const step = fc.record({
  /** Seconds since the try before: at once, about the length of a window, or just at its end. */
  after: fc.oneof(fc.constantFrom(0, 60, 900, 3_600, 4_500, 86_400), fc.nat(5_000)),
  limits: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 4 }),
});

test('the database counts as the rule says: windows, thresholds, and nothing at all while one counter is locked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), fc.uuid(), async (steps, subject) => {
      const tallies = new Map<LimitName, Tally>();
      let at = T0;
      for (const { after, limits } of steps) {
        at = new Date(at.getTime() + after * 1000);
        const counters = limits.map((limit) => ({ limit, subject }));
        const taken = await databases.platform('test', (db) => takeTry(db, counters, at));
        const locks = limits.flatMap((limit) => (isLocked(tallies.get(limit), at) ? [tallies.get(limit)!.lockedUntil!.getTime()] : []));
        expect(taken.lock?.until.getTime()).toBe(locks.length > 0 ? Math.max(...locks) : undefined);
        if (taken.lock) continue;
        for (const limit of limits) tallies.set(limit, counted(tallies.get(limit), LIMITS[limit], at));
        const left = limits.flatMap((limit) => tallies.get(limit)!.lockedUntil?.toISOString() ?? []);
        expect([...taken.locksLeft.values()].map((until) => until.toISOString()).toSorted()).toEqual(left.toSorted());
      }
    }),
    { numRuns: 25 },
  );
});

test('no limit has more than two thresholds, which is what the statement counts by', () => {
  for (const { locks } of Object.values(LIMITS)) expect(locks.length).toBeLessThanOrEqual(2);
});
