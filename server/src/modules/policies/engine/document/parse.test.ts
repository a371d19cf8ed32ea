import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentOf, faultsOf, readSet } from '../testing/sets.ts';
import { parseSet } from './parse.ts';
import { MAX_BYTES } from './source.ts';
import { secondsOf } from './values.ts';

const seen = (text: string): string[] => faultsOf(text).map(({ line, column, message }) => `${line}:${column} ${message}`);

test.each([
  ['a: &x 1\nb: 2', '1:7 the anchor &x'],
  ['a: !!str 1', '1:10 the tag tag:yaml.org,2002:str'],
  ['a: !secret x', '1:12 the tag !secret'],
  ['<<: { a: 1 }', '1:1 the merge key <<'],
  ['? [a]\n: 1', '1:3 names of fields must be plain texts'],
  ['a: 1\na: 2', '2:1 Map keys must be unique'],
  ['a: [1', '1:6 Flow sequence'],
  ['a: 1\n---\nb: 2', '2:1 Source contains multiple documents'],
  ['', '1:1 must be object, received null'],
  ['- a', '1:1 must be object, received array'],
  ['x'.repeat(MAX_BYTES + 1), '1:1 the document is larger than 256 KiB'],
])('%j is refused with its place', (text, expected) => {
  expect(parseSet(text).set).toBeUndefined();
  expect(seen(text)[0]).toContain(expected.trim());
});

test.each([
  ['{ id: Upper, type: deny }', 'id must begin with a letter'],
  ['{ id: aa, type: forbid }', 'type must be one of approval-required'],
  ['{ id: aa, type: deny, limitTargets: { max: 1 } }', 'unknown field "limitTargets"'],
  ['{ id: aa, type: time-window }', 'timeWindow is required'],
  ['{ id: aa, type: time-window, timeWindow: { mode: deny } }', 'needs windows or calendars'],
  ['{ id: aa, type: time-window, timeWindow: { mode: deny, timezone: Nowhere/City, windows: [{}] } }', 'must be a time zone'],
  ['{ id: aa, type: time-window, timeWindow: { mode: deny, windows: [{ from: "8:00" }] } }', 'must be a time of day'],
  ['{ id: aa, type: approval-required, approval: { group: board, role: admin } }', 'needs exactly one of'],
  ['{ id: aa, type: approval-required, approval: { all: [{ count: 1 }] } }', 'needs exactly one of'],
  ['{ id: aa, type: approval-required, approval: { scopeApprovers: true, expiresIn: 5m } }', 'must be from 1 h to 7 d'],
  ['{ id: aa, type: rate-limit, rateLimit: { limit: 1, window: soon } }', 'must be a length of time'],
  ['{ id: aa, type: require-comment, comment: { pattern: "(a" } }', 'is not a pattern that RE2 knows'],
  ['{ id: aa, type: deny, match: { risk: [medium] } }', 'must be'],
  ['{ id: aa, type: notify, notify: { to: [everybody] } }', 'must be team:<slug>'],
  ['{ id: aa, type: deny, when: "x ==" }', 'aa: when: Unexpected token: EOF'],
])('%s is refused: %s', (rule, expected) => {
  expect(seen(documentOf([rule]))[0]).toContain(expected);
});

test('two rules of one name are refused', () => {
  expect(seen(documentOf(['{ id: one, type: deny }', '{ id: one, type: deny }']))).toEqual(['7:13 there is a policy "one" already']);
});

test('defaults depend on the type: approvals are asked at the plan, windows looked at before and at the end', () => {
  const phases = readSet(
    documentOf([
      '{ id: aa, type: approval-required, approval: { scopeApprovers: true } }',
      '{ id: bb, type: time-window, timeWindow: { mode: deny, windows: [{}] } }',
      '{ id: cc, type: deny }',
      '{ id: dd, type: deny, phase: [plan, apply] }',
    ]),
  ).policies.map((policy) => policy.phases);
  expect(phases).toEqual([['plan'], ['request', 'apply'], ['request'], ['plan', 'apply']]);
});

test('JSON is YAML too, and means the same', () => {
  const set = readSet(documentOf(['{ id: one, type: deny, match: { risk: [high] } }'], '  enforcement: warn'));
  const { positions: _, ...json } = readSet(JSON.stringify({ apiVersion: 'switchyard/v1', kind: 'PolicySet', metadata: { name: 'guardrails' }, spec: { enforcement: 'warn', policies: [{ id: 'one', type: 'deny', match: { risk: ['high'] } }] } }));
  expect({ ...set, positions: undefined }).toEqual({ ...json, positions: undefined });
}); // prettier-ignore

test('a set about production needs tests unless it says otherwise', () => {
  const needs = (match: string, spec = '') =>
    readSet(documentOf([`{ id: one, type: deny, match: { environments: [${match}] } }`], spec)).requireTests;
  expect([needs('prod'), needs('lab'), needs('prod', '  requireTests: false'), needs('lab', '  requireTests: true')]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

test.each([
  ['scope: environment', '"environment" is not a scope'],
  ['scope: tier=gold', '"tier=gold" is not a scope'],
  ['scope: user=*, limit: 5', 'limit does not belong to a rule of type time-window'],
  ['scope: user=*, deny: sometimes', 'must be days, hours and a zone'],
  ['scope: user=*, deny: Mon 08:00-18:00 XYZ', '"XYZ" is not a time zone'],
  ['scope: user=*, when: x', 'unknown field "when"'],
])('the short form refuses %s', (fields, expected) => {
  expect(seen(`policies:\n  - { name: one, type: time-window, ${fields} }`).join('\n')).toContain(expected);
});

test('whatever is given, reading ends with a set or with faults that have a place', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.string().map((text) => documentOf([text])), fc.json().map((json) => documentOf([json]))), (text) => {
      const { set, faults } = parseSet(text);
      expect(set !== undefined || faults.length > 0).toBe(true);
      for (const { line, column } of faults) expect(Math.min(line, column)).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
}); // prettier-ignore

test('lengths of time', () => {
  expect(['90s', '15m', '2h30m', '24h', '7d', 'PT1H', 'P1DT12H', 'P2W'].map(secondsOf)).toEqual([
    90, 900, 9_000, 86_400, 604_800, 3_600, 129_600, 1_209_600,
  ]);
  for (const wrong of ['', '5', 'h', '5y', '1h ', 'P', 'PT', '-5m', '1.5h']) expect(secondsOf(wrong)).toBeUndefined();
});
