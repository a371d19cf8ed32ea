import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LIMITS, type LimitName } from './limits.ts';
import { createLocalTries, halved } from './local-tries.ts';

const at = new Date('2026-01-01T00:00:00Z');
const counter = (key: string, limit: LimitName) => ({ key, limit, rule: LIMITS[limit] });

test('half of every quota is at least one try, and never more than the whole', () => {
  for (const limit of Object.values(LIMITS)) {
    const half = halved(limit);
    for (const [index, { tries }] of half.locks.entries()) {
      expect(tries).toBeGreaterThanOrEqual(1);
      expect(tries).toBeLessThanOrEqual(limit.locks[index]!.tries);
    }
  }
});

test('whatever is tried, no counter lets more tries pass than half its quota before it locks', () =>
  fc.assert(
    fc.property(fc.constantFrom(...(Object.keys(LIMITS) as LimitName[])), fc.integer({ min: 1, max: 200 }), (limit, times) => {
      const local = createLocalTries();
      const passed = Array.from({ length: times }, () => local.take([counter('k', limit)], at)).filter(({ lock }) => lock === null).length;
      expect(passed).toBeLessThanOrEqual(halved(LIMITS[limit]).locks[0]!.tries);
    }),
  ));

test('a good try starts its address anew and gives the network its try back, with the lock that it alone had left', () => {
  const local = createLocalTries();
  const counters = [counter('address', 'pair'), counter('network', 'network')];
  for (let tries = 0; tries < 30; tries += 1) {
    const taken = local.take(counters, at);
    expect(taken.lock).toBeNull();
    local.forget(['address']);
    local.giveBack(['network'], taken.lock === null ? taken.locksLeft : new Map());
  }
});

test('of more keys than it holds, the oldest are forgotten first', () => {
  const local = createLocalTries();
  local.take([counter('first', 'notice')], at);
  for (let index = 0; index < 50_000; index += 1) local.take([counter(`other ${index}`, 'notice')], at);
  expect(local.take([counter('first', 'notice')], at).lock).toBeNull();
  expect(local.take([counter('other 49999', 'notice')], at).lock).not.toBeNull();
});
