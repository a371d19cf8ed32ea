import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ListChecks, Plus } from 'lucide-react';
import { useState } from 'react';
import { openOperation } from '#features/operations/open.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { queryClient } from '#lib/query.ts';
import { useCan } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { PermissionGate } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import { LIST, planQuery } from './api.ts';
import { Review } from './review.tsx';
import type { AccessReviewsSearch } from './search.ts';
import { Standing } from './standing.tsx';
import { StartDialog } from './start-dialog.tsx';
import type { AccessReview } from './types.ts';

/** Whether reviews begin by themselves, for those who may know. */
function Plan() {
  const { data: plan } = useQuery({ ...planQuery, enabled: useCan('accessReviews:read') });
  if (!plan) return null;
  const { reviewers, reviewerIds, days } = plan;
  const change = () =>
    openOperation({ name: 'accessReviewPlan.update', input: { every: plan.every === 'never' ? 'quarter' : 'never', reviewers, reviewerIds, days }, onSettled: () => void queryClient.invalidateQueries({ queryKey: [LIST] }) }); // prettier-ignore
  return (
    <Card title={t('accessReview.plan')}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 flex-1 text-ink-2">
          {t(`accessReview.plan.${plan.every}`)}
          {plan.nextAt && (
            <>
              {' '}
              {t('accessReview.plan.next')} <Time at={plan.nextAt} />
            </>
          )}
        </p>
        <PermissionGate permission="accessReviews:start">
          {(blocked) => (
            <Button size="sm" blocked={blocked} onClick={change}>
              {t(plan.every === 'never' ? 'accessReview.plan.on' : 'accessReview.plan.off')}
            </Button>
          )}
        </PermissionGate>
      </div>
    </Card>
  );
}

function List({ show }: { show: (search: AccessReviewsSearch) => void }) {
  const { rows, error, loading, hasMore, loadingMore, loadMore, retry } = usePages<AccessReview>(LIST);
  if (error) return <ProblemView error={error} retry={retry} />;
  if (loading) return <SkeletonText lines={6} />;
  if (rows.length === 0)
    return (
      <EmptyState icon={ListChecks} title={t('accessReview.empty')}>
        {t('accessReview.empty.text')}
      </EmptyState>
    );
  return (
    <>
      {rows.map((review) => (
        <Card
          key={review.id}
          title={review.name}
          aside={
            <Button size="sm" aria-label={t('accessReview.open', { name: review.name })} onClick={() => show(review.mine > 0 ? { review: review.id, mine: true } : { review: review.id })}>
              {t('accessReview.show')}
            </Button>
          }
        >
          <Standing review={review} />
        </Card>
      ))}
      {hasMore && (
        <Button busy={loadingMore} onClick={loadMore}>
          {t('accessRequest.more')}
        </Button>
      )}
    </>
  );
} // prettier-ignore

/** Everybody's rights, looked at again: the reviews, or one of them. */
export function AccessReviewsPage({ search }: { search: AccessReviewsSearch }) {
  const navigate = useNavigate();
  const [starting, setStarting] = useState(false);
  const show = (next: AccessReviewsSearch) => void navigate({ to: '/settings/access-reviews', search: next });
  if (search.review) return <Review id={search.review} search={search} show={show} />;
  return (
    <PageFrame
      title={t('accessReview.title')}
      facts={t('accessReview.lead')}
      width="reading"
      actions={
        <PermissionGate permission="accessReviews:start">
          {(blocked) => (
            <Button variant="primary" data-hotkey="n" blocked={blocked} icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setStarting(true)}>
              {t('accessReview.start')}
            </Button>
          )}
        </PermissionGate>
      }
    >
      <div className="flex flex-col gap-4">
        <Plan />
        <List show={show} />
      </div>
      {starting && <StartDialog onClose={() => setStarting(false)} onStarted={(review) => show({ review })} />}
    </PageFrame>
  );
} // prettier-ignore
