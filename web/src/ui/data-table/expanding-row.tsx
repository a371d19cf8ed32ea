import { useEffect, useRef, type MouseEvent, type ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { hideClass, type Column } from './columns.ts';

/** `added`, `changed`, `removed`: what is staged; `wrong`: refused by the server. */
export type RowTone = 'added' | 'changed' | 'removed' | 'wrong' | undefined;
const tones: Record<NonNullable<RowTone>, string> = {
  added: 'bg-good-wash [&>td:first-child]:shadow-[inset_2px_0_var(--good)] rtl:[&>td:first-child]:shadow-[inset_-2px_0_var(--good)]',
  changed: 'bg-warn-wash [&>td:first-child]:shadow-[inset_2px_0_var(--warn)] rtl:[&>td:first-child]:shadow-[inset_-2px_0_var(--warn)]',
  removed: 'bg-bad-wash [&>td:first-child]:shadow-[inset_2px_0_var(--bad)] rtl:[&>td:first-child]:shadow-[inset_-2px_0_var(--bad)]',
  wrong: 'bg-bad-wash [&>td:first-child]:shadow-[inset_2px_0_var(--bad)] rtl:[&>td:first-child]:shadow-[inset_-2px_0_var(--bad)]',
};

export interface ExpandingRowProps<Row> {
  row: Row;
  index: number;
  columns: readonly Column<Row>[];
  compact: ((row: Row) => ReactNode) | undefined;
  current: boolean;
  tone: RowTone;
  /** What the open row shows; null when it is closed. */
  panel: ReactNode;
  measure: ((element: HTMLElement | null) => void) | undefined;
  onToggle: () => void;
  onFocus: () => void;
}

/** A click anywhere opens the row, except on what is itself clickable or while text is being marked. */
const isPlainClick = (event: MouseEvent): boolean =>
  !(event.target as Element).closest('a, button, input, label, [role="checkbox"]') && !window.getSelection()?.toString() && event.button === 0;

/** One row and, when it is open, its panel below. A table body of its own, so that an open one can have any height. */
export const ExpandingRow = <Row,>({ row, index, columns, compact, current, tone, panel, measure, onToggle, onFocus }: ExpandingRowProps<Row>) => {
  const open = panel !== null;
  const below = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (open) below.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return (
    <tbody ref={measure} data-index={index} className="nth-last-2:[&>tr:last-child>td]:border-b-0">
      <tr
        data-index={index}
        data-tone={tone}
        tabIndex={current ? 0 : -1}
        onFocus={onFocus}
        onClick={(event) => isPlainClick(event) && onToggle()}
        className={cx(
          'h-9 cursor-pointer -outline-offset-2 hover:bg-hover [&>td]:border-b [&>td]:border-line',
          tone && tones[tone],
          open && 'bg-hover [&>td]:border-b-transparent',
          current && !tone && '[&>td:first-child]:shadow-[inset_2px_0_var(--accent)] rtl:[&>td:first-child]:shadow-[inset_-2px_0_var(--accent)]',
        )}
      >
        {compact && <td className="px-3 py-1.5 @lg:hidden">{compact(row)}</td>}
        {columns.map((column) => (
          <td
            key={column.id}
            className={cx(
              'px-3 py-1.5',
              compact && '@max-lg:hidden',
              column.align === 'end' && 'text-end tabular-nums',
              column.hideBelow && hideClass[column.hideBelow],
            )}
          >
            {column.cell(row)}
          </td>
        ))}
      </tr>
      {open && (
        <tr ref={below}>
          <td colSpan={columns.length} className="border-b border-line bg-sunken p-0">
            {panel}
          </td>
        </tr>
      )}
    </tbody>
  );
};
