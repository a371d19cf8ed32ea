import { expect, test } from 'vitest';
import { DEMO_POLICIES, yearEnd } from './demo-policies.ts';
import { BASELINE, BUILT_IN } from './modules/policies/built-in.ts';
import { compileSet, parseSet, runTests } from './modules/policies/engine/index.ts';

test.each([['demo', DEMO_POLICIES], ['baseline', BASELINE], ['built-in', BUILT_IN]])('the set of the %s can be read, and all its tests pass', (_name, document) => {
  const { set, faults } = parseSet(document);
  expect(faults).toEqual([]);
  expect(Array.isArray(compileSet(set!))).toBe(false);
  const { results, passed } = runTests(set!);
  expect(results.filter((one) => !one.passed).map(({ name, failures }) => ({ name, failures }))).toEqual([]);
  expect(passed).toBe(true);
}); // prettier-ignore

test('the freeze is the one that holds now, or the next', () => {
  expect(yearEnd(new Date('2026-11-20T12:00:00Z'))).toMatchObject({ startsAt: '2026-12-18T16:00:00Z', endsAt: '2027-01-03T06:00:00Z' });
  expect(yearEnd(new Date('2027-01-02T12:00:00Z')).startsAt).toBe('2026-12-18T16:00:00Z');
  expect(yearEnd(new Date('2027-01-03T12:00:00Z')).startsAt).toBe('2027-12-18T16:00:00Z');
});
