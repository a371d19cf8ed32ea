import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Problem, unreachable } from '#lib/problem.ts';
import { changeNode } from '../graph/acts.ts';
import { applyEdit, graphOf, same, type Doc } from '../graph/doc.ts';
import { graph, node, uuid } from '../graph/fixtures.ts';
import { createSaver, type Remote, type Saver } from './save.ts';
import { storeOf } from './fixtures.ts';
import { edit, go, type Store } from './store.ts';

/** A server that keeps a draft, and may be away. */
function serverOf(doc: Doc) {
  const server = { doc, revision: 1, away: false, sent: 0 };
  const remote: Remote = {
    async send(edits, revision) {
      if (server.away) throw unreachable(new Error('no network'));
      if (revision !== server.revision) throw new Problem({ type: 'revision-conflict', title: 'Conflict', status: 412 });
      server.doc = edits.reduce(applyEdit, server.doc);
      server.sent += 1;
      return { revision: (server.revision += 1) };
    },
    load: () =>
      server.away ? Promise.reject(unreachable(new Error('no network'))) : Promise.resolve({ draft: graphOf(server.doc), revision: server.revision }),
  };
  return { server, remote };
}
const start = graph([node(1, 'trigger'), node(2, 'transform', { value: 'a' }), node(3)], '1>2');
const set = (store: Store, id: number, value: string) =>
  edit(store, 'set', (doc) => changeNode(doc, uuid(id), (one) => ({ ...one, config: { value } })), `${id}`);

let saver: Saver | undefined;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  saver?.stop();
  vi.useRealTimers();
});
function open(doc = start) {
  const { server, remote } = serverOf(doc);
  const store = storeOf(doc);
  saver = createSaver(store, remote);
  return { server, store, saver };
}
const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('edits are sent a second after the last of them, all in one', async () => {
  const { server, store } = open();
  set(store, 2, 'b');
  await wait(800);
  set(store, 2, 'bc');
  expect(store.get().save).toBe('dirty');
  await wait(800);
  expect(server.sent).toBe(0);
  await wait(300);
  expect([server.sent, store.get().save, store.get().revision]).toEqual([1, 'saved', 2]);
  expect(server.doc.nodes[uuid(2)]!.config).toEqual({ value: 'bc' });
});

test('workflows 118: Losing the network while editing loses no edit', async () => {
  const { server, store } = open();
  server.away = true;
  set(store, 2, 'b');
  await wait(1_100);
  expect(store.get().save).toBe('offline');
  set(store, 3, 'c');
  await wait(30_000);
  expect([store.get().save, server.sent]).toEqual(['offline', 0]);
  server.away = false;
  await wait(15_000);
  expect(store.get().save).toBe('saved');
  expect(same(server.doc, store.get().past.doc)).toBe(true);
});

test('workflows 117: Given another browser edited a different node, then both edits stay and nobody is asked', async () => {
  const { server, store } = open();
  server.doc = changeNode(server.doc, uuid(3), (one) => ({ ...one, name: 'theirs' }));
  server.revision = 5;
  set(store, 2, 'mine');
  await wait(1_200);
  await wait(1_200);
  expect(store.get()).toMatchObject({ save: 'saved', overlap: null, revision: 6 });
  expect([server.doc.nodes[uuid(2)]!.config['value'], server.doc.nodes[uuid(3)]!.name]).toEqual(['mine', 'theirs']);
  expect(same(server.doc, store.get().past.doc)).toBe(true);
  go(store, 'undo');
  expect([store.get().past.doc.nodes[uuid(2)]!.config['value'], store.get().past.doc.nodes[uuid(3)]!.name]).toEqual(['a', 'theirs']);
});

test('workflows 117: Given the same field, then it is asked about, nothing is sent meanwhile, and the answer is what counts', async () => {
  const { server, store, saver: it } = open();
  server.doc = changeNode(server.doc, uuid(2), (one) => ({ ...one, config: { value: 'theirs' } }));
  server.revision = 2;
  set(store, 2, 'mine');
  await wait(1_200);
  expect(store.get().save).toBe('conflict');
  expect(store.get().overlap?.conflicts).toMatchObject([{ path: '/config/value', mine: 'mine', theirs: 'theirs' }]);
  await wait(10_000);
  expect(server.sent).toBe(0);
  it.settle(() => 'theirs');
  await wait(100);
  expect(store.get()).toMatchObject({ save: 'saved', overlap: null });
  expect(store.get().past.doc.nodes[uuid(2)]!.config['value']).toBe('theirs');
});

test('an answer that was lost is no conflict: what the server has already is not sent again', async () => {
  const { server, store } = open();
  set(store, 2, 'b');
  server.doc = store.get().past.doc;
  server.revision = 2;
  await wait(1_200);
  await wait(1_200);
  expect(store.get()).toMatchObject({ save: 'saved', revision: 2, overlap: null });
  expect(server.sent).toBe(0);
});

test('what others did comes in while one works, beneath what is not sent yet', async () => {
  const { server, store, saver: it } = open();
  set(store, 2, 'mine');
  server.doc = changeNode(server.doc, uuid(3), (one) => ({ ...one, name: 'theirs' }));
  server.revision = 2;
  it.receive({ draft: graphOf(server.doc), revision: 2 });
  expect(store.get().past.doc.nodes[uuid(3)]!.name).toBe('theirs');
  await wait(1_200);
  expect(server.doc.nodes[uuid(2)]!.config['value']).toBe('mine');
});

test('a refusal keeps the edits here and says why', async () => {
  const { store, server } = open();
  const remote: Remote = {
    send: () => Promise.reject(new Problem({ type: 'plan-limit', title: 'Too many nodes', status: 403 })),
    load: () => Promise.reject(new Error('not asked')),
  };
  saver?.stop();
  saver = createSaver(store, remote);
  set(store, 2, 'b');
  await wait(1_200);
  expect(store.get()).toMatchObject({ save: 'failed', problem: { slug: 'plan-limit' } });
  expect(server.sent).toBe(0);
  expect(store.get().past.doc.nodes[uuid(2)]!.config['value']).toBe('b');
});
