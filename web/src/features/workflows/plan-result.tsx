import { Ban, ShieldQuestion } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import type { WorkflowPlan } from '#features/executions/types.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Card } from '#ui/card.tsx';
import { DiffView } from '#ui/diff-view.tsx';
import { JsonView } from '#ui/json-view.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { RiskBadge } from '#ui/risk.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';

const LOOK_AGAIN_MS = 700;

type Item = WorkflowPlan['items'][number];
const Would = ({ item }: { item: Item }) => (
  <li className="flex flex-col gap-2 border-b border-line px-4 py-3 last:border-b-0">
    <p className="flex flex-wrap items-center gap-2">
      <span className="font-medium [overflow-wrap:anywhere]">{item.summary}</span>
      {item.risk && <RiskBadge risk={item.risk} />}
      <code className="text-xs text-ink-3">
        {item.key}
        {item.path && ` [${item.path}]`}
      </code>
    </p>
    {item.refused && (
      <p className="flex items-start gap-1.5 text-bad">
        <Ban aria-hidden className="mt-0.5 size-3.5 shrink-0" />
        {item.refused}
      </p>
    )}
    {item.approvals.map((approval) => (
      <p key={approval} className="flex items-start gap-1.5 text-warn">
        <ShieldQuestion aria-hidden className="mt-0.5 size-3.5 shrink-0" />
        {approval}
      </p>
    ))}
    {item.plan && item.plan.changes.length > 0 ? (
      <div className="rounded-md border border-line">
        <DiffView changes={item.plan.changes} />
      </div>
    ) : (
      item.would !== null && <JsonView label={t('workflows.plan.would', { name: item.key })} value={item.would} />
    )}
  </li>
);

/** What a run would do: each Change with its plan, everything else with what would be sent. Nothing of it has been done. */
export function PlanResult({ plan: first }: { plan: WorkflowPlan }) {
  const { data: plan } = useQuery({
    queryKey: ['/plans', first.id],
    queryFn: ({ signal }) => request<WorkflowPlan>('GET', `/plans/${first.id}`, { signal }),
    initialData: first,
    enabled: first.status === 'running',
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? LOOK_AGAIN_MS : false),
  });
  const { summary, items, status, error } = plan;
  if (status === 'running') return <SkeletonText lines={3} />;
  return (
    <Card
      flush
      title={t('workflows.plan')}
      aside={
        <>
          <Badge>{t('workflows.plan.changes', { count: summary.changes })}</Badge>
          {summary.effects > 0 && <Badge>{t('workflows.plan.effects', { count: summary.effects })}</Badge>}
          {summary.approvals > 0 && <Badge tone="warn">{t('workflows.plan.approvals', { count: summary.approvals })}</Badge>}
          {summary.refused > 0 && <Badge tone="bad">{t('workflows.plan.refused', { count: summary.refused })}</Badge>}
        </>
      }
    >
      {error && (
        <div className="p-4">
          <ProblemView error={{ type: error.type, title: t('workflows.plan.failed', { node: error.nodeKey ?? '' }), status: 0, detail: error.message }} />
        </div>
      )}
      {items.length === 0 && !error ? (
        <p className="p-4 text-ink-2">{t('workflows.plan.nothing')}</p>
      ) : (
        <ul aria-label={t('workflows.plan')}>
          {items.map((item, at) => (
            <Would key={at} item={item} />
          ))}
        </ul>
      )}
    </Card>
  );
} // prettier-ignore
