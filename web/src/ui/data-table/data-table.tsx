import { useTable, type RowData, type RowSelectionState } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import type { Rows } from '#lib/pages.ts';
import { Button } from '../button.tsx';
import { ProblemView } from '../problem-view.tsx';
import { Skeleton } from '../skeleton.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { features, toColumnDefs, type Column } from './columns.ts';
import { saveFile, toCsv } from './csv.ts';
import { useRowKeys } from './row-keys.ts';
import { TableHead } from './table-head.tsx';
import { TableMenu } from './table-menu.tsx';
import { TableRow } from './table-row.tsx';
import { useVisibility } from './visibility.ts';

export interface DataTableProps<Row> {
  /** Names the table for screen readers, its stored column choice and its CSV file. */
  name: string;
  label: string;
  columns: readonly Column<Row>[];
  source: Rows<Row>;
  rowId: (row: Row) => string;
  /** The whole row in one cell, where the table is too narrow for columns. */
  compact?: (row: Row) => ReactNode;
  onOpen?: (row: Row) => void;
  sort?: string | undefined;
  onSort?: (sort: string) => void;
  /** Left of the column menu: search and filters. */
  toolbar?: ReactNode;
  /** Acts for the selected rows; gives the table a selection column. */
  bulk?: (rows: Row[], clear: () => void) => ReactNode;
  empty: ReactNode;
  className?: string;
}

const ROW = 36;
/** Below this all rows are drawn: find in page and screen readers get the whole table. */
const VIRTUAL_FROM = 120;

/** A list of resources: server-side sort and filter, cursor paging, keyboard, selection, column choice, CSV, virtual rows. */
export function DataTable<Row extends RowData>({
  name,
  label,
  columns,
  source,
  rowId,
  compact,
  onOpen,
  sort,
  onSort,
  toolbar,
  bulk,
  empty,
  className,
}: DataTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [visibility, setVisibility] = useVisibility(name, columns);
  const [selection, setSelection] = useState<RowSelectionState>({});
  const { rows } = source;
  const table = useTable({
    features,
    data: rows,
    columns: useMemo(() => toColumnDefs(columns), [columns]),
    getRowId: rowId,
    enableRowSelection: bulk !== undefined,
    state: { columnVisibility: visibility, rowSelection: selection },
    onRowSelectionChange: setSelection,
  });
  const model = table.getRowModel().rows;
  const shown = columns.filter((column) => visibility[column.id]);
  const span = shown.length + (bulk ? 1 : 0);

  const virtual = rows.length >= VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: virtual ? rows.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const items = virtual ? virtualizer.getVirtualItems() : [];
  const drawn = virtual ? items.map(({ index }) => index) : model.map((_, index) => index);
  const before = items[0]?.start ?? 0;
  const after = virtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;

  const reveal = useCallback(
    (index: number) => {
      if (virtual) virtualizer.scrollToIndex(index, { align: 'auto' });
      requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`tr[data-index="${index}"]`)?.focus());
    },
    [virtual, virtualizer],
  );
  const [current, setCurrent] = useRowKeys({
    count: rows.length,
    onOpen: onOpen && ((index) => onOpen(rows[index]!)),
    onToggle: bulk && ((index) => model[index]?.toggleSelected()),
    reveal,
  });

  // The next page is fetched when the last rows come near the screen.
  const end = useRef<HTMLTableRowElement>(null);
  const { hasMore, loadingMore, loadMore } = source;
  useEffect(() => {
    if (!end.current || !hasMore || loadingMore || typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && loadMore(), { root: scroller.current, rootMargin: '600px' });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasMore, loadingMore, loadMore, rows.length]);

  const selected = model.filter((row) => row.getIsSelected()).map((row) => row.original);
  const clear = () => setSelection({});
  const isEmpty = !source.loading && !source.error && rows.length === 0;

  return (
    <div className={cx('flex min-h-0 min-w-0 flex-col gap-3', className)}>
      <div className="flex items-center gap-2">
        <div className="-my-1 flex min-w-0 flex-1 items-center gap-2 overflow-x-auto py-1 [scrollbar-width:none] sm:flex-wrap">{toolbar}</div>
        <TableMenu
          columns={columns.map((column) => ({
            id: column.id,
            header: column.header,
            shown: visibility[column.id] ?? false,
            fixed: column.fixed ?? false,
          }))}
          onToggle={(id, on) => setVisibility({ ...visibility, [id]: on })}
          onCsv={rows.length > 0 ? () => saveFile(`${name}.csv`, toCsv(rows, shown)) : undefined}
        />
      </div>
      {source.error && rows.length === 0 ? (
        <ProblemView error={source.error} retry={source.retry} />
      ) : (
        <div ref={scroller} className="@container relative min-h-0 overflow-auto rounded-lg border border-line bg-surface">
          <table
            aria-label={label}
            aria-busy={source.loading}
            aria-rowcount={virtual ? rows.length : undefined}
            className={cx('w-full border-separate border-spacing-0 text-start', isEmpty && 'hidden')}
          >
            <TableHead
              columns={shown}
              compact={compact !== undefined}
              sort={sort}
              onSort={onSort}
              selection={
                bulk
                  ? {
                      checked: table.getIsAllRowsSelected() ? true : table.getIsSomeRowsSelected() ? 'indeterminate' : false,
                      onChange: (on) => table.toggleAllRowsSelected(on),
                    }
                  : null
              }
            />
            <tbody className="[&>tr:last-child>td]:border-b-0">
              {source.loading && rows.length === 0 && Array.from({ length: 8 }, (_, i) => <SkeletonRow key={i} columns={span} row={i} />)}
              {before > 0 && <Spacer height={before} span={span} />}
              {drawn.map((index) => {
                const row = model[index]!;
                return (
                  <TableRow
                    key={row.id}
                    row={row.original}
                    index={index}
                    columns={shown}
                    compact={compact}
                    current={index === current}
                    selected={bulk ? row.getIsSelected() : null}
                    onSelect={(on) => row.toggleSelected(on)}
                    onOpen={onOpen && (() => onOpen(row.original))}
                    onFocus={() => setCurrent(index)}
                  />
                );
              })}
              {after > 0 && <Spacer height={after} span={span} />}
              {source.hasMore && (
                <tr ref={end}>
                  <td colSpan={span} className="h-9 px-3 text-center">
                    <Button variant="ghost" size="sm" busy={source.loadingMore} onClick={source.loadMore}>
                      {t('table.more', { count: rows.length, shown: number(rows.length) })}
                    </Button>
                  </td>
                </tr>
              )}
            </tbody>
          </table>
          {isEmpty && empty}
          {bulk && selected.length > 0 && (
            <BulkBar count={selected.length} onClear={clear}>
              {bulk(selected, clear)}
            </BulkBar>
          )}
        </div>
      )}
    </div>
  );
}

const Spacer = ({ height, span }: { height: number; span: number }) => (
  <tr aria-hidden style={{ height }}>
    <td colSpan={span} className="border-0! p-0" />
  </tr>
);
const SkeletonRow = ({ columns, row }: { columns: number; row: number }) => (
  <tr aria-hidden className="h-9">
    {Array.from({ length: columns }, (_, i) => (
      <td key={i} className="border-b border-line px-3">
        <Skeleton className={cx('h-3.5', ['w-28', 'w-20', 'w-24', 'w-16'][(row + i) % 4])} />
      </td>
    ))}
  </tr>
);
