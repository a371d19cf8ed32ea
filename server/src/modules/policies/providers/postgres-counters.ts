import type { Database } from '#kernel/database.ts';
import { and, eq, inArray, or, sql } from '#kernel/drizzle.ts';
import { stateOf, windowStart, type Counted } from '../sliding.ts';
import { policyCounters } from '../tables.ts';
import type { CounterKey, Counters, CounterState } from './port.ts';

const before = (start: Date, windowSeconds: number): Date => new Date(start.getTime() - windowSeconds * 1000);

/** What stands in the two windows of each key. */
async function countedOf(db: Database, tenantId: string, keys: readonly CounterKey[], at: Date): Promise<Map<string, Counted>> {
  const wanted = keys.map(({ key, windowSeconds }) => {
    const start = windowStart(at, windowSeconds);
    return and(eq(policyCounters.key, key), inArray(policyCounters.windowStart, [start, before(start, windowSeconds)]));
  });
  const rows = await db
    .select()
    .from(policyCounters)
    .where(and(eq(policyCounters.tenantId, tenantId), or(...wanted)));
  const used = (key: string, start: Date): number => rows.find((row) => row.key === key && row.windowStart.getTime() === start.getTime())?.used ?? 0;
  return new Map(
    keys.map(({ key, windowSeconds }) => {
      const start = windowStart(at, windowSeconds);
      return [key, { current: used(key, start), previous: used(key, before(start, windowSeconds)) }];
    }),
  );
}

const statesOf = async (db: Database, tenantId: string, keys: readonly CounterKey[], at: Date): Promise<CounterState[]> => {
  const counted = await countedOf(db, tenantId, keys, at);
  return keys.map((key) => stateOf(counted.get(key.key)!, key, at));
};

/**
 * Counters as rows. Who charges a key holds it until their transaction ends, so two calls never both take the last one; keys are taken
 * in order, so that two calls with several never wait for each other in a ring.
 */
export const postgresCounters: Counters = {
  check: statesOf,
  async consume(db, tenantId, keys, at) {
    for (const key of [...new Set(keys.map(({ key: one }) => one))].sort())
      await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${tenantId} ${key}`}, 1))`);
    const states = await statesOf(db, tenantId, keys, at);
    if (states.some(({ isExceeded }, place) => isExceeded && !keys[place]!.lenient)) return states;
    for (const { key, windowSeconds } of new Map(keys.map((one) => [one.key, one])).values()) {
      const start = windowStart(at, windowSeconds);
      await db
        .insert(policyCounters)
        .values({ tenantId, key, windowStart: start, used: 1, expiresAt: new Date(start.getTime() + 2 * windowSeconds * 1000) })
        .onConflictDoUpdate({
          target: [policyCounters.tenantId, policyCounters.key, policyCounters.windowStart],
          set: { used: sql`${policyCounters.used} + 1` },
        });
    }
    return states;
  },
};
