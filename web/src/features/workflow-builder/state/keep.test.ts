import { beforeEach, expect, test } from 'vitest';
import { changeNode } from '../graph/acts.ts';
import { graph, node, uuid } from '../graph/fixtures.ts';
import { same } from '../graph/doc.ts';
import { undo } from '../graph/history.ts';
import { storeOf } from './fixtures.ts';
import { keep, resume } from './keep.ts';
import { edit } from './store.ts';

const start = graph([node(1, 'trigger'), node(2, 'transform', { value: 'a' }), node(3)], '1>2');
const rename = (id: number, name: string) => (doc: typeof start) => changeNode(doc, uuid(id), (one) => ({ ...one, name }));
beforeEach(() => sessionStorage.clear());

function kept() {
  const store = storeOf(start);
  for (const name of ['one', 'two', 'three']) edit(store, 'Rename', rename(2, name));
  keep(store.get());
  return store.get();
}

test('workflows 116: undo survives a reload, with what was not saved yet', () => {
  const before = kept();
  const { past, base, conflicts } = resume('w', { doc: start, revision: 1 });
  expect(conflicts).toEqual([]);
  expect(same(past.doc, before.past.doc)).toBe(true);
  expect(same(base, start)).toBe(true);
  expect(undo(undo(undo(past).past).past).past.doc.nodes[uuid(2)]!.name).toBe('Node 2');
});

test('what was read before this tab sent more is not taken for news', () => {
  const store = storeOf(start, { revision: 7 });
  edit(store, 'Rename', rename(2, 'newer'));
  keep(store.get());
  const { past, revision } = resume('w', { doc: start, revision: 3 });
  expect([past.doc.nodes[uuid(2)]!.name, revision]).toEqual(['newer', 7]);
});

test('what others did while the page was away lies beneath it', () => {
  kept();
  const { past, conflicts } = resume('w', { doc: rename(3, 'theirs')(start), revision: 4 });
  expect(conflicts).toEqual([]);
  expect([past.doc.nodes[uuid(2)]!.name, past.doc.nodes[uuid(3)]!.name]).toEqual(['three', 'theirs']);
});

test('an overlap with it is asked about', () => {
  kept();
  const { past, base, conflicts } = resume('w', { doc: rename(2, 'theirs')(start), revision: 4 });
  expect(conflicts).toMatchObject([{ path: '/name', mine: 'three', theirs: 'theirs' }]);
  expect([past.doc.nodes[uuid(2)]!.name, base.nodes[uuid(2)]!.name]).toEqual(['three', 'Node 2']);
});

test('a browser without room keeps the graph and fewer steps; nonsense is passed over', () => {
  const store = storeOf(start);
  for (let at = 0; at < 60; at += 1) edit(store, 'Rename', rename(2, `name ${at}`));
  const written: string[] = [];
  const small = { setItem: (_key: string, text: string) => { if (text.length > 20_000) throw new Error('quota'); written.push(text); } } as unknown as Storage; // prettier-ignore
  keep(store.get(), small);
  expect((JSON.parse(written[0]!) as { done: unknown[] }).done.length).toBeLessThan(60);
  sessionStorage.setItem('switchyard.builder.nobody.w', '{"version":1');
  expect(resume('w', { doc: start, revision: 1 }).past.done).toEqual([]);
});
