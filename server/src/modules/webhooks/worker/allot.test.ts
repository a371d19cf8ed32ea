import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WEBHOOKS } from '../rules.ts';
import { allot, deserved, type Candidate } from './allot.ts';
import { createPace } from './pace.ts';

const lane = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  tenantId: 'a',
  id,
  state: 'active',
  ordered: false,
  rate: 50,
  earned: 5,
  ...more,
});
const slotsOf = (given: ReturnType<typeof allot>) => Object.fromEntries(given.map(({ lane: { id }, slots }) => [id, slots]));

describe('attempts at once', () => {
  test('whoever fails, keeps an order or has earned nothing has one', () => {
    expect([deserved(lane('x')), deserved(lane('x', { state: 'failing' })), deserved(lane('x', { ordered: true })), deserved(lane('x', { earned: 1 })), deserved(lane('x', { rate: 2 }))]).toEqual([5, 1, 1, 1, 2]); // prettier-ignore
  });
  test('everybody gets one before anybody gets more', () => {
    const many = Array.from({ length: 18 }, (_, n) => lane(`l${n}`));
    const slots = slotsOf(allot(many, new Map(), 200));
    expect(Object.values(slots).toSorted((a, b) => a - b)).toEqual([...Array.from({ length: 16 }, () => 1), 2, 2]);
    expect(
      allot(
        Array.from({ length: 30 }, (_, n) => lane(`l${n}`)),
        new Map(),
        200,
      ),
    ).toHaveLength(20);
  });
  test('a tenant that has its 20 gets no more, and others do', () => {
    const given = allot([lane('x'), lane('y', { tenantId: 'b' })], new Map([['a', 20]]), 200);
    expect(slotsOf(given)).toEqual({ y: 5 });
  });
  test('are never more than a webhook, a tenant and the process may have', () => {
    const some = fc.record({ tenantId: fc.constantFrom('a', 'b', 'c'), id: fc.uuid(), state: fc.constantFrom('active' as const, 'failing' as const), ordered: fc.boolean(), rate: fc.integer({ min: 1, max: 1_000 }), earned: fc.integer({ min: 0, max: 9 }) }); // prettier-ignore
    fc.assert(
      fc.property(fc.uniqueArray(some, { selector: ({ id }) => id }), fc.nat(25), fc.nat(60), (waiting, taken, room) => {
        const given = allot(waiting, new Map([['a', taken]]), room);
        const sum = (of: typeof given): number => of.reduce((all, { slots }) => all + slots, 0);
        expect(sum(given)).toBeLessThanOrEqual(room);
        for (const { lane: one, slots } of given) expect(slots >= 1 && slots <= deserved(one)).toBe(true);
        for (const tenant of ['a', 'b', 'c']) expect(sum(given.filter(({ lane: { tenantId } }) => tenantId === tenant)) + (tenant === 'a' ? Math.min(taken, 20) : 0)).toBeLessThanOrEqual(Math.max(WEBHOOKS.perTenant, 0)); // prettier-ignore
      }),
    );
  });
});

test('a pace lets a tenth of the rate through at once and no more than the rate in a second', () => {
  let now = 0;
  const pace = createPace(() => now);
  const waits = Array.from({ length: 120 }, () => pace.take('x', 100));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(10);
  expect(Math.max(...waits)).toBeCloseTo(1_100, -1);
  now = 60_000;
  expect(pace.take('x', 100)).toBe(0);
  expect(pace.take('other', 1)).toBe(0);
  expect(pace.take('other', 1)).toBe(1_000);
});
