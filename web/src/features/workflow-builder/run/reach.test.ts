import { expect, test } from 'vitest';
import { graph, node, uuid } from '../graph/fixtures.ts';
import { mocksFor, shownIn } from './reach.ts';

const doc = graph([node(1, 'trigger'), node(2), node(3), node(4), node(5), node(6, 'note')], '1>2', '2>3', '3>4', '2>5');

test('a run to one node does nothing beyond it, nor beside it', () => {
  expect(mocksFor(doc, { kind: 'to', node: uuid(3) }, () => 'x')).toEqual({ n4: null, n5: null });
  expect([1, 2, 3, 4, 5].filter((id) => shownIn(doc, { kind: 'to', node: uuid(3) })(uuid(id)))).toEqual([1, 2, 3]);
});

test('a node alone gets what the steps before gave last; what never ran is run', () => {
  expect(mocksFor(doc, { kind: 'only', node: uuid(4) }, (id) => (id === uuid(3) ? { a: 1 } : undefined))).toEqual({ n3: { a: 1 }, n5: null });
  expect(mocksFor(doc, { kind: 'all' }, () => 'x')).toEqual({});
});
