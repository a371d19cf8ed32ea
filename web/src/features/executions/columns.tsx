import { Link } from '@tanstack/react-router';
import { TriggerKindIcon, triggerText } from '#features/workflows/trigger-words.tsx';
import { RunState, runStateText } from '#features/workflow-graph/run-state.tsx';
import { duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import type { Column } from '#ui/data-table/index.ts';
import { Time } from '#ui/time.tsx';
import type { ExecutionSummary } from './types.ts';

/** The beginning of an id is its time; what tells runs of one moment apart is its end. */
export const shortId = (id: string): string => id.slice(-8);

const Marks = ({ execution: { test, dryRun, parentExecutionId } }: { execution: ExecutionSummary }) => (
  <>
    {dryRun ? <Badge tone="outline">{t('executions.dryRun')}</Badge> : test && <Badge tone="outline">{t('executions.test')}</Badge>}
    {parentExecutionId && <Badge tone="outline">{t('executions.child')}</Badge>}
  </>
);
const Name = ({ execution, workflow }: { execution: ExecutionSummary; workflow: boolean }) => (
  <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
    <Link to="/executions/$id" params={{ id: execution.id }} className="font-medium [overflow-wrap:anywhere] hover:text-accent hover:underline">
      {workflow ? execution.workflow.name : <code>{shortId(execution.id)}</code>}
    </Link>
    <Marks execution={execution} />
  </span>
);
const Why = ({ execution: { error, waiting } }: { execution: ExecutionSummary }) => (
  <span className="line-clamp-1 min-w-40 text-xs text-ink-2 [overflow-wrap:anywhere]">
    {error ? `${error.nodeKey ? `${error.nodeKey}: ` : ''}${error.message}` : waiting && t('executions.waitsFor', { what: waiting })}
  </span>
);
const took = ({ durationMs }: ExecutionSummary): string => (durationMs === null ? '–' : duration(durationMs / 1_000));

export const executionColumns = (workflow: boolean): Column<ExecutionSummary>[] => [
  { id: 'name', header: t(workflow ? 'executions.column.workflow' : 'executions.column.id'), width: workflow ? '18rem' : '9rem', fixed: true, cell: (execution) => <Name execution={execution} workflow={workflow} />, csv: ({ id }) => id },
  { id: 'status', header: t('executions.column.status'), width: '10rem', cell: ({ status }) => <RunState state={status} variant="plain" />, csv: ({ status }) => runStateText(status) },
  { id: 'why', header: t('executions.column.why'), width: '26%', hideBelow: 'md', cell: (execution) => <Why execution={execution} />, csv: ({ error, waiting }) => error?.message ?? waiting },
  { id: 'trigger', header: t('executions.column.trigger'), width: '8rem', hideBelow: 'lg', cell: ({ trigger: { kind } }) => <span className="inline-flex items-center gap-1.5 text-ink-2"><TriggerKindIcon kind={kind} />{triggerText(kind)}</span>, csv: ({ trigger }) => trigger.kind },
  { id: 'version', header: t('executions.column.version'), width: '5rem', align: 'end', hideBelow: 'lg', cell: ({ version }) => version ?? t('workflows.draft'), csv: ({ version }) => version },
  { id: 'by', header: t('executions.column.by'), width: '10rem', hideBelow: 'xl', cell: ({ startedBy }) => <span className="line-clamp-1 text-ink-2">{startedBy.name}</span>, csv: ({ startedBy }) => startedBy.name },
  { id: 'duration', header: t('executions.column.duration'), width: '7rem', align: 'end', hideBelow: 'sm', cell: (execution) => <span className="whitespace-nowrap tabular-nums">{took(execution)}</span>, csv: ({ durationMs }) => durationMs },
  { id: 'tags', header: t('workflows.tags'), width: '10rem', optional: true, cell: ({ tags }) => tags.join(', '), csv: ({ tags }) => tags.join(' ') },
  { id: 'created', header: t('executions.column.created'), width: '9rem', align: 'end', cell: ({ createdAt }) => <span className="text-ink-3"><Time at={createdAt} /></span>, csv: ({ createdAt }) => createdAt },
]; // prettier-ignore

export const executionCompact = (workflow: boolean) => (execution: ExecutionSummary) => (
  <span className="flex flex-col gap-1 py-1">
    <Name execution={execution} workflow={workflow} />
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-3">
      <RunState state={execution.status} variant="plain" className="text-ink" />
      <span>{triggerText(execution.trigger.kind)}</span>
      <span className="tabular-nums">{took(execution)}</span>
      <span className="ms-auto">
        <Time at={execution.createdAt} short />
      </span>
    </span>
    <Why execution={execution} />
  </span>
);
