import { expect, test } from 'vitest';
import { changesPerDay, daysOf, gridOf, ratio, stacked, violationsPerDay } from './series.ts';

const period = { from: '2026-10-30T15:00:00Z', to: '2026-11-02T15:00:00Z' };

test('a period has every one of its days, over the end of a month and without gaps', () => {
  expect(daysOf(period.from, period.to)).toEqual(['2026-10-30', '2026-10-31', '2026-11-01', '2026-11-02']);
});

test('days without anything count as none', () => {
  const changes = { total: 3, days: [{ day: '2026-10-31', outcome: 'failed' as const, count: 3 }] };
  expect(changesPerDay({ ...period, changes }).counts).toEqual({ succeeded: [0, 0, 0, 0], failed: [0, 3, 0, 0], refused: [0, 0, 0, 0], open: [0, 0, 0, 0] }); // prettier-ignore
  expect(violationsPerDay({ ...period, violations: { total: 2, days: [{ day: '2026-11-02', count: 2 }], heat: [] } }).counts).toEqual([0, 0, 0, 2]);
});

test('stacked series end with the sum of all', () => {
  expect(stacked([[1, 0], [2, 3], [0, 1]])).toEqual([[1, 0], [3, 3], [3, 4]]); // prettier-ignore
});

test('the grid has operations with the most refusals first and a column for each environment', () => {
  const heat = [{ operation: 'a.b', environment: 'prod', count: 1 }, { operation: 'c.d', environment: null, count: 2 }, { operation: 'c.d', environment: 'prod', count: 5 }]; // prettier-ignore
  expect(gridOf(heat)).toEqual({ environments: ['', 'prod'], rows: [{ operation: 'c.d', counts: [2, 5], sum: 7 }, { operation: 'a.b', counts: [0, 1], sum: 1 }], most: 5 }); // prettier-ignore
  expect(gridOf([])).toEqual({ environments: [], rows: [], most: 1 });
});

test('the share of approvals is of what was decided', () => {
  expect([ratio({ approved: 3, rejected: 1 }), ratio({ approved: 0, rejected: 0 })]).toEqual([75, null]);
});
