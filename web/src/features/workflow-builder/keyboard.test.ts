import { expect, test } from 'vitest';
import { graph, node, uuid } from './graph/fixtures.ts';
import { storeOf } from './state/fixtures.ts';
import { alongLine, KEYS, nameOf } from './keyboard.ts';
import { select, type Store } from './state/store.ts';

const doc = graph([node(1, 'trigger'), node(2, 'conditional'), node(3), node(4)], '1>2', '2:true>3', '2:false>4');
function press(store: Store, keys: string): unknown {
  const [key = '', ...held] = keys.split('+').toReversed();
  const name = nameOf({ key, ctrlKey: held.includes('mod'), metaKey: false, shiftKey: held.includes('shift'), altKey: held.includes('alt') });
  const around = { store, save: () => said.push('save'), run: () => said.push('run'), fit: () => said.push('fit'), zoom: (by: unknown) => said.push(`zoom ${String(by)}`), focus: (id: string) => select(store, [id]) }; // prettier-ignore
  return KEYS[name]?.(around);
}
let said: string[] = [];
const open = (...chosen: number[]) => {
  said = [];
  const store = storeOf(doc);
  select(store, chosen.map(uuid));
  return store;
};
const chosen = (store: Store) => [...store.get().selection].map((id) => Number(id.slice(-2)));

test('arrows with Alt go along connections: on, back, and to what else begins at the same place', () => {
  const at = (from: number, way: Parameters<typeof alongLine>[2]) => Number(alongLine({ past: { doc } }, uuid(from), way)?.slice(-2));
  expect([at(1, 'ArrowRight'), at(2, 'ArrowRight'), at(3, 'ArrowLeft'), at(3, 'ArrowDown'), at(4, 'ArrowUp')]).toEqual([2, 3, 2, 4, 3]);
  expect(at(1, 'ArrowLeft')).toBeNaN();
});

test('down leads to what hangs on a step, up back to it, and sideways to what hangs beside', () => {
  const agents = graph([node(1, 'agent'), node(2), node(3), node(4)], '1>2', '1:tools>3', '1:tools>4');
  const at = (from: number, way: Parameters<typeof alongLine>[2]) => Number(alongLine({ past: { doc: agents } }, uuid(from), way)?.slice(-2));
  expect([at(1, 'ArrowRight'), at(1, 'ArrowDown'), at(3, 'ArrowRight'), at(4, 'ArrowLeft'), at(4, 'ArrowUp')]).toEqual([2, 3, 4, 3, 1]);
  expect(at(4, 'ArrowRight')).toBeNaN();
});

test('keys change the graph by steps that can be taken back', () => {
  const store = open(2);
  press(store, 'd');
  expect(store.get().past.doc.nodes[uuid(2)]!.settings?.disabled).toBe(true);
  press(store, 'shift+ArrowRight');
  expect(store.get().past.doc.nodes[uuid(2)]!.layout!.x).toBe(610);
  press(store, 'Delete');
  expect(Object.keys(store.get().past.doc.nodes)).toHaveLength(3);
  press(store, 'mod+z');
  press(store, 'mod+z');
  press(store, 'mod+z');
  expect(store.get().past.doc).toEqual(doc);
  press(store, 'mod+shift+z');
  expect(store.get().past.doc.nodes[uuid(2)]!.settings?.disabled).toBe(true);
});

test('copies, frames and all at once', () => {
  const store = open(3, 4);
  press(store, 'mod+d');
  expect(Object.keys(store.get().past.doc.nodes)).toHaveLength(6);
  expect(chosen(store)).toHaveLength(2);
  press(store, 'g');
  expect(Object.values(store.get().past.doc.nodes).filter(({ type }) => type === 'note')).toHaveLength(1);
  press(store, 'shift+g');
  expect(Object.values(store.get().past.doc.nodes).filter(({ type }) => type === 'note')).toHaveLength(0);
  press(store, 'mod+a');
  expect(chosen(store)).toHaveLength(6);
});

test('the rest opens, runs, saves, zooms and closes', () => {
  const store = open(3);
  press(store, 'Enter');
  expect(store.get().open).toBe(uuid(3));
  press(store, 'Escape');
  expect(store.get().open).toBeNull();
  for (const [keys, dialog] of [['c', 'connect'], ['mod+f', 'find'], ['?', 'keys'], ['mod+shift+s', 'publish']] as const) {
    press(store, keys);
    expect(store.get().dialog).toBe(dialog);
  }
  for (const keys of ['mod+s', 'mod+Enter', '0', '1', '=', '-']) press(store, keys);
  expect(said).toEqual(['save', 'run', 'fit', 'zoom 1', 'zoom in', 'zoom out']);
}); // prettier-ignore

test('a sign is the same key with Shift and without', () => {
  const shift = (key: string) => nameOf({ key, ctrlKey: false, metaKey: false, shiftKey: true, altKey: false });
  expect([shift('?'), shift('+'), shift('G')]).toEqual(['?', '+', 'shift+g']);
});

test('every key of workflows.md 14.3 does something', () => {
  const wanted =
    'mod+z mod+shift+z a / enter delete mod+d mod+a mod+s mod+shift+s mod+enter 0 1 + - mod+f d p g shift+g l c ? escape arrowleft shift+arrowleft alt+arrowleft alt+arrowright alt+arrowup alt+arrowdown';
  for (const name of wanted.split(' ')) expect(KEYS, name).toHaveProperty([name]);
});

test('a graph that may only be read is not changed by any key', () => {
  const store = open(2);
  store.set({ readOnly: true });
  for (const keys of ['d', 'Delete', 'mod+d', 'g', 'l', 'ArrowUp', 'mod+z']) press(store, keys);
  expect(store.get().past.doc).toBe(doc);
});
