import { cva, type VariantProps } from 'class-variance-authority';
import type { ReactNode } from 'react';
import { cx } from '#lib/cx.ts';

const badge = cva(
  'inline-flex h-5 max-w-full shrink-0 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        quiet: 'bg-quiet-wash text-ink-2',
        accent: 'bg-accent-wash text-accent',
        good: 'bg-good-wash text-good',
        warn: 'bg-warn-wash text-warn',
        bad: 'bg-bad-wash text-bad',
        outline: 'border border-line-strong text-ink-2',
      },
    },
    defaultVariants: { tone: 'quiet' },
  },
);
export type Tone = NonNullable<VariantProps<typeof badge>['tone']>;

/** A word about a thing. Colour only repeats what icon and text say. */
export const Badge = ({ tone, icon, className, children }: { tone?: Tone; icon?: ReactNode; className?: string; children: ReactNode }) => (
  <span className={cx(badge({ tone }), className)}>
    {icon}
    <span className="truncate">{children}</span>
  </span>
);
