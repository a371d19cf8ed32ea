import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeNode } from './acts.ts';
import { removeNodes, same, type Doc } from './doc.ts';
import { graph, node, uuid } from './fixtures.ts';
import { merge } from './merge.ts';

const base = graph([node(1, 'trigger'), node(2, 'transform', { value: 'a', count: 1 }), node(3)], '1>2', '2>3');
const set = (doc: Doc, id: number, config: Record<string, string | number>): Doc =>
  changeNode(doc, uuid(id), (one) => ({ ...one, config: { ...one.config, ...config } }));

test('workflows 117: Given two browsers edit different nodes, then both edits stay', () => {
  const { doc, conflicts } = merge(base, set(base, 2, { value: 'mine' }), set(base, 3, { value: 'theirs' }));
  expect(conflicts).toEqual([]);
  expect([doc.nodes[uuid(2)]!.config['value'], doc.nodes[uuid(3)]!.config['value']]).toEqual(['mine', 'theirs']);
});

test('different fields of one node, and a node that one moved and the other filled in, go together', () => {
  const mine = changeNode(set(base, 2, { value: 'mine' }), uuid(2), (one) => ({ ...one, layout: { x: 5, y: 5 } }));
  const { doc, conflicts } = merge(base, mine, set(base, 2, { count: 7 }));
  expect(conflicts).toEqual([]);
  expect(doc.nodes[uuid(2)]).toMatchObject({ config: { value: 'mine', count: 7 }, layout: { x: 5, y: 5 } });
});

test('workflows 117: Given the same field, then it is asked about, and either answer is taken', () => {
  const [mine, theirs] = [set(base, 2, { value: 'mine' }), set(base, 2, { value: 'theirs' })];
  expect(merge(base, mine, theirs).conflicts).toMatchObject([{ nodeId: uuid(2), path: '/config/value', base: 'a', mine: 'mine', theirs: 'theirs' }]);
  for (const side of ['mine', 'theirs'] as const) expect(merge(base, mine, theirs, () => side).doc.nodes[uuid(2)]!.config['value']).toBe(side);
});

test('the same edit on both sides is no conflict', () => {
  const both = set(base, 2, { value: 'same' });
  expect(merge(base, both, set(base, 2, { value: 'same' }))).toMatchObject({ conflicts: [] });
});

test('a node that one deleted and the other changed is asked about; one that was only moved goes', () => {
  const without = removeNodes(base, [uuid(3)], false);
  expect(merge(base, without, set(base, 3, { value: 'x' })).conflicts).toMatchObject([{ nodeId: uuid(3), path: null }]);
  const moved = changeNode(base, uuid(3), (one) => ({ ...one, layout: { x: 1, y: 1 } }));
  expect(merge(base, without, moved)).toMatchObject({ conflicts: [] });
  expect(merge(base, without, moved).doc.nodes[uuid(3)]).toBeUndefined();
  const kept = merge(base, without, set(base, 3, { value: 'x' }), () => 'theirs').doc;
  expect(kept.nodes[uuid(3)]!.config).toEqual({ value: 'x' });
});

test('lines at a node that is gone go too, and a line that both drew is there once', () => {
  const drawn = (id: string) => ({
    ...base,
    connections: {
      ...base.connections,
      [id]: { id, kind: 'flow' as const, source: uuid(1), sourcePort: 'main', target: uuid(3), targetPort: 'main' },
    },
  });
  expect(Object.keys(merge(base, drawn('a'), drawn('b')).doc.connections)).toHaveLength(3);
  const gone = merge(base, drawn('a'), removeNodes(base, [uuid(3)], false)).doc;
  expect(Object.values(gone.connections).some(({ target }) => target === uuid(3))).toBe(false);
});

const byText = (a: string | undefined, b: string | undefined): number => (a ?? '').localeCompare(b ?? '');
const side = fc.record({ value: fc.constantFrom('a', 'b', 'c'), count: fc.constantFrom(1, 2), name: fc.constantFrom('x', 'y') });
test('whatever both did, nothing but true overlaps is asked about, and what only one side touched stays as that side has it', () => {
  fc.assert(
    fc.property(side, side, side, (a, b, c) => {
      const of = ({ value, count, name }: typeof a) => changeNode(base, uuid(2), (one) => ({ ...one, name, config: { value, count } }));
      const { doc, conflicts } = merge(of(a), of(b), of(c));
      const overlaps = (['value', 'count', 'name'] as const).filter(
        (field) => a[field] !== b[field] && a[field] !== c[field] && b[field] !== c[field],
      );
      expect(conflicts.map(({ path }) => path?.split('/').pop()).toSorted(byText)).toEqual(overlaps.toSorted(byText));
      const { name, config } = doc.nodes[uuid(2)]!;
      const got = { ...config, name };
      for (const field of ['value', 'count', 'name'] as const) {
        const expected = same(b[field], a[field]) ? c[field] : b[field];
        expect(got[field as keyof typeof got]).toBe(expected);
      }
    }),
  );
});
