import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { ReactFlowProvider } from '@xyflow/react';
import { beforeEach, expect, test } from 'vitest';
import { graph, node, uuid } from '../graph/fixtures.ts';
import { Palette } from '../palette/palette.tsx';
import { storeOf } from '../state/fixtures.ts';
import { StoreProvider, type Store } from '../state/store.ts';
import { changeView, view, viewOf } from '../view.ts';
import { ListEditor } from './list-editor.tsx';

beforeEach(() => {
  localStorage.clear();
  viewOf('u1');
  changeView({ favourites: [], recent: [] });
});
const doc = graph([node(1, 'trigger'), node(2, 'loop'), node(3), node(4)], '1>2', '2:body>3', '3>2:next', '2:done>4');
function show(store: Store = storeOf(doc)) {
  render(
    <StoreProvider value={store}>
      <ReactFlowProvider>
        <ListEditor />
        <Palette onClose={() => {}} />
      </ReactFlowProvider>
    </StoreProvider>,
  );
  return store;
}
const card = (name: string) => within(screen.getByRole('heading', { name }).closest('li')!);
async function choose(name: string, act_: string | RegExp) {
  await act(async () => fireEvent.keyDown(card(name).getByRole('button', { name: `More for ${name}` }), { key: 'Enter' }));
  await act(async () => fireEvent.click(screen.getByRole('menuitem', { name: act_ })));
}

test('steps stand in their order, with what they lead to, by port', () => {
  show();
  const list = screen.getByRole('list', { name: 'Steps' });
  expect(within(list).getAllByRole('heading').map(({ textContent }) => textContent)).toEqual(['Node 1', 'Node 2', 'Node 3', 'Node 4']); // prettier-ignore
  const leads = within(screen.getByRole('list', { name: 'Node 2 leads to' })).getAllByRole('listitem');
  expect(leads.map(({ textContent }) => textContent)).toEqual(['body: Node 3', 'done: Node 4']);
});

test('tools stand behind what uses them, and can be taken away', () => {
  const store = show(storeOf(graph([node(1, 'agent'), node(2), node(3)], '1>2', '1:tools>3')));
  const leads = within(screen.getByRole('list', { name: 'Node 1 leads to' })).getAllByRole('listitem');
  expect(leads.map(({ textContent }) => textContent)).toEqual(['Node 2', 'tools: Node 3']);
  fireEvent.click(screen.getByRole('button', { name: 'Disconnect Node 1 from Node 3' }));
  expect(Object.values(store.get().past.doc.connections).map(({ kind }) => kind)).toEqual(['flow']);
});

test('what can be done on the canvas can be done here: off, twice, apart, away', async () => {
  const store = show();
  await choose('Node 3', /Switch off/);
  expect(store.get().past.doc.nodes[uuid(3)]!.settings?.disabled).toBe(true);
  await choose('Node 4', 'Duplicate');
  expect(screen.getAllByRole('heading', { name: 'Node 4' })).toHaveLength(2);
  fireEvent.click(screen.getByRole('button', { name: 'Disconnect Node 2 from Node 4' }));
  expect(screen.queryByRole('button', { name: 'Disconnect Node 2 from Node 4' })).toBeNull();
  await choose('Node 3', 'Delete');
  expect(screen.queryByRole('heading', { name: 'Node 3' })).toBeNull();
});

test('a step is added after another, at the port that is meant', async () => {
  const store = show();
  await choose('Node 4', 'Add after “main”');
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'condi' } });
  fireEvent.keyDown(screen.getByRole('searchbox'), { key: 'Enter' });
  const added = Object.values(store.get().past.doc.nodes).find(({ type }) => type === 'conditional')!;
  expect(Object.values(store.get().past.doc.connections).find(({ target }) => target === added.id)).toMatchObject({
    source: uuid(4),
    sourcePort: 'main',
  });
  expect(store.get().open).toBe(added.id);
  expect(view.get().recent).toEqual(['type:conditional']);
});

test('the palette says which permission is missing, finds Operations, and keeps favourites', () => {
  const store = show();
  const mail = screen.getByRole('button', { name: /^email/ });
  expect(mail.getAttribute('aria-disabled')).toBe('true');
  expect(mail.textContent).toContain('notifications:send');
  fireEvent.click(mail);
  expect(Object.keys(store.get().past.doc.nodes)).toHaveLength(4);
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'create server' } });
  fireEvent.click(screen.getByRole('button', { name: 'Favourite: Create a server' }));
  fireEvent.keyDown(screen.getByRole('searchbox'), { key: 'Enter' });
  const added = Object.values(store.get().past.doc.nodes).find(({ type }) => type === 'operation')!;
  expect(added).toMatchObject({ name: 'Create a server', config: { operation: 'servers.create' } });
  expect(screen.getByRole('button', { name: /^Favourites/ })).toBeTruthy();
});

test('who may only read is offered nothing that changes', () => {
  const store = storeOf(doc, { readOnly: true });
  show(store);
  expect(screen.queryByRole('button', { name: /^More for/ })).toBeNull();
  expect(screen.queryByRole('button', { name: /^Disconnect/ })).toBeNull();
});
