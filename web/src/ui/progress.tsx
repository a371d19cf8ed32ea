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
  <div
    role="progressbar"
    aria-label={label}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={Math.round(value)}
    className={cx('h-1.5 w-full overflow-hidden rounded-full bg-press', className)}
  >
    <div
      className={cx(
        'h-full rounded-full transition-[width] duration-300',
        { accent: 'bg-accent', good: 'bg-good', bad: 'bg-bad', warn: 'bg-warn-fill' }[tone],
      )}
      style={{ width: `${Math.min(100, Math.max(0, value))}%` }}
    />
  </div>
);
