import type { ComponentProps } from 'react';
import { cx } from '#lib/cx.ts';

export const controlClasses =
  'w-full rounded-md border border-line-control bg-surface text-ink outline-none transition-colors duration-100 hover:border-ink-3 focus-visible:border-accent focus-visible:ring-2 focus-visible:ring-accent/30 disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-3 aria-invalid:border-bad aria-invalid:focus-visible:ring-bad/30';

export interface InputProps extends ComponentProps<'input'> {
  /** Fixed-width digits and letters, for addresses, ids and code. */
  mono?: boolean;
}
/** One line of text. 16 px on touch screens, so that phones do not zoom in. */
export const Input = ({ className, mono, ...rest }: InputProps) => (
  <input className={cx(controlClasses, 'h-8 px-2.5 text-sm pointer-coarse:h-10 pointer-coarse:text-lg', mono && 'font-mono', className)} {...rest} />
);
