import { Progress as Radix } from 'radix-ui';
import { cx } from '#lib/cx.ts';

/** How far something is, 0 to 100. */
export const Progress = ({
  value,
  label,
  tone = 'accent',
  className,
}: {
  value: number;
  label: string;
  tone?: 'accent' | 'good' | 'bad' | 'warn';
  className?: string;
}) => (
  <Radix.Root value={value} aria-label={label} className={cx('h-1.5 w-full overflow-hidden rounded-full bg-press', className)}>
    <Radix.Indicator
      className={cx(
        'h-full rounded-full transition-[width] duration-300',
        { accent: 'bg-accent', good: 'bg-good', bad: 'bg-bad', warn: 'bg-warn-fill' }[tone],
      )}
      style={{ width: `${Math.min(100, Math.max(0, value))}%` }}
    />
  </Radix.Root>
);
