import { expect, test } from 'vitest';
import { decidedOf, freshWish, kindOfDecision, type AskedCall } from './request-rules.ts';

const call = (index: number): AskedCall => ({
  index,
  tool: 'dns_records_create',
  operation: 'dns.records.create',
  arguments: { name: 'www', ttl: 300 },
  reason: 'It was asked for',
  risk: 'write',
  plan: null,
  schema: { type: 'object', properties: { name: { type: 'string' }, ttl: { type: 'integer', minimum: 60 } }, required: ['name'] },
});
const calls = [call(0), call(1)];
const fresh = calls.map(freshWish);

test('what is taken as it stands says no more than that', () => {
  expect(decidedOf(calls, fresh)).toEqual({ calls: [{ index: 0, run: true }, { index: 1, run: true }], faults: {} }); // prettier-ignore
  expect(kindOfDecision(calls, fresh)).toBe('approve');
});

test('other arguments are sent whole, and one that is left out with its words', () => {
  const wishes = [
    { ...fresh[0]!, arguments: { name: 'www2', ttl: 300 } },
    { ...fresh[1]!, run: false, text: ' In use. ' },
  ];
  expect(decidedOf(calls, wishes).calls).toEqual([
    { index: 0, run: true, arguments: { name: 'www2', ttl: 300 } },
    { index: 1, run: false, text: 'In use.' },
  ]);
  expect(kindOfDecision(calls, wishes)).toBe('alter');
});

test('arguments that do not fit are said at their field before anything is sent', () => {
  const wishes = [{ ...fresh[0]!, arguments: { name: '', ttl: 5 } }, fresh[1]!];
  expect(Object.keys(decidedOf(calls, wishes).faults)).toEqual(['0']);
});

test('none of it is a rejection', () => {
  expect(kindOfDecision(calls, fresh.map((wish) => ({ ...wish, run: false })))).toBe('reject'); // prettier-ignore
});
