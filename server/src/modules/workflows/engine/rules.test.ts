import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { RetryPolicy, type Json } from '../graph.ts';
import { choose, workflowOf, type Candidate } from './fair.ts';
import { chosenBy, mergeReadiness, readiness, wantedBy, type EdgeState, type MergePolicy } from './flow.ts';
import { base32, childId, idempotencyKey } from './keys.ts';
import { inTurn, outputOf, turnsOf, type LoopConfig } from './loop-rules.ts';
import { combine, deepMerge } from './merge.ts';
import { delayAfter, isTriedAgain } from './retry.ts';
import { isLargerThan } from './sizes.ts';
import { patternsOf } from './waits.ts';

const edges = fc.array(fc.constantFrom<EdgeState>('open', 'live', 'dead'), { minLength: 1, maxLength: 16 });
const policies: fc.Arbitrary<MergePolicy> = fc.record({
  policy: fc.constantFrom('all', 'any', 'first_n', 'quorum'),
  n: fc.integer({ min: 1, max: 16 }),
});

describe('who runs', () => {
  test('a node waits for all that leads to it, runs when something came, and is dead when nothing did', () => {
    fc.assert(fc.property(edges, (states) => {
      const found = readiness(states);
      expect(found === 'wait').toBe(states.includes('open'));
      if (found !== 'wait') expect(found === 'run').toBe(states.includes('live'));
    })); // prettier-ignore
  });
  test('a Merge of `all` is like any node; with others it never runs on less than it wants unless nothing more can come, and once settled always decides', () => {
    fc.assert(fc.property(edges, policies, fc.boolean(), (states, policy, late) => {
      const found = mergeReadiness(policy, states, late);
      const live = states.filter((state) => state === 'live').length;
      if (policy.policy === 'all' && !late) expect(found).toBe(readiness(states));
      if (found === 'run') expect(live).toBeGreaterThan(0);
      if (found === 'run' && states.includes('open') && !late) expect(live).toBeGreaterThanOrEqual(wantedBy(policy, states.length));
      if (!states.includes('open')) expect(found).not.toBe('wait');
    })); // prettier-ignore
  });
  test('what a Merge takes came first, and is no more than it wants', () => {
    fc.assert(fc.property(fc.array(fc.option(fc.nat(50), { nil: undefined }), { minLength: 1, maxLength: 16 }), policies, (arrivals, policy) => {
      const places = chosenBy(policy, arrivals);
      expect(places.every((place) => arrivals[place] !== undefined)).toBe(true);
      if (policy.policy === 'any') expect(places.length).toBeLessThanOrEqual(1);
      const last = Math.max(-1, ...places.map((place) => arrivals[place]!));
      const left = arrivals.filter((at, place) => at !== undefined && !places.includes(place));
      expect(left.every((at) => at! >= last)).toBe(true);
    })); // prettier-ignore
  });
});

describe('what a Merge makes', () => {
  const of = (...values: Json[]) => values.map((value, at) => ({ port: `in${at + 1}`, from: `n${at + 1}`, value }));
  test.each<[string, Json[], Parameters<typeof combine>[1], Json]>([
    ['object', [1, 'a'], { combine: 'object' }, { n1: 1, n2: 'a' }],
    ['append', [[1, 2], 3], { combine: 'append' }, [1, 2, 3]],
    ['zip', [[1, 2], ['a']], { combine: 'zip' }, [[1, 'a'], [2, null]]],
    ['pick', [1, 2], { combine: 'pick', input: 'in2' }, 2],
    ['deep_merge', [{ a: { x: 1 }, l: [1] }, { a: { y: 2 }, l: [2] }], { combine: 'deep_merge' }, { a: { x: 1, y: 2 }, l: [1, 2] }],
    ['outer join', [[{ k: 1, a: 1 }], [{ k: 2, b: 2 }]], { combine: 'join', joinType: 'outer', keyOf: (item) => (item as { k: Json }).k }, [{ k: 1, a: 1 }, { k: 2, b: 2 }]],
  ])('%s', (_name, values, how, result) => expect(combine(of(...values), how)).toEqual(result)); // prettier-ignore
  test('nothing into something is the same thing', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => { expect(deepMerge({}, value as Json)).toEqual(value); })); // prettier-ignore
  });
  test('a field called __proto__ is merged as a field, and nothing else gets it', () => {
    const read = (text: string) => JSON.parse(text) as Json;
    const merged = deepMerge(read('{"__proto__":{"a":1},"x":1}'), read('{"__proto__":{"b":2}}'));
    expect(JSON.stringify(merged)).toBe('{"__proto__":{"a":1,"b":2},"x":1}');
    expect(JSON.stringify(deepMerge({}, read('{"__proto__":null}')))).toBe('{"__proto__":null}');
    expect(['a' in {}, 'b' in {}, Object.getPrototypeOf(merged)]).toEqual([false, false, Object.prototype]);
  });
});

describe('tries', () => {
  const policy = fc.record({
    strategy: fc.constantFrom('fixed', 'linear', 'exponential'),
    initialDelayMs: fc.nat(5_000),
    maxDelayMs: fc.nat(60_000),
    multiplier: fc.integer({ min: 1, max: 10 }),
    jitter: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  test('workflows 74: fixed, linear and exponential delays with jitter stay within bounds', () => {
    fc.assert(fc.property(policy, fc.integer({ min: 1, max: 10 }), fc.double({ min: 0, max: 1, noNaN: true }), (own, attempt, chance) => {
      const whole = RetryPolicy.parse(own);
      const { initialDelayMs: d, multiplier: m, maxDelayMs, jitter, strategy } = whole;
      const plain = Math.min(maxDelayMs, strategy === 'fixed' ? d : strategy === 'linear' ? d * attempt : d * m ** (attempt - 1));
      const delay = delayAfter(whole, attempt, chance);
      expect(delay).toBeGreaterThanOrEqual(Math.floor(plain * (1 - jitter)));
      expect(delay).toBeLessThanOrEqual(Math.ceil(plain * (1 + jitter)));
      expect(delayAfter(whole, attempt, chance, 100_000)).toBe(900_000);
    })); // prettier-ignore
  });
  test('workflows 74: non-retryable classes are not tried again; timeouts are when it may be done twice', () => {
    const tries = { policy: { ...RetryPolicy.parse({}), maxAttempts: 3 }, idempotent: true, attempt: 1 };
    const fault = (errorClass: string) => ({ type: 'x', class: errorClass as 'auth', message: '', retryable: false });
    for (const no of ['auth', 'permission', 'policy', 'validation', 'config', 'expression', 'not_found', 'conflict', 'budget', 'limit', 'egress', 'in_doubt', 'cancelled']) expect(isTriedAgain(fault(no), tries), no).toBe(false);
    for (const yes of ['transient', 'timeout', 'system']) expect(isTriedAgain(fault(yes), tries), yes).toBe(true);
    for (const risky of ['timeout', 'system']) expect(isTriedAgain(fault(risky), { ...tries, idempotent: false }), risky).toBe(false);
    expect(isTriedAgain(fault('transient'), { ...tries, attempt: 3 })).toBe(false);
  }); // prettier-ignore
});

describe('whose turn', () => {
  const candidate = fc.record({
    tenantId: fc.constantFrom('a', 'b', 'c'),
    workflowId: fc.constantFrom('w', 'v'),
    rank: fc.nat(3),
    maxConcurrent: fc.integer({ min: 1, max: 4 }),
    concurrencyKey: fc.constantFrom(null, 'k', 'l'),
    isWoken: fc.constant(false),
  });
  test('no tenant, workflow or key gets more than it may have, and no place stays free while somebody could take it', () => {
    fc.assert(fc.property(fc.array(candidate, { maxLength: 40 }), fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 6 }), (drawn, room, limit) => {
      const lines: Candidate[] = drawn.map((one) => ({ ...one, id: newId() }));
      const standings = new Map(['a', 'b', 'c'].map((id) => [id, { limit, weight: 1, running: 0 }]));
      const given = choose(lines, { standings, byWorkflow: new Map(), room });
      expect(new Set(given).size).toBe(given.length);
      expect(given.length).toBeLessThanOrEqual(room);
      for (const [, mine] of Map.groupBy(given, ({ tenantId }) => tenantId)) expect(mine.length).toBeLessThanOrEqual(limit);
      for (const [, same] of Map.groupBy(given.filter(({ concurrencyKey }) => concurrencyKey), (one) => `${workflowOf(one)} ${one.concurrencyKey}`)) expect(same.length).toBe(1);
      const used = Map.groupBy(given, workflowOf);
      const perTenant = Map.groupBy(given, ({ tenantId }) => tenantId);
      const fits = lines.filter((one) => !given.includes(one) && (perTenant.get(one.tenantId)?.length ?? 0) < limit && (used.get(workflowOf(one))?.length ?? 0) < one.maxConcurrent
        && (one.concurrencyKey === null || !given.some((other) => workflowOf(other) === workflowOf(one) && other.concurrencyKey === one.concurrencyKey)));
      if (given.length < room) expect(fits).toEqual([]);
    })); // prettier-ignore
  });
  test('workflows 82: of many that one tenant has and one that another has, the other goes first or second', () => {
    const one = (tenantId: string): Candidate => ({ tenantId, id: newId(), workflowId: 'w', rank: 1, maxConcurrent: 1_000, concurrencyKey: null, isWoken: false });
    const standings = new Map(['big', 'small'].map((id) => [id, { limit: 200, weight: 1, running: 0 }]));
    const given = choose([...Array.from({ length: 50 }, () => one('big')), one('small')], { standings, byWorkflow: new Map(), room: 2 });
    expect(given.map(({ tenantId }) => tenantId).sort()).toEqual(['big', 'small']);
  }); // prettier-ignore
});

describe('loops', () => {
  const config = (more: Partial<LoopConfig>): LoopConfig => ({
    type: 'for_each',
    maxIterations: 1_000,
    batchSize: 1,
    itemName: 'item',
    parallel: 1,
    onItemError: 'stop',
    collect: 'all',
    delayMs: 0,
    ...more,
  });
  test('batches hold every item once and in order', () => {
    fc.assert(fc.property(fc.array(fc.nat(), { maxLength: 200 }), fc.integer({ min: 2, max: 20 }), (items, batchSize) => {
      const turns = turnsOf(config({ batchSize }), items) as number[][];
      expect(turns.flat()).toEqual(items);
      expect(turns.every(({ length }) => length <= batchSize)).toBe(true);
    })); // prettier-ignore
  });
  test('what is no list, no count or too many is refused', () => {
    expect(() => turnsOf(config({}), 'x')).toThrow('list');
    expect(() => turnsOf(config({ type: 'count' }), -1)).toThrow('whole number');
    expect(() => turnsOf(config({ maxIterations: 2 }), [1, 2, 3])).toThrow('has not ended after 2');
  });
  test('results are in the order of the items, whichever came first', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.nat(500)), (order) => { expect(inTurn(new Map(order.map((at) => [at, at])))).toEqual(order.toSorted((a, b) => a - b)); })); // prettier-ignore
    expect(outputOf(config({ collect: 'last' }), { results: new Map([[1, 'b'], [0, 'a']]), failed: [], count: 2, broken: false })).toMatchObject({ results: ['b'] }); // prettier-ignore
  });
});

describe('keys and sizes', () => {
  test('a key is the same for the same place, another for every other, and spells its bytes', () => {
    expect(idempotencyKey('r', 'n', '0', 0)).toBe(idempotencyKey('r', 'n', '0', 0));
    expect(new Set([idempotencyKey('r', 'n', '0', 0), idempotencyKey('r', 'n', '0', 1), idempotencyKey('r', 'n', '1', 0), idempotencyKey('s', 'n', '0', 0)]).size).toBe(4);
    expect(base32(Buffer.from('foobar'))).toBe('mzxw6ytboi');
    expect(childId(new Date(0), ['a'])).toMatch(/^00000000-0000-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  }); // prettier-ignore
  test('what is called larger is not much smaller as JSON, and the other way round', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 2_000 }), (value, bytes) => {
      const real = JSON.stringify(value).length;
      if (real > bytes * 8 + 64) expect(isLargerThan(value as Json, bytes)).toBe(true);
      if (real * 8 + 64 < bytes) expect(isLargerThan(value as Json, bytes)).toBe(false);
    })); // prettier-ignore
  });
  test('an event is found by its name and by patterns of it', () => {
    expect(patternsOf('server.created')).toEqual(['server.created', 'server.*', '*.created', '*.*', '*']);
  });
});
