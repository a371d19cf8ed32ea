import type { MouseEvent, ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { Checkbox } from '../checkbox.tsx';
import { hideClass, type Column } from './columns.ts';

export interface TableRowProps<Row> {
  row: Row;
  index: number;
  columns: readonly Column<Row>[];
  compact: ((row: Row) => ReactNode) | undefined;
  current: boolean;
  /** null: rows cannot be selected. */
  selected: boolean | null;
  onSelect: (selected: boolean) => void;
  onOpen: (() => void) | undefined;
  onFocus: () => void;
}

/** A click anywhere opens the row, except on what is itself clickable or while text is being marked. */
const isPlainClick = (event: MouseEvent): boolean =>
  !(event.target as Element).closest('a, button, input, label, [role="checkbox"]') && !window.getSelection()?.toString() && event.button === 0;

export const TableRow = <Row,>({ row, index, columns, compact, current, selected, onSelect, onOpen, onFocus }: TableRowProps<Row>) => (
  <tr
    data-index={index}
    data-selected={selected ?? undefined}
    tabIndex={current ? 0 : -1}
    onFocus={onFocus}
    onClick={onOpen && ((event) => isPlainClick(event) && onOpen())}
    className={cx(
      'h-9 -outline-offset-2 [&>td]:border-b [&>td]:border-line',
      onOpen && 'cursor-pointer hover:bg-hover',
      selected && 'bg-accent-wash',
      current && 'shadow-[inset_2px_0_var(--accent)] rtl:shadow-[inset_-2px_0_var(--accent)]',
    )}
  >
    {selected !== null && (
      <td className="ps-3">
        <Checkbox
          aria-label={t('table.selectRow', { row: index + 1 })}
          checked={selected}
          onCheckedChange={(checked) => onSelect(checked === true)}
        />
      </td>
    )}
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
);
