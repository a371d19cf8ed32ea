import { t } from '#lib/i18n.ts';
import type { EmergencyUse } from '#lib/types.ts';
import { Badge } from '#ui/badge.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { Time } from '#ui/time.tsx';

/** Where its review stands. */
export function ReviewState({ use }: { use: Pick<EmergencyUse, 'review' | 'overdue'> }) {
  if (use.review) return <Badge tone={use.review.verdict === 'justified' ? 'good' : 'bad'}>{t(`emergency.verdict.${use.review.verdict}`)}</Badge>;
  return <Badge tone={use.overdue ? 'bad' : 'warn'}>{t(use.overdue ? 'emergency.review.overdue' : 'emergency.review.open')}</Badge>;
}

/** Who skipped what and why, and what was said of it. */
export const UseFacts = ({ use }: { use: EmergencyUse }) => (
  <KeyValues
    rows={[
      [t('emergency.by'), use.by.name],
      [t('emergency.reason'), use.reason],
      [t('change.detail.ticket'), use.ticket],
      [t('emergency.skipped'), use.skipped.length > 0 ? <code className="text-xs [overflow-wrap:anywhere]">{use.skipped.join(', ')}</code> : t('emergency.skipped.none')],
      [t('emergency.review'), <ReviewState key="r" use={use} />],
      use.review
        ? [t('emergency.reviewed'), <span key="b">{use.review.by.name}, <Time at={use.review.at} />: {use.review.comment}</span>]
        : [t('emergency.due'), <Time key="d" at={use.reviewDueAt} />],
    ]}
  />
); // prettier-ignore
