import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ticksOf, timelineOf } from './gantt.ts';
import type { NodeRecord } from './types.ts';

const T0 = Date.UTC(2026, 10, 21);
const record = (nodeId: string, from: number | null, to: number | null): NodeRecord => ({
  id: `${nodeId}-${from}`,
  nodeId,
  key: nodeId,
  type: 'transform',
  path: '',
  attempt: 1,
  status: to === null ? 'running' : 'completed',
  effect: null,
  error: null,
  port: null,
  waiting: null,
  changeId: null,
  calledBy: null,
  tokens: null,
  cost: null,
  reused: false,
  durationMs: null,
  startedAt: from === null ? null : new Date(T0 + from).toISOString(),
  endedAt: to === null ? null : new Date(T0 + to).toISOString(),
});

test('rows are in the order in which nodes began, and bars lie where their time was', () => {
  const { rows, span } = timelineOf([record('b', 500, 1000), record('a', 0, 500), record('skipped', null, null)], new Map([['a', 'Fetch']]), T0);
  expect(rows.map(({ name }) => name)).toEqual(['Fetch', 'b']);
  expect(span).toBe(1000);
  expect(rows[1]!.bars[0]).toMatchObject({ start: 50, width: 50, ms: 500 });
});

test('what still runs reaches until now', () => {
  expect(timelineOf([record('a', 0, null)], new Map(), T0 + 2000)).toMatchObject({ span: 2000, rows: [{ bars: [{ start: 0, width: 100 }] }] });
});

test('no bar leaves the frame or is too small to see, whatever the times', () => {
  const one = fc.record({ id: fc.constantFrom('a', 'b', 'c'), from: fc.nat(100_000), long: fc.option(fc.nat(100_000)) });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1 }), fc.nat(200_000), (runs, now) => {
      const records = runs.map(({ id, from, long }) => record(id, from, long === null ? null : from + long));
      const { rows } = timelineOf(records, new Map(), T0 + now);
      expect(rows.flatMap(({ bars }) => bars)).toHaveLength(records.length);
      for (const { start, width } of rows.flatMap(({ bars }) => bars)) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(width).toBeGreaterThan(0);
        expect(start + width).toBeLessThanOrEqual(100.7);
      }
    }),
  );
});

test('lines of the scale are at round figures, from two to six of them', () => {
  expect(ticksOf(1000)).toEqual([0, 200, 400, 600, 800, 1000]);
  expect(ticksOf(0)).toEqual([]);
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 90_000_000 }), (span) => {
      const ticks = ticksOf(span);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(6);
    }),
  );
});
