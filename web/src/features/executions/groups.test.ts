import { expect, test } from 'vitest';
import { durationsOf, failureGroups, median } from './groups.ts';
import type { ExecutionSummary } from './types.ts';

const one = (id: string, more: Partial<ExecutionSummary>): ExecutionSummary => ({
  id,
  workflow: { id: 'w', name: 'W' },
  version: 1,
  status: 'completed',
  trigger: { kind: 'manual', id: null },
  startedBy: { kind: 'user', id: 'u', name: 'U' },
  mine: true,
  tags: [],
  correlationId: null,
  traceId: null,
  test: false,
  dryRun: false,
  progress: 100,
  error: null,
  waiting: null,
  parentExecutionId: null,
  rollback: 'none',
  createdAt: `2026-11-21T00:00:0${id}Z`,
  startedAt: null,
  endedAt: `2026-11-21T00:01:0${id}Z`,
  durationMs: 1_000,
  tokens: 0,
  cost: 0,
  toolCalls: 0,
  ...more,
});
const fault = (type: string, nodeKey: string, message: string) => ({
  status: 'failed' as const,
  error: { type, class: 'transient', message, retryable: true, nodeKey },
});

test('the same error at the same node is one group, the most frequent first, told by its newest message', () => {
  const groups = failureGroups([
    one('1', fault('http-status', 'fetch', 'HTTP 502')),
    one('2', fault('code-threw', 'shape', 'x is undefined')),
    one('3', fault('http-status', 'fetch', 'HTTP 503')),
    one('4', {}),
  ]);
  expect(groups.map(({ type, count, message, id }) => [type, count, message, id])).toEqual([
    ['http-status', 2, 'HTTP 503', '3'],
    ['code-threw', 1, 'x is undefined', '2'],
  ]);
});

test('lengths are in the order of beginning, and what failed stands in a row of its own', () => {
  const { times, good, bad } = durationsOf([
    one('2', fault('x', 'y', 'z')),
    one('1', { durationMs: 500 }),
    one('3', { status: 'running', durationMs: null, endedAt: null }),
    // How long it waits already is not how long it took.
    one('4', { status: 'paused', durationMs: 200_000, endedAt: null }),
  ]);
  expect(times).toHaveLength(2);
  expect(good).toEqual([0.5, null]);
  expect(bad).toEqual([null, 1]);
});

test('the middle of an even number of values lies between two of them', () => {
  expect([median([]), median([3]), median([1, 9, 2]), median([1, 2, 3, 10])]).toEqual([null, 3, 2, 2.5]);
});
