import { Check, Minus } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cx } from '#lib/cx.ts';

/** On, off or (for a group of others) in between. The hit area is 24 px although the box is 16 px. */
export const Checkbox = ({ className, ...rest }: ComponentProps<typeof Radix.Root>) => (
  <Radix.Root
    className={cx(
      'relative grid size-4 shrink-0 place-items-center rounded-sm border border-line-control bg-surface text-white after:absolute after:-inset-1 data-[state=checked]:border-accent-fill data-[state=checked]:bg-accent-fill data-[state=indeterminate]:border-accent-fill data-[state=indeterminate]:bg-accent-fill',
      className,
    )}
    {...rest}
  >
    <Radix.Indicator>
      {rest.checked === 'indeterminate' ? (
        <Minus aria-hidden className="size-3" strokeWidth={3} />
      ) : (
        <Check aria-hidden className="size-3" strokeWidth={3} />
      )}
    </Radix.Indicator>
  </Radix.Root>
);
