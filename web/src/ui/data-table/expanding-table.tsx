import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import type { Rows } from '#lib/pages.ts';
import { Button } from '../button.tsx';
import { ProblemView } from '../problem-view.tsx';
import { Skeleton } from '../skeleton.tsx';
import type { Column } from './columns.ts';
import { saveFile, toCsv } from './csv.ts';
import { ExpandingRow, type RowTone } from './expanding-row.tsx';
import { useRowKeys } from './row-keys.ts';
import { TableHead } from './table-head.tsx';
import { TableMenu } from './table-menu.tsx';
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

const ROW = 36;
/** Below this all rows are drawn: find in page and screen readers get the whole table. */
const VIRTUAL_FROM = 120;

/** A list whose rows open in place. Each row is a table body of its own, so that an open one can have any height. */
export function ExpandingTable<Row>(props: ExpandingTableProps<Row>) {
  const { name, label, columns, source, rowId, compact, expanded, onExpand, panel, tone, onToggle, toolbar, empty, className } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [visibility, setVisibility] = useVisibility(name, columns);
  const { rows } = source;
  const shown = columns.filter((column) => visibility[column.id]);
  const virtual = rows.length >= VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: virtual ? rows.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    getItemKey: (index) => rowId(rows[index]!),
  });
  const items = virtual ? virtualizer.getVirtualItems() : [];
  const drawn = virtual ? items.map(({ index }) => index) : rows.map((_, index) => index);
  const before = items[0]?.start ?? 0;
  const after = virtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;

  const reveal = useCallback(
    (index: number) => {
      if (virtual) virtualizer.scrollToIndex(index, { align: 'auto' });
      requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`tr[data-index="${index}"]`)?.focus());
    },
    [virtual, virtualizer],
  );
  const toggle = (row: Row) => onExpand(expanded === rowId(row) ? null : rowId(row));
  const [current, setCurrent] = useRowKeys({
    count: rows.length,
    onOpen: (index) => toggle(rows[index]!),
    onToggle: onToggle && ((index) => onToggle(rows[index]!)),
    reveal,
  });

  // The next page is fetched when the last rows come near the screen.
  const end = useRef<HTMLTableSectionElement>(null);
  const { hasMore, loadingMore, loadMore } = source;
  useEffect(() => {
    if (!end.current || !hasMore || loadingMore || typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && loadMore(), { root: scroller.current, rootMargin: '600px' });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasMore, loadingMore, loadMore, rows.length]);

  const isEmpty = !source.loading && !source.error && rows.length === 0;
  const choices = columns.map(({ id, header, fixed }) => ({ id, header, shown: visibility[id] ?? false, fixed: fixed ?? false }));
  return (
    <div className={cx('flex min-h-0 min-w-0 flex-col gap-3', className)}>
      <div className="flex items-center gap-2">
        <div className="-my-1 flex min-w-0 flex-1 items-center gap-2 overflow-x-auto py-1 [scrollbar-width:none] sm:flex-wrap">{toolbar}</div>
        <TableMenu
          columns={choices}
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
            <TableHead columns={shown} compact={compact !== undefined} sort={undefined} onSort={undefined} selection={null} />
            {source.loading && rows.length === 0 && <SkeletonRows columns={shown.length} />}
            {before > 0 && <Gap height={before} span={shown.length} />}
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
                  measure={virtual ? virtualizer.measureElement : undefined}
                  onToggle={() => toggle(row)}
                  onFocus={() => setCurrent(index)}
                />
              );
            })}
            {after > 0 && <Gap height={after} span={shown.length} />}
            {source.hasMore && (
              <tbody ref={end}>
                <tr>
                  <td colSpan={shown.length} className="h-9 px-3 text-center">
                    <Button variant="ghost" size="sm" busy={source.loadingMore} onClick={source.loadMore}>
                      {t('table.more', { count: rows.length, shown: number(rows.length) })}
                    </Button>
                  </td>
                </tr>
              </tbody>
            )}
          </table>
          {isEmpty && empty}
        </div>
      )}
    </div>
  );
}

const Gap = ({ height, span }: { height: number; span: number }) => (
  <tbody aria-hidden>
    <tr style={{ height }}>
      <td colSpan={span} className="p-0" />
    </tr>
  </tbody>
);
const SkeletonRows = ({ columns }: { columns: number }) => (
  <tbody aria-hidden>
    {Array.from({ length: 8 }, (_, row) => (
      <tr key={row} className="h-9">
        {Array.from({ length: columns }, (_cell, i) => (
          <td key={i} className="border-b border-line px-3">
            <Skeleton className={cx('h-3.5', ['w-28', 'w-20', 'w-24', 'w-16'][(row + i) % 4])} />
          </td>
        ))}
      </tr>
    ))}
  </tbody>
);
