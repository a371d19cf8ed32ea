import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { RunState } from '#features/workflow-graph/run-state.tsx';
import { triggerText } from '#features/workflows/trigger-words.tsx';
import { duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { useNow } from '#lib/now.ts';
import { compact, type Loose, type RawSearch } from '#lib/search.ts';
import { Badge } from '#ui/badge.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Progress } from '#ui/progress.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Tabs, type Tab } from '#ui/tabs.tsx';
import { Time } from '#ui/time.tsx';
import { Spent } from './agent/agent-view.tsx';
import { ActDialog, type Acting } from './act-dialog.tsx';
import { executionQuery, logsQuery } from './api.ts';
import { ChangesTab } from './changes-tab.tsx';
import { shortId } from './columns.tsx';
import { DataTab } from './data-tab.tsx';
import { ExecutionActions } from './execution-actions.tsx';
import { ExecutionViewer } from './execution-viewer.tsx';
import { LiveMark } from './live-mark.tsx';
import { LogsPanel } from './logs-panel.tsx';
import { namesOf, tookMs } from './names.ts';
import { RecordsTable } from './records-table.tsx';
import { executionSearch, type ExecutionSearch, type ExecutionTab } from './search.ts';
import { useExecutionStream } from './stream/use-execution-stream.ts';
import { withLines, type Live } from './stream/view.ts';
import { Timeline } from './timeline.tsx';
import { isEnded, type Execution } from './types.ts';
import { WaitingNotices } from './waiting-notices.tsx';

const Diagnosis = lazy(() => import('./diagnosis.tsx').then((loaded) => ({ default: loaded.Diagnosis })));
const FAILED: ReadonlySet<string> = new Set(['failed', 'timed_out', 'partial_success']);

const Facts = ({ execution, live }: { execution: Execution; live: Live }) => {
  const now = useNow();
  const took = tookMs(execution, now);
  const { version, test, dryRun, trigger, startedBy, createdAt, workflow, parentExecutionId, traceId } = execution;
  return (
    <>
      <RunState state={live.status} />
      {dryRun ? <Badge tone="outline">{t('executions.dryRun')}</Badge> : test && <Badge tone="outline">{t('executions.test')}</Badge>}
      <Link to="/workflows/$id/$view" params={{ id: workflow.id, view: 'versions' }} className="rounded-sm hover:text-ink hover:underline">
        {version === null ? t('workflows.draft') : t('workflows.version', { number: version })}
      </Link>
      <span>
        {triggerText(trigger.kind)} · {startedBy.name}
      </span>
      <Time at={createdAt} />
      {took !== null && <span className="tabular-nums">{duration(took / 1_000)}</span>}
      <Spent tokens={execution.tokens} cost={execution.cost} />
      {parentExecutionId && (
        <Link to="/executions/$id" params={{ id: parentExecutionId }} className="rounded-sm text-accent hover:underline">
          {t('executions.parent')}
        </Link>
      )}
      {traceId && (
        <span className="[overflow-wrap:anywhere]">
          {t('executions.trace')} <code className="font-mono text-xs select-all">{traceId}</code>
        </span>
      )}
      {execution.rollback !== 'none' && <Badge tone="warn">{t(`executions.rollback.${execution.rollback}`)}</Badge>}
    </>
  );
};

/** What the whole says anew when something happened that the stream tells of only in passing. */
function useReading(execution: Execution, live: Live): void {
  const client = useQueryClient();
  const { id, status } = execution;
  useEffect(() => {
    if (live.stirred === 0 && live.status === status) return undefined;
    const timer = setTimeout(() => void client.invalidateQueries({ queryKey: ['/executions', 'one', id] }), 150);
    return () => clearTimeout(timer);
  }, [client, id, live.stirred, live.status, status]);
}

const Ending = ({ execution }: { execution: Execution }) =>
  execution.error && (
    <ProblemView
      error={{
        type: execution.error.type,
        title: execution.error.nodeKey ? t('executions.failed.at', { node: execution.error.nodeKey }) : t('executions.state.failed'),
        status: 0,
        detail: execution.error.message,
      }}
    />
  );

function Known({ execution, search }: { execution: Execution; search: ExecutionSearch }) {
  const navigate = useNavigate();
  const { live, link } = useExecutionStream(execution);
  const [acting, setActing] = useState<Acting | null>(null);
  useReading(execution, live);
  const { data: before } = useQuery(logsQuery(execution.id));
  const lines = useMemo(() => withLines(before ?? [], live.logs), [before, live.logs]);
  const names = useMemo(() => namesOf(execution), [execution]);
  const running = !isEnded(live.status);
  const { id, workflow } = execution;
  const show = (next: Loose<ExecutionSearch>): void =>
    void navigate({ to: '/executions/$id', params: { id }, search: compact<ExecutionSearch>({ ...search, ...next }), replace: true });
  const openNode = (node: string | undefined): void => show({ node, tab: undefined });
  const retryFrom = (from: string): void => setActing({ act: 'retry', from });
  const tabs: Tab<ExecutionTab>[] = [
    {
      value: 'graph',
      label: t('executions.tab.graph'),
      content: <ExecutionViewer execution={execution} live={live} names={names} running={running} node={search.node} onNode={openNode} onRetry={retryFrom} />,
    },
    { value: 'timeline', label: t('executions.tab.timeline'), content: <Timeline records={live.records} names={names} running={running} onOpen={openNode} /> },
    { value: 'records', label: t('executions.tab.records'), count: live.records.length, content: <RecordsTable records={live.records} names={names} onOpen={openNode} /> },
    { value: 'logs', label: t('executions.tab.logs'), count: lines.length, content: <LogsPanel executionId={id} lines={lines} names={names} running={running} /> },
    { value: 'changes', label: t('executions.tab.changes'), count: execution.changes.length, content: <ChangesTab changes={execution.changes} names={names} /> },
    { value: 'data', label: t('executions.tab.data'), content: <DataTab id={id} status={live.status} /> },
  ];
  return (
    <PageFrame
      title={workflow.name}
      documentTitle={`${workflow.name} · ${shortId(id)}`}
      eyebrow={
        <span className="flex items-center gap-1">
          <Link to="/workflows/$id" params={{ id: workflow.id }} className="rounded-sm hover:text-ink hover:underline">
            {workflow.name}
          </Link>
          <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
          <Link to="/workflows/$id/$view" params={{ id: workflow.id, view: 'executions' }} className="rounded-sm hover:text-ink hover:underline">
            {t('executions.title')}
          </Link>
          <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
          <code>{shortId(id)}</code>
        </span>
      }
      facts={
        <>
          <Facts execution={execution} live={live} />
          <LiveMark link={link} />
        </>
      }
      actions={<ExecutionActions execution={execution} onAct={(act) => setActing({ act })} />}
    >
      {running && live.progress !== null && <Progress value={live.progress} label={t('executions.progress')} />}
      <WaitingNotices execution={execution} records={live.records} names={names} />
      {!running && <Ending execution={execution} />}
      {FAILED.has(live.status) && (
        <Suspense fallback={null}>
          <Diagnosis execution={execution} onNode={openNode} onLogs={() => show({ tab: 'logs', node: undefined })} />
        </Suspense>
      )}
      <Tabs label={t('executions.tabs')} value={search.tab ?? 'graph'} tabs={tabs} onChange={(tab) => show({ tab: tab === 'graph' ? undefined : tab })} />
      {acting && <ActDialog execution={execution} acting={acting} onClose={() => setActing(null)} />}
    </PageFrame>
  );
} // prettier-ignore

/** One execution, live: its graph, its times, its records, its log, what it changed, and what can be done with it. */
export function ExecutionPage({ id, search }: { id: string; search: RawSearch }) {
  const { data, error, refetch } = useQuery(executionQuery(id));
  if (data) return <Known key={id} execution={data} search={executionSearch(search)} />;
  if (error) return <ProblemView error={error} size="page" retry={() => void refetch()} />;
  return (
    <div className="mx-auto w-full max-w-[120rem] px-4 py-5 sm:px-6">
      <SkeletonText lines={10} />
    </div>
  );
}
