import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { Checkbox } from '../checkbox.tsx';
import { ariaSort, hideClass, nextSort, type Column } from './columns.ts';

export interface TableHeadProps<Row> {
  columns: readonly Column<Row>[];
  /** Narrow tables have one cell a row, and no head. */
  compact?: boolean;
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
  selection: { checked: boolean | 'indeterminate'; onChange: (checked: boolean) => void } | null;
}
const arrows = { ascending: ArrowUp, descending: ArrowDown, none: ChevronsUpDown };

/** Names of the columns; those the server can sort by are buttons. */
export const TableHead = <Row,>({ columns, compact, sort, onSort, selection }: TableHeadProps<Row>) => (
  <thead className={cx('sticky top-0 z-10 bg-surface', compact && '@max-lg:hidden')}>
    <tr className="[&>th]:shadow-[inset_0_-1px_var(--line)]">
      {selection && (
        <th scope="col" className="w-9 ps-3">
          <Checkbox
            aria-label={t('table.selectAll')}
            checked={selection.checked}
            onCheckedChange={(checked) => selection.onChange(checked === true)}
          />
        </th>
      )}
      {columns.map((column) => {
        const order = onSort ? ariaSort(sort, column.sort) : undefined;
        const Arrow = order && arrows[order];
        return (
          <th
            key={column.id}
            scope="col"
            aria-sort={order}
            style={{ width: column.width }}
            className={cx(
              'h-8 px-3 text-xs font-medium whitespace-nowrap text-ink-3',
              column.align === 'end' ? 'text-end' : 'text-start',
              column.hideBelow && hideClass[column.hideBelow],
            )}
          >
            {Arrow && column.sort ? (
              <button
                type="button"
                onClick={() => onSort?.(nextSort(sort, column.sort!))}
                className={cx(
                  '-mx-1.5 inline-flex h-6 items-center gap-1 rounded-sm px-1.5 hover:bg-hover hover:text-ink',
                  order !== 'none' && 'text-ink',
                )}
              >
                {column.header}
                <Arrow aria-hidden className={cx('size-3', order === 'none' && 'opacity-50')} />
              </button>
            ) : (
              column.header
            )}
          </th>
        );
      })}
    </tr>
  </thead>
);
