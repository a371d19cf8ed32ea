import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronRight, CircleAlert, Pencil, Play, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { TargetAudit, TargetChanges } from '#features/clouds/server-changes.tsx';
import { ExecutionsView } from '#features/executions/executions-view.tsx';
import { t } from '#lib/i18n.ts';
import type { RawSearch } from '#lib/search.ts';
import { useCan } from '#lib/session.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { State } from '#ui/state.tsx';
import { Tabs, type Tab } from '#ui/tabs.tsx';
import { ActDialog } from './act-dialog.tsx';
import type { Act } from './acts.tsx';
import { workflowQuery } from './api.ts';
import { Overview } from './overview.tsx';
import { PublishButton } from './publish-dialog.tsx';
import type { View } from './search.ts';
import { TestsView } from './tests-view.tsx';
import { TriggersView } from './triggers-view.tsx';
import { Triggers } from './trigger-words.tsx';
import type { Workflow } from './types.ts';
import { VersionsView } from './versions-view.tsx';
import { useHindrances, WorkflowMenu } from './workflow-menu.tsx';

const Facts = ({ workflow }: { workflow: Workflow }) => (
  <>
    <State value={workflow.status} of="resource" />
    {workflow.activeVersion !== null && <Badge tone="outline">{t('workflows.version', { number: workflow.activeVersion })}</Badge>}
    {workflow.changed && workflow.activeVersion !== null && <Badge tone="warn">{t('workflows.changed')}</Badge>}
    {workflow.validation.errors > 0 && (
      <Badge tone="bad" icon={<CircleAlert aria-hidden />}>
        {t('workflows.errors', { count: workflow.validation.errors })}
      </Badge>
    )}
    {workflow.validation.warnings > 0 && (
      <Badge tone="warn" icon={<TriangleAlert aria-hidden />}>
        {t('workflows.warnings', { count: workflow.validation.warnings })}
      </Badge>
    )}
    <Triggers triggers={workflow.triggers} />
  </>
);

function Actions({ workflow, onAct }: { workflow: Workflow; onAct: (act: Act) => void }) {
  const why = useHindrances(workflow);
  const navigate = useNavigate();
  const { may, activeVersion, status } = workflow;
  // Without a version there is still the draft, which runs as a test.
  const blocked = activeVersion === null && may.debug && status !== 'archived' ? null : why.run;
  return (
    <>
      <Button
        icon={<Pencil aria-hidden className="size-3.5" />}
        onClick={() => void navigate({ to: '/workflows/$id/edit', params: { id: workflow.id } })}
        data-hotkey="e"
      >
        {t('workflows.edit')}
      </Button>
      <PublishButton workflow={workflow} />
      <Button variant="primary" blocked={blocked} icon={<Play aria-hidden className="size-3.5" />} onClick={() => onAct('run')}>
        {t('workflows.run')}
      </Button>
      <WorkflowMenu workflow={workflow} onAct={onAct} />
    </>
  );
}

function useTabs(workflow: Workflow, search: RawSearch): Tab<View | 'overview'>[] {
  const sees = { executions: useCan('executions:read'), changes: useCan('changes:read'), audit: useCan('audit:read') };
  const { id } = workflow;
  return [
    { value: 'overview', label: t('workflows.view.overview'), content: <Overview workflow={workflow} /> },
    ...(sees.executions
      ? [
          {
            value: 'executions' as const,
            label: t('workflows.view.executions'),
            content: <ExecutionsView workflow={workflow} search={search} />,
          },
        ]
      : []),
    { value: 'versions', label: t('workflows.view.versions'), content: <VersionsView workflow={workflow} search={search} /> },
    { value: 'triggers', label: t('workflows.view.triggers'), content: <TriggersView workflow={workflow} /> },
    { value: 'tests', label: t('workflows.view.tests'), content: <TestsView workflow={workflow} /> },
    ...(sees.changes
      ? [{ value: 'changes' as const, label: t('server.tab.changes'), content: <TargetChanges targetId={id} name="workflow-changes" /> }]
      : []),
    ...(sees.audit ? [{ value: 'audit' as const, label: t('change.tab.audit'), content: <TargetAudit targetId={id} name="workflow-audit" /> }] : []),
  ];
}

function Known({ workflow, view, search }: { workflow: Workflow; view: string; search: RawSearch }) {
  const navigate = useNavigate();
  const [act, setAct] = useState<Act | null>(null);
  const tabs = useTabs(workflow, search);
  const open = tabs.find(({ value }) => value === view)?.value ?? 'overview';
  return (
    <PageFrame
      title={workflow.name}
      eyebrow={
        <span className="flex items-center gap-1">
          <Link to="/workflows" className="rounded-sm hover:text-ink hover:underline">
            {t('workflows.title')}
          </Link>
          <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
          {workflow.folder}
        </span>
      }
      facts={<Facts workflow={workflow} />}
      actions={<Actions workflow={workflow} onAct={setAct} />}
    >
      <Tabs
        label={t('workflows.views')}
        value={open}
        tabs={tabs}
        onChange={(next) =>
          void (next === 'overview'
            ? navigate({ to: '/workflows/$id', params: { id: workflow.id }, replace: true })
            : navigate({ to: '/workflows/$id/$view', params: { id: workflow.id, view: next }, replace: true }))
        }
      />
      {act && <ActDialog workflow={workflow} act={act} onClose={() => setAct(null)} onGone={() => void navigate({ to: '/workflows' })} />}
    </PageFrame>
  );
}

/** One workflow: what it does, how its runs went, its versions, triggers and tests. */
export function WorkflowPage({ id, view, search }: { id: string; view: string; search: RawSearch }) {
  const { data, error, refetch } = useQuery(workflowQuery(id));
  if (data) return <Known workflow={data} view={view} search={search} />;
  if (error) return <ProblemView error={error} size="page" retry={() => void refetch()} />;
  return (
    <div className="mx-auto w-full max-w-[120rem] px-4 py-5 sm:px-6">
      <SkeletonText lines={10} />
    </div>
  );
}
