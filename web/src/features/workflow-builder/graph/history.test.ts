import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addNode, changeNode, clipOf, connect, paste, toggleDisabled } from './acts.ts';
import { applyEdit, EMPTY, editsOf, patchOf, removeNodes, same, type Doc } from './doc.ts';
import { graph, node, TYPES, uuid, wanted } from './fixtures.ts';
import { begin, MOST_STEPS, record, redo, undo, type Past } from './history.ts';
import { autoLayout, moveBy } from './layout.ts';

type Act = (doc: Doc, pick: number) => Doc;
const pickOf = (doc: Doc, at: number): string => Object.keys(doc.nodes)[at % Math.max(1, Object.keys(doc.nodes).length)] ?? '';
/** Edits of every kind, each on whatever is there. */
const ACTS: readonly Act[] = [
  (doc, at) =>
    addNode(doc, { type: ['transform', 'loop', 'conditional'][at % 3]!, typeVersion: 1, name: `Step ${at}`, config: {} }, { x: at * 10, y: at }).doc,
  (doc, at) => changeNode(doc, pickOf(doc, at), (one) => ({ ...one, config: { ...one.config, value: `v${at}` } })),
  (doc, at) => changeNode(doc, pickOf(doc, at), (one) => ({ ...one, name: `Name ${at}`, notes: 'x' })),
  (doc, at) => moveBy(doc, new Set([pickOf(doc, at)]), { x: at, y: -at }),
  (doc, at) => removeNodes(doc, [pickOf(doc, at)], at % 2 === 0),
  (doc, at) => connect(doc, { source: pickOf(doc, at), sourcePort: 'main', target: pickOf(doc, at + 1), targetPort: 'main' }, TYPES.ports) ?? doc,
  (doc, at) => toggleDisabled(doc, new Set([pickOf(doc, at)].filter((id) => doc.nodes[id]))),
  (doc, at) => paste(doc, clipOf(doc, new Set([pickOf(doc, at)])), { x: 40, y: 40 }).doc,
  (doc) => autoLayout(doc, new Set(), 'right', TYPES.size),
];
const edits = (most: number) => fc.array(fc.tuple(fc.nat(ACTS.length - 1), fc.nat(40)), { minLength: most, maxLength: most });

function walk(past: Past, steps: readonly (readonly [number, number])[]): { past: Past; seen: Doc[] } {
  const seen = [past.doc];
  let at = 0;
  for (const [act, pick] of steps) {
    const next = record(past, ACTS[act]!(past.doc, pick), { label: '', at: (at += 10_000) });
    if (next !== past) seen.push(next.doc);
    past = next;
  }
  return { past, seen };
}

test('workflows 116: Given 50 mixed edits, 50 undos, 50 redos, then the graphs are identical at each step', () => {
  fc.assert(
    fc.property(edits(50), (steps) => {
      const start = graph([node(1, 'trigger'), node(2)], '1>2');
      const { past, seen } = walk(begin(start), steps);
      let now = past;
      for (const expected of [...seen].reverse().slice(1)) {
        now = undo(now).past;
        expect(same(now.doc, expected)).toBe(true);
      }
      expect(undo(now).step).toBeNull();
      for (const expected of seen.slice(1)) {
        now = redo(now).past;
        expect(same(now.doc, expected)).toBe(true);
      }
      expect(redo(now).step).toBeNull();
    }),
    { numRuns: 40 },
  );
});

test('the edits that are sent make of what the server has what is on screen, whatever was done', () => {
  fc.assert(
    fc.property(edits(20), edits(20), (first, second) => {
      const server = walk(begin(EMPTY), first).past.doc;
      const here = walk(begin(server), second).past.doc;
      expect(same(editsOf(patchOf(server, here)).reduce(applyEdit, server), here)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test('typing in one field is one step, and another field or a pause begins the next', () => {
  const type = (past: Past, text: string, at: number, join = 'a/name') =>
    record(
      past,
      changeNode(past.doc, uuid(1), (one) => ({ ...one, name: text })),
      { label: 'Rename', join, at },
    );
  let past = begin(graph([node(1)]));
  for (const [text, at] of [['N', 0], ['Ne', 200], ['New', 400]] as const) past = type(past, text, at); // prettier-ignore
  expect(past.done).toHaveLength(1);
  past = type(past, 'Newer', 9_000);
  expect(past.done).toHaveLength(2);
  past = type(past, 'Newest', 9_100, 'a/other');
  expect(past.done).toHaveLength(3);
  expect(undo(undo(undo(past).past).past).past.doc.nodes[uuid(1)]!.name).toBe('Node 1');
});

test('what is typed and taken back again leaves no step', () => {
  const past = begin(graph([node(1)]));
  const typed = record(
    past,
    changeNode(past.doc, uuid(1), (one) => ({ ...one, name: 'x' })),
    { label: '', join: 'j', at: 0 },
  );
  const back = record(
    typed,
    changeNode(typed.doc, uuid(1), (one) => ({ ...one, name: 'Node 1' })),
    { label: '', join: 'j', at: 1 },
  );
  expect(back.done).toHaveLength(0);
});

test('two hundred steps are kept, and an edit after a step back ends the way forth', () => {
  let past = begin(graph([node(1)]));
  for (let at = 0; at < MOST_STEPS + 20; at += 1)
    past = record(past, moveBy(past.doc, new Set([uuid(1)]), { x: 10, y: 0 }), { label: '', at: at * 10_000 });
  expect(past.done).toHaveLength(MOST_STEPS);
  const back = undo(past).past;
  expect(record(back, moveBy(back.doc, new Set([uuid(1)]), { x: 0, y: 70 }), { label: '', at: 0 }).undone).toEqual([]);
});

test('a step back takes only ours along; it says so when somebody else has changed the same field since', () => {
  const start = graph([node(1, 'transform', { value: 'a', count: 1 }), node(2)]);
  const set = (doc: Doc, id: number, config: Record<string, string | number>) =>
    changeNode(doc, uuid(id), (one) => ({ ...one, config: { ...one.config, ...config } }));
  const mine = record(begin(start), set(start, 1, { value: 'b' }), { label: 'Configure', at: 0 });
  const elsewhere = undo({ ...mine, doc: set(set(mine.doc, 2, { value: 'z' }), 1, { count: 9 }) });
  expect(elsewhere.conflicts).toEqual([]);
  expect(elsewhere.past.doc.nodes[uuid(1)]!.config).toEqual({ value: 'a', count: 9 });
  expect(elsewhere.past.doc.nodes[uuid(2)]!.config).toEqual({ value: 'z' });
  const here = undo({ ...mine, doc: set(mine.doc, 1, { value: 'c' }) });
  expect(here.conflicts).toMatchObject([{ path: '/config/value', base: 'b', mine: 'a', theirs: 'c' }]);
});

test('lines of a graph come and go with their ends', () => {
  const doc = graph([node(1, 'trigger'), node(2), node(3)], '1>2', '2>3');
  const cut = removeNodes(doc, [uuid(2)], true);
  expect(Object.values(cut.connections)).toMatchObject([wanted('1>3')]);
  expect(removeNodes(doc, [uuid(2)], false).connections).toEqual({});
});
