import { expect, test } from 'vitest';
import type { Graph, GraphNode } from '#features/workflow-graph/types.ts';
import { diffOf } from './diff-rules.ts';

const node = (id: string, config: GraphNode['config'] = {}, more: Partial<GraphNode> = {}): GraphNode => ({
  id,
  key: id,
  type: 'transform',
  name: id,
  config,
  ...more,
});
const join = (id: string, source: string, target: string) => ({ id, source, target });
const before: Graph = { nodes: [node('a', { x: 1 }), node('b')], connections: [join('c1', 'a', 'b')] }; // prettier-ignore

test('a node that was moved, and a connection that was made anew to the same place, are no difference', () => {
  const after = { nodes: [node('a', { x: 1 }, { layout: { x: 5, y: 5 } }), node('b')], connections: [join('other', 'a', 'b')] };
  expect(diffOf(before, after)).toMatchObject({ changes: [], joins: { added: 0, removed: 0 } });
});

test('each field that differs is told with what it was and what it is', () => {
  const after = { ...before, nodes: [node('a', { x: 2 }, { name: 'Fetch' }), node('b')] };
  expect(diffOf(before, after).changes).toEqual([
    {
      action: 'update',
      type: 'transform',
      id: 'a',
      name: 'Fetch',
      fields: [
        { path: 'name', before: 'a', after: 'Fetch' },
        { path: 'config.x', before: 1, after: 2 },
      ],
    },
  ]);
});

test('what is gone stays in the picture, marked, with its connections', () => {
  const after: Graph = { nodes: [node('a', { x: 1 }), node('c')], connections: [join('c2', 'a', 'c')] };
  const { graph, overlay, joins, changes } = diffOf(before, after);
  expect(graph.nodes.map(({ id }) => id)).toEqual(['a', 'c', 'b']);
  expect([...overlay.marks!]).toEqual([
    ['c', 'added'],
    ['b', 'removed'],
  ]);
  expect([...overlay.joins!]).toEqual([
    ['c2', 'added'],
    ['gone c1', 'removed'],
  ]);
  expect(joins).toEqual({ added: 1, removed: 1 });
  expect(changes.map(({ action, name }) => [action, name])).toEqual([
    ['create', 'c'],
    ['delete', 'b'],
  ]);
});
