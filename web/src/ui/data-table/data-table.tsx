import type { RowData } from '@tanstack/react-table';
import { useRef, type ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import type { Rows } from '#lib/pages.ts';
import { ProblemView } from '../problem-view.tsx';
import { BulkBar } from './bulk-bar.tsx';
import type { Column } from './columns.ts';
import { saveFile, toCsv } from './csv.ts';
import { MoreRow, SkeletonRows, SpacerRow } from './filler-rows.tsx';
import { useRowKeys } from './row-keys.ts';
import { TableHead } from './table-head.tsx';
import { TableMenu } from './table-menu.tsx';
import { TableRow } from './table-row.tsx';
import { useDataTable } from './use-data-table.ts';
import { useEnd } from './use-end.ts';
import { useVirtualRows } from './use-virtual-rows.ts';

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

/** A list of resources: server-side sort and filter, cursor paging, keyboard, selection, column choice, CSV, virtual rows. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { name, columns, source, rowId, toolbar, className } = props;
  const state = useDataTable({ name, columns, rows: source.rows, rowId, selectable: props.bulk !== undefined });
  const some = source.rows.length > 0;
  return (
    <div className={cx('flex min-h-0 min-w-0 flex-col gap-3', className)}>
      <div className="flex items-center gap-2">
        <div className="-my-1 flex min-w-0 flex-1 items-center gap-2 overflow-x-auto py-1 [scrollbar-width:none] sm:flex-wrap">{toolbar}</div>
        <TableMenu
          columns={state.choice}
          onToggle={state.choose}
          onCsv={some ? () => saveFile(`${name}.csv`, toCsv(source.rows, state.shown)) : undefined}
        />
      </div>
      {source.error && !some ? <ProblemView error={source.error} retry={source.retry} /> : <TableBody {...props} state={state} />}
    </div>
  );
}

type State<Row extends RowData> = ReturnType<typeof useDataTable<Row>>;

function TableBody<Row extends RowData>({
  label,
  source,
  compact,
  onOpen,
  sort,
  onSort,
  bulk,
  empty,
  state,
}: DataTableProps<Row> & { state: State<Row> }) {
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, loading } = source;
  const { model, shown, selected, clear } = state;
  const { drawn, before, after, virtual, reveal } = useVirtualRows(rows.length, scroller);
  const end = useEnd(source, scroller);
  const [current, setCurrent] = useRowKeys({
    count: rows.length,
    onOpen: onOpen && ((index) => onOpen(rows[index]!)),
    onToggle: bulk && ((index) => model[index]?.toggleSelected()),
    reveal,
  });
  const span = shown.length + (bulk ? 1 : 0) + (compact ? 1 : 0);
  const isEmpty = !loading && !source.error && rows.length === 0;
  return (
    <div ref={scroller} className="@container relative min-h-0 overflow-auto rounded-lg border border-line bg-surface">
      <table
        aria-label={label}
        aria-busy={loading}
        aria-rowcount={virtual ? rows.length : undefined}
        className={cx('w-full border-separate border-spacing-0 text-start', isEmpty && 'hidden')}
      >
        <TableHead columns={shown} compact={compact !== undefined} sort={sort} onSort={onSort} selection={state.selection} />
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {loading && rows.length === 0 && <SkeletonRows span={shown.length + (bulk ? 1 : 0)} />}
          <SpacerRow height={before} span={span} />
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
          <SpacerRow height={after} span={span} />
          <MoreRow source={source} span={span} end={end} />
        </tbody>
      </table>
      {isEmpty && empty}
      {selected.length > 0 && (
        <BulkBar count={selected.length} onClear={clear}>
          {bulk?.(selected, clear)}
        </BulkBar>
      )}
    </div>
  );
}
