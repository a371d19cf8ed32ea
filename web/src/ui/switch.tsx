import { Switch as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cx } from '#lib/cx.ts';

/** A setting that is on or off. */
export const Switch = ({ className, ...rest }: ComponentProps<typeof Radix.Root>) => (
  <Radix.Root
    className={cx(
      'relative h-5 w-9 shrink-0 rounded-full border border-line-control bg-sunken transition-colors data-[state=checked]:border-accent-fill data-[state=checked]:bg-accent-fill',
      className,
    )}
    {...rest}
  >
    <Radix.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-ink-3 transition-transform data-[state=checked]:translate-x-4.5 data-[state=checked]:bg-white rtl:-translate-x-0.5 rtl:data-[state=checked]:-translate-x-4.5" />
  </Radix.Root>
);
