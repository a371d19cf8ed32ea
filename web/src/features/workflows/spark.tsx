import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { counted, outcomeOf, type Outcome } from './outcomes.ts';

const BARS: Readonly<Record<Outcome, string>> = {
  good: 'h-3 bg-good',
  bad: 'h-5 bg-bad',
  warn: 'h-4 bg-warn-fill',
  open: 'h-2 bg-accent',
  quiet: 'h-2 bg-line-control',
};

/** The last executions, oldest first, as bars: what failed stands out by height, not by colour alone. */
export function Spark({ outcomes }: { outcomes: readonly string[] }) {
  if (outcomes.length === 0) return <span className="text-xs text-ink-3">{t('workflows.neverRan')}</span>;
  const { all, good, bad } = counted(outcomes);
  const text = t('workflows.outcomes', { count: all, good, bad });
  return (
    <span className="flex h-5 items-end gap-0.5" title={text}>
      <span className="sr-only">{text}</span>
      {outcomes.toReversed().map((state, at) => (
        <span key={at} aria-hidden className={cx('w-1 rounded-xs', BARS[outcomeOf(state)])} />
      ))}
    </span>
  );
}
