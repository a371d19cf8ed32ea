import { useId, type ReactNode } from 'react';
import { cx } from '#lib/cx.ts';

export interface CardProps {
  title?: ReactNode;
  /** At the end of the title's line. */
  aside?: ReactNode;
  /** Content touches the edges: lists, tables, code. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
}
/** One group of things with a name. */
export function Card({ title, aside, flush, className, children }: CardProps) {
  const id = useId();
  return (
    <section {...(title ? { 'aria-labelledby': id } : {})} className={cx('min-w-0 rounded-lg border border-line bg-surface', className)}>
      {title && (
        <header className="flex min-h-10 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b border-line px-4 py-1.5">
          <h2 id={id} className="text-sm font-semibold">
            {title}
          </h2>
          {aside && <div className="flex flex-wrap items-center gap-2 text-xs text-ink-3">{aside}</div>}
        </header>
      )}
      {flush ? children : <div className="p-4">{children}</div>}
    </section>
  );
}
