import { expect, test } from 'vitest';
import type { Graph, NodeState } from '#features/workflow-graph/types.ts';
import { current, overlayOf } from './overlay.ts';
import type { NodeRecord } from './types.ts';

const node = (id: string) => ({ id, key: id, type: 'transform', name: id, config: {} });
const graph: Graph = {
  nodes: ['start', 'ask', 'yes', 'no'].map(node),
  connections: [
    { id: 'c1', source: 'start', target: 'ask' },
    { id: 'c2', source: 'ask', sourcePort: 'true', target: 'yes' },
    { id: 'c3', source: 'ask', sourcePort: 'false', target: 'no' },
  ],
};
const record = (nodeId: string, status: NodeState, more: Partial<NodeRecord> = {}): NodeRecord => ({
  id: `${nodeId}${more.path ?? ''}${more.attempt ?? 1}`,
  nodeId,
  key: nodeId,
  type: 'transform',
  path: '',
  attempt: 1,
  status,
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
  startedAt: null,
  endedAt: null,
  ...more,
});

test('a value is counted on the connection that it took, and not on the other', () => {
  const { counts } = overlayOf(graph, [
    record('start', 'completed'),
    record('ask', 'completed', { port: 'true' }),
    record('yes', 'completed'),
    record('no', 'skipped'),
  ]);
  expect([...counts!]).toEqual([
    ['c1', 1],
    ['c2', 1],
    ['c3', 0],
  ]);
});

test('of several turns of a loop the one that matters now is shown, with how many there were', () => {
  const turns = [record('yes', 'completed', { path: '0' }), record('yes', 'running', { path: '1' }), record('yes', 'skipped', { path: '2' })];
  expect(overlayOf(graph, turns).nodes!.get('yes')).toEqual({ state: 'running', runs: 2 });
});

test('a try that was replaced by another does not count', () => {
  const tries = [record('yes', 'failed', { attempt: 1 }), record('yes', 'completed', { attempt: 2 })];
  expect(overlayOf(graph, tries).nodes!.get('yes')).toEqual({ state: 'completed', runs: 1 });
});

test('the eye is led to what needs a person before what merely runs', () => {
  expect(current([record('start', 'running'), record('ask', 'in_doubt')])).toBe('ask');
  expect(current([record('start', 'completed'), record('ask', 'running'), record('yes', 'running')])).toBe('yes');
  expect(current([record('start', 'completed')])).toBeUndefined();
});
