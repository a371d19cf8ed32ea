import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { allTexts, t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';
import { CHANGE_ACTIONS, type Change, type ChangeAction } from '#lib/types.ts';
import { Card } from '#ui/card.tsx';
import { Environment } from '#ui/environment.tsx';
import { JsonView } from '#ui/json-view.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { RiskBadge } from '#ui/risk.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { State } from '#ui/state.tsx';
import { Tabs, type Tab } from '#ui/tabs.tsx';
import { Time } from '#ui/time.tsx';
import { changeQuery, isTerminal } from './api.ts';
import { ApprovalCard } from './approval-card.tsx';
import { ChangeActions } from './change-actions.tsx';
import { ChangeLine } from './change-line.tsx';
import { ChangeSkeleton } from './change-skeleton.tsx';
import { useChangeStream, type LogLine } from './change-stream.ts';
import { EmergencyBadge } from './emergency-badge.tsx';
import { DetailsCard } from './details-card.tsx';
import { Impact } from './impact.tsx';
import { planCounts, PlanView } from './plan-view.tsx';

const ActDialog = lazy(() => import('./act-dialog.tsx').then((module) => ({ default: module.ActDialog })));
/** With its texts, which a first visit does not need. */
const Besides = lazy(() =>
  Promise.all([import('#features/emergencies/on-change.tsx'), allTexts()]).then(([module]) => ({ default: module.Besides })),
);
const StagesCard = lazy(() =>
  Promise.all([import('#features/stages/stages-card.tsx'), allTexts()]).then(([module]) => ({ default: module.StagesCard })),
);
const RunCard = lazy(() => import('./run-card.tsx').then((module) => ({ default: module.RunCard })));
const AuditTrail = lazy(() => import('./audit-trail.tsx').then((module) => ({ default: module.AuditTrail })));

export type ChangeTab = 'overview' | 'audit' | 'json';
export interface ChangeSearch {
  tab?: ChangeTab;
  /** Opens this question at once: a link from the dashboard. */
  decide?: ChangeAction;
}
const BAD = new Set(['failed', 'rollback_failed', 'rolled_back', 'rolling_back', 'partially_succeeded']);

interface OverviewProps {
  change: Change;
  lines: readonly LogLine[];
  live: boolean;
}
/** How far it is: stage by stage where it acts on many, and step by step. */
const Running = ({ change: { stages, canary, job, state }, lines, live }: OverviewProps) => (
  <>
    {stages && (
      <Suspense>
        <StagesCard stages={stages} rules={canary?.rules ?? []} />
      </Suspense>
    )}
    {job && (job.steps.length > 0 || lines.length > 0 || !isTerminal(state)) && (
      <Suspense>
        <RunCard job={job} lines={lines} live={live} failed={BAD.has(state)} />
      </Suspense>
    )}
  </>
);

const Overview = ({ change, lines, live }: OverviewProps) => (
  <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem] 2xl:grid-cols-[minmax(0,1fr)_24rem]">
    <div className="flex min-w-0 flex-col gap-4">
      {change.problem && <ProblemView error={change.problem} />}
      <Running change={change} lines={lines} live={live} />
      <Card flush title={t('change.plan')} aside={change.plan && planCounts(change.plan)}>
        {change.plan ? <PlanView plan={change.plan} steps={!change.job} /> : <p className="p-4 text-ink-2">{t('change.plan.none')}</p>}
      </Card>
      {change.outcome !== null && change.outcome !== undefined && (
        <details className="group rounded-lg border border-line bg-surface">
          <summary className="flex min-h-10 list-none items-center gap-2 rounded-lg px-4 text-sm font-semibold [&::-webkit-details-marker]:hidden">
            <ChevronRight aria-hidden className="size-3.5 text-ink-3 transition-transform group-open:rotate-90 rtl:-scale-x-100" />
            {t('change.outcome')}
          </summary>
          <div className="px-4 pb-4">
            <JsonView label={t('change.outcome')} value={change.outcome} />
          </div>
        </details>
      )}
    </div>
    <div className="flex min-w-0 flex-col gap-4">
      {(change.emergencyUse || change.template || change.conflicts.length > 0) && (
        <Suspense>
          <Besides change={change} />
        </Suspense>
      )}
      <ApprovalCard approval={change.approval} />
      {change.plan && (
        <Card title={t('change.impact')}>
          <Impact plan={change.plan} />
        </Card>
      )}
      <DetailsCard change={change} />
    </div>
  </div>
);

/** The centrepiece: what will happen, who must agree, how it goes, and the way back. */
export function ChangePage({ id, search }: { id: string; search: ChangeSearch }) {
  const navigate = useNavigate();
  const { data: change, error, refetch } = useQuery(changeQuery(id));
  const { lines, live } = useChangeStream(id, change);
  const mayAudit = useCan('audit:read');
  const show = (next: ChangeSearch) => void navigate({ to: '/changes/$id', params: { id }, search: next, replace: true });

  if (!change) return error ? <ProblemView error={error} size="page" retry={() => void refetch()} /> : <ChangeSkeleton />;

  const tab = search.tab ?? 'overview';
  const keep = search.tab ? { tab: search.tab } : {};
  const act = (decide: ChangeAction) => show({ ...keep, decide });
  const asked = search.decide && CHANGE_ACTIONS.includes(search.decide) && change.actions[search.decide]?.allowed ? search.decide : null;
  const tabs: Tab<ChangeTab>[] = [
    { value: 'overview', label: t('change.tab.overview'), content: <Overview change={change} lines={lines} live={live === 'open'} /> },
    ...(mayAudit
      ? [
          {
            value: 'audit' as const,
            label: t('change.tab.audit'),
            content: (
              <Suspense fallback={<SkeletonText lines={6} />}>
                <AuditTrail changeId={change.id} />
              </Suspense>
            ),
          },
        ]
      : []),
    { value: 'json', label: t('change.tab.json'), content: <JsonView label={t('change.tab.json')} value={change} /> },
  ];

  return (
    <PageFrame
      title={change.summary}
      documentTitle={`${change.number} ${change.summary}`}
      eyebrow={
        <span className="flex items-center gap-1">
          <Link to="/changes" className="rounded-sm hover:text-ink hover:underline">
            {t('change.back')}
          </Link>
          <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
          <span className="font-mono text-ink-2">{change.number}</span>
        </span>
      }
      facts={
        <>
          <State value={change.state} />
          <RiskBadge risk={change.risk} />
          {change.emergency && <EmergencyBadge />}
          {change.environment && <Environment name={change.environment} />}
          <span>
            {t('change.requestedBy', { name: change.requester.name })}, <Time at={change.createdAt} />
          </span>
        </>
      }
      actions={
        <>
          {change.actions.emergency.allowed && (
            <Suspense>
              <Besides change={change} act />
            </Suspense>
          )}
          <ChangeActions change={change} onAct={act} />
        </>
      }
    >
      <ChangeLine change={change} />
      <Tabs label={t('change.tabs')} value={tab} tabs={tabs} onChange={(next) => show(next === 'overview' ? {} : { tab: next })} />
      {asked && (
        <Suspense>
          <ActDialog
            change={change}
            action={asked}
            onClose={() => show(keep)}
            onFollow={(number) => void navigate({ to: '/changes/$id', params: { id: number } })}
          />
        </Suspense>
      )}
    </PageFrame>
  );
}
