import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Progress } from '#ui/progress.tsx';
import { Time } from '#ui/time.tsx';
import { ITEM_STATES, type AccessReview } from './types.ts';

const STATE_TONES = { open: 'warn', closed: 'good', cancelled: 'quiet' } as const;

/** How far a review is. */
export function Standing({ review }: { review: AccessReview }) {
  const { counts, state, dueAt, closedAt, mine, unused, startedBy, createdAt } = review;
  const all = ITEM_STATES.reduce((sum, one) => sum + counts[one], 0);
  const decided = all - counts.open;
  return (
    <div className="flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-3">
        <Badge tone={STATE_TONES[state]}>{t(`accessReview.is.${state}`)}</Badge>
        <span>
          {startedBy}, <Time at={createdAt} />
        </span>
        {state === 'open' ? (
          <span>
            {t('accessReview.due')} <Time at={dueAt} />
          </span>
        ) : (
          closedAt && <Time at={closedAt} />
        )}
        {state === 'open' && mine > 0 && <Badge tone="accent">{t('accessReview.waiting', { count: mine })}</Badge>}
        {unused > 0 && <span>{t('accessReview.unusedCount', { count: unused })}</span>}
      </p>
      <Progress value={all === 0 ? 100 : (100 * decided) / all} label={t('accessReview.progress', { decided, all })} />
      <p className="text-xs text-ink-2">{t('accessReview.progress', { decided, all })}</p>
      {review.reason && <p className="text-xs text-ink-2">{review.reason}</p>}
    </div>
  );
}
