import { useRef, type ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import type { Rows } from '#lib/pages.ts';
import { ProblemView } from '../problem-view.tsx';
import type { Column } from './columns.ts';
import { saveFile, toCsv } from './csv.ts';
import { ExpandingRow, type RowTone } from './expanding-row.tsx';
import { MoreRow, SkeletonRows, SpacerRow } from './filler-rows.tsx';
import { useRowKeys } from './row-keys.ts';
import { TableHead } from './table-head.tsx';
import { TableMenu } from './table-menu.tsx';
import { useEnd } from './use-end.ts';
import { useVirtualRows } from './use-virtual-rows.ts';
import { useVisibility } from './visibility.ts';

export interface ExpandingTableProps<Row> {
  /** Names the table for screen readers, its stored column choice and its CSV file. */
  name: string;
  label: string;
  columns: readonly Column<Row>[];
  source: Rows<Row>;
  rowId: (row: Row) => string;
  /** The whole row in one cell, where the table is too narrow for columns. */
  compact?: (row: Row) => ReactNode;
  /** Id of the row whose panel is open. */
  expanded: string | null;
  onExpand: (id: string | null) => void;
  panel: (row: Row) => ReactNode;
  /** Colour of a row; its meaning must also stand in a cell as text. */
  tone?: (row: Row) => RowTone;
  /** The key `x` on the current row. */
  onToggle?: (row: Row) => void;
  toolbar?: ReactNode;
  empty: ReactNode;
  className?: string;
}

/** A list whose rows open in place, with column choice, CSV, cursor paging, keyboard and virtual rows as DataTable has them. */
export function ExpandingTable<Row>(props: ExpandingTableProps<Row>) {
  const { name, columns, source, toolbar, className } = props;
  const [visibility, setVisibility] = useVisibility(name, columns);
  const shown = columns.filter((column) => visibility[column.id]);
  const some = source.rows.length > 0;
  return (
    <div className={cx('flex min-h-0 min-w-0 flex-col gap-3', className)}>
      <div className="flex items-center gap-2">
        <div className="-my-1 flex min-w-0 flex-1 items-center gap-2 overflow-x-auto py-1 [scrollbar-width:none] sm:flex-wrap">{toolbar}</div>
        <TableMenu
          columns={columns.map(({ id, header, fixed }) => ({ id, header, shown: visibility[id] ?? false, fixed: fixed ?? false }))}
          onToggle={(id, on) => setVisibility({ ...visibility, [id]: on })}
          onCsv={some ? () => saveFile(`${name}.csv`, toCsv(source.rows, shown)) : undefined}
        />
      </div>
      {source.error && !some ? <ProblemView error={source.error} retry={source.retry} /> : <ExpandingBody {...props} shown={shown} />}
    </div>
  );
}

type BodyProps<Row> = ExpandingTableProps<Row> & { shown: readonly Column<Row>[] };

function ExpandingBody<Row>({ label, source, rowId, compact, expanded, onExpand, panel, tone, onToggle, empty, shown }: BodyProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, loading } = source;
  const { drawn, before, after, virtual, reveal, measure } = useVirtualRows(rows.length, scroller);
  const end = useEnd(source, scroller);
  const toggle = (row: Row) => onExpand(expanded === rowId(row) ? null : rowId(row));
  const [current, setCurrent] = useRowKeys({
    count: rows.length,
    onOpen: (index) => toggle(rows[index]!),
    onToggle: onToggle && ((index) => onToggle(rows[index]!)),
    reveal,
  });
  const span = shown.length + (compact ? 1 : 0);
  const isEmpty = !loading && !source.error && rows.length === 0;
  return (
    <div ref={scroller} className="@container relative min-h-0 overflow-auto rounded-lg border border-line bg-surface">
      <table
        aria-label={label}
        aria-busy={loading}
        aria-rowcount={virtual ? rows.length : undefined}
        className={cx('w-full border-separate border-spacing-0 text-start', isEmpty && 'hidden')}
      >
        <TableHead columns={shown} compact={compact !== undefined} sort={undefined} onSort={undefined} selection={null} />
        <tbody>
          {loading && rows.length === 0 && <SkeletonRows span={shown.length} />}
          <SpacerRow height={before} span={span} />
        </tbody>
        {drawn.map((index) => {
          const row = rows[index]!;
          const id = rowId(row);
          return (
            <ExpandingRow
              key={id}
              row={row}
              index={index}
              columns={shown}
              compact={compact}
              current={index === current}
              tone={tone?.(row)}
              panel={expanded === id ? panel(row) : null}
              measure={measure}
              onToggle={() => toggle(row)}
              onFocus={() => setCurrent(index)}
            />
          );
        })}
        <tbody>
          <SpacerRow height={after} span={span} />
          <MoreRow source={source} span={span} end={end} />
        </tbody>
      </table>
      {isEmpty && empty}
    </div>
  );
}
