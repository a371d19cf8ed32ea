import { cx } from '#lib/cx.ts';

/** A key of the keyboard. */
export const Key = ({ children, className }: { children: string; className?: string }) => (
  <kbd
    aria-hidden
    className={cx(
      'inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm border border-line bg-sunken px-1 font-sans text-2xs text-ink-2',
      className,
    )}
  >
    {children}
  </kbd>
);
