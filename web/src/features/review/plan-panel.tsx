import { Impact } from '#features/changes/impact.tsx';
import { planCounts, PlanView } from '#features/changes/plan-view.tsx';
import { t } from '#lib/i18n.ts';
import type { Preview } from '#lib/types.ts';
import { Card } from '#ui/card.tsx';
import { RiskBadge } from '#ui/risk.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { Agreement } from './agreement.tsx';

/** What it costs and interrupts, who must agree, and what would happen field by field: all that one decides on. */
export const PlanPanel = ({ preview }: { preview: Preview }) => (
  <div className="flex flex-col gap-3">
    <div className="grid gap-3 md:grid-cols-2">
      <Card title={t('change.impact')}>
        <Impact plan={preview.plan} />
      </Card>
      <Card title={t('run.agree')}>
        <Agreement requirements={preview.requirements} />
      </Card>
    </div>
    <Card
      flush
      title={t('change.plan')}
      aside={
        <>
          {planCounts(preview.plan)}
          <RiskBadge risk={preview.risk} />
        </>
      }
    >
      <PlanView plan={preview.plan} />
    </Card>
  </div>
);

/** The panel while the plan is made, of the same shape. */
export const PlanSkeleton = () => (
  <div role="status" className="flex flex-col gap-3">
    <span className="sr-only">{t('state.loading')}</span>
    <div className="grid gap-3 md:grid-cols-2">
      <Skeleton className="h-36 rounded-lg" />
      <Skeleton className="h-36 rounded-lg" />
    </div>
    <Skeleton className="h-32 rounded-lg" />
  </div>
);
