import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Rows } from '#lib/pages.ts';
import { DataTable, type Column, type DataTableProps } from './index.ts';

interface Row {
  id: string;
  size: number;
}
const columns: Column<Row>[] = [
  { id: 'id', header: 'Name', cell: (row) => row.id, csv: (row) => row.id, fixed: true, sort: 'name' },
  { id: 'size', header: 'Size', cell: (row) => row.size },
  { id: 'extra', header: 'Extra', cell: () => 'x', optional: true },
];
const rows = (count: number): Row[] => Array.from({ length: count }, (_, i) => ({ id: `row-${i}`, size: i }));
const source = (over: Partial<Rows<Row>> = {}): Rows<Row> => ({
  rows: rows(3),
  loading: false,
  error: null,
  hasMore: false,
  loadingMore: false,
  loadMore: () => {},
  retry: () => {},
  ...over,
});
const show = (over: Partial<DataTableProps<Row>> = {}) =>
  render(<DataTable name="test" label="Things" columns={columns} source={source()} rowId={(row) => row.id} empty={<p>nothing here</p>} {...over} />);
const key = (name: string, target: Element = document.activeElement ?? document.body): void =>
  act(() => {
    fireEvent.keyDown(target, { key: name });
  });
const focused = () => document.activeElement?.getAttribute('data-index');

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => (run(), 0));
});

test('j and k walk the rows and stay inside, Enter opens the one that is focused', () => {
  const onOpen = vi.fn<(row: Row) => void>();
  show({ onOpen });
  key('j', document.body);
  expect(focused()).toBe('0');
  key('j');
  key('j');
  key('j');
  expect(focused()).toBe('2');
  key('k');
  expect(focused()).toBe('1');
  key('Enter');
  expect(onOpen).toHaveBeenCalledExactlyOnceWith({ id: 'row-1', size: 1 });
});

test('keys typed into a field are not the table’s', () => {
  const onOpen = vi.fn<(row: Row) => void>();
  show({ onOpen, toolbar: <input aria-label="search" /> });
  key('j', screen.getByLabelText('search'));
  expect(focused()).toBeNull();
});

test('x selects the current row and the bar says how many are selected', () => {
  show({ bulk: (chosen) => <span>{chosen.map((row) => row.id).join()}</span> });
  key('j', document.body);
  key('x');
  expect(screen.getByRole('region', { name: 'Selected rows' }).textContent).toContain('1 selected');
  expect(screen.getByText('row-0', { selector: 'span' })).toBeTruthy();
});

test('a column that the server can sort by is a button, and asks for the other order next', () => {
  const onSort = vi.fn<(sort: string) => void>();
  show({ sort: '-name', onSort });
  expect(screen.getByRole('columnheader', { name: /Name/ }).getAttribute('aria-sort')).toBe('descending');
  fireEvent.click(screen.getByRole('button', { name: /Name/ }));
  expect(onSort).toHaveBeenCalledWith('name');
  expect(screen.queryByRole('button', { name: /Size/ })).toBeNull();
});

test('an optional column waits to be chosen, and the choice is kept', () => {
  show();
  expect(screen.queryByRole('columnheader', { name: 'Extra' })).toBeNull();
  localStorage.setItem('switchyard.columns.test', JSON.stringify({ extra: true, size: false }));
  show();
  expect(screen.getByRole('columnheader', { name: 'Extra' })).toBeTruthy();
});

test('while it loads there is a skeleton, without rows the lesson, after a failure the problem with a retry', () => {
  const retry = vi.fn<() => void>();
  const { unmount } = show({ source: source({ rows: [], loading: true }) });
  expect(screen.getByRole('table').getAttribute('aria-busy')).toBe('true');
  expect(screen.queryByText('nothing here')).toBeNull();
  unmount();
  show({ source: source({ rows: [] }) }).unmount();
  show({ source: source({ rows: [], error: new Error('boom'), retry }) });
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(retry).toHaveBeenCalledOnce();
});

test('more rows are asked for by button where scrolling does not', async () => {
  const loadMore = vi.fn<() => void>();
  show({ source: source({ hasMore: true, loadMore }) });
  fireEvent.click(screen.getByRole('button', { name: '3 rows shown. Load more' }));
  await waitFor(() => expect(loadMore).toHaveBeenCalled());
});

test('of ten thousand rows only those in sight are drawn', () => {
  show({ source: source({ rows: rows(10_000) }) });
  expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('10000');
  expect(document.querySelectorAll('tr[data-index]').length).toBeLessThan(100);
});
