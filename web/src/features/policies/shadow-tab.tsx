import { Link } from '@tanstack/react-router';
import { ArrowRight, FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { usePeople } from '#features/team/member-dialogs.tsx';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import { POLICY_LISTS } from './api.ts';
import { TrialBadge } from './look.tsx';
import { outcomeInWords, outcomeOf } from './outcome-words.ts';
import type { PolicySetDetail, ShadowDifference } from './types.ts';

const TONES = { stricter: 'warn', looser: 'bad', other: 'outline' } as const;

const Difference = ({ difference, who }: { difference: ShadowDifference; who: string }) => (
  <li className="flex flex-col gap-1 px-4 py-3">
    <p className="flex flex-wrap items-center gap-2">
      <Badge tone={TONES[difference.change]}>{t(`policies.shadow.${difference.change}`)}</Badge>
      <code className="text-xs">{difference.operation}</code>
      <span className="text-xs text-ink-3">
        {who}, <Time at={difference.at} />
      </span>
      <Link
        to="/policies/decisions/$id"
        params={{ id: difference.decisionId }}
        className="ms-auto text-xs text-accent hover:underline"
        aria-label={t('policies.decision.of', { operation: difference.operation, name: who })}
      >
        {t('policies.decision.open')}
      </Link>
    </p>
    <p className="flex flex-wrap items-center gap-1.5 text-ink-2">
      {outcomeInWords(outcomeOf(difference.active))}
      <ArrowRight aria-hidden className="size-3.5 shrink-0 text-ink-3 rtl:rotate-180" />
      <span className="font-medium text-ink">{outcomeInWords(outcomeOf(difference.candidate))}</span>
    </p>
  </li>
);

function Trial({ set }: { set: PolicySetDetail }) {
  const tell = useTell();
  const blocked = useBlocked('policies:activate');
  const [open, setOpen] = useState(false);
  if (!set.trial) return <p className="text-ink-2">{t('policies.trial.none')}</p>;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <TrialBadge trial={set.trial} />
      {set.trial.until && (
        <span className="text-ink-2">
          {t('policies.trial.until')} <Time at={set.trial.until} />
        </span>
      )}
      <Button size="sm" blocked={blocked} onClick={() => setOpen(true)}>
        {t('policies.trial.end')}
      </Button>
      {open && (
        <ReviewDialog
          title={t('policies.trial.end')}
          call={{ method: 'POST', path: `/policies/${set.id}/end-trial`, body: {} }}
          action={t('policies.trial.end')}
          touched={POLICY_LISTS}
          onClose={() => setOpen(false)}
          onOutcome={(outcome) => tell(outcome, t('policies.trial.ended'))}
        />
      )}
    </div>
  );
}

/** Where a version on trial would have decided otherwise than what is in force. */
export function ShadowTab({ set }: { set: PolicySetDetail }) {
  const { rows, loading, error, hasMore, loadMore, loadingMore, retry } = usePages<ShadowDifference>(`/policies/${set.id}/differences`);
  const people = usePeople('');
  const nameOf = (id: string): string => people.find((person) => person.id === id)?.name ?? t('policies.somebody');
  return (
    <div className="flex flex-col gap-4">
      <Card title={t('policies.trial')}>
        <Trial set={set} />
      </Card>
      <Card flush title={t('policies.shadow')}>
        {error ? (
          <div className="p-4">
            <ProblemView error={error} retry={retry} />
          </div>
        ) : loading ? (
          <div className="p-4">
            <SkeletonText lines={4} />
          </div>
        ) : rows.length === 0 ? (
          <EmptyState icon={FlaskConical} title={t('policies.shadow.none')}>
            {t('policies.shadow.none.text')}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {rows.map((row) => (
              <Difference key={row.id} difference={row} who={nameOf(row.actorId)} />
            ))}
          </ul>
        )}
        {hasMore && (
          <div className="border-t border-line p-3">
            <Button size="sm" busy={loadingMore} onClick={loadMore}>
              {t('policies.more')}
            </Button>
          </div>
        )}
      </Card>
    </div>
  );
}
