import { Fragment, type ReactNode } from 'react';
import { cx } from '#lib/cx.ts';

/** Facts by name; rows whose value is null or undefined are left out. */
export function KeyValues({ rows, className }: { rows: readonly (readonly [name: string, value: ReactNode])[]; className?: string }) {
  return (
    <dl className={cx('grid grid-cols-[minmax(6.5rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-2', className)}>
      {rows.map(([name, value]) =>
        value === null || value === undefined ? null : (
          <Fragment key={name}>
            <dt className="text-ink-3">{name}</dt>
            <dd className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-ink [overflow-wrap:anywhere]">{value}</dd>
          </Fragment>
        ),
      )}
    </dl>
  );
}
