import { Link } from '@tanstack/react-router';
import { RunState } from '#features/workflow-graph/run-state.tsx';
import { t } from '#lib/i18n.ts';
import type { Column } from '#ui/data-table/index.ts';
import { State, stateText } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import type { Act } from './acts.tsx';
import { Spark } from './spark.tsx';
import { Triggers } from './trigger-words.tsx';
import type { WorkflowSummary } from './types.ts';
import { WorkflowMenu } from './workflow-menu.tsx';

const Name = ({ workflow: { id, name, folder } }: { workflow: WorkflowSummary }) => (
  <span className="flex min-w-44 flex-col">
    <Link to="/workflows/$id" params={{ id }} className="font-medium [overflow-wrap:anywhere] hover:text-accent hover:underline">
      {name}
    </Link>
    {folder && <span className="text-xs text-ink-3">{folder}</span>}
  </span>
);
const Last = ({ workflow: { lastExecution } }: { workflow: WorkflowSummary }) =>
  lastExecution && (
    <Link to="/executions/$id" params={{ id: lastExecution.id }} className="inline-flex items-center gap-2 text-ink-2 hover:underline">
      <RunState state={lastExecution.status} variant="icon" />
      <Time at={lastExecution.at} />
    </Link>
  );

export const workflowColumns = (onAct: (workflow: WorkflowSummary, act: Act) => void): Column<WorkflowSummary>[] => [
  { id: 'name', header: t('workflows.name'), sort: 'name', fixed: true, cell: (workflow) => <Name workflow={workflow} />, csv: ({ name }) => name },
  { id: 'status', header: t('workflows.column.status'), width: '8rem', cell: ({ status }) => <State value={status} of="resource" variant="plain" />, csv: ({ status }) => stateText(status) },
  { id: 'triggers', header: t('workflows.column.triggers'), width: '13rem', hideBelow: 'md', cell: ({ triggers }) => <Triggers triggers={triggers} />, csv: ({ triggers }) => triggers.map(({ kind }) => kind).join(' ') },
  { id: 'outcomes', header: t('workflows.column.outcomes'), width: '10rem', hideBelow: 'md', cell: ({ outcomes }) => <Spark outcomes={outcomes} /> },
  { id: 'last', header: t('workflows.column.last'), width: '10rem', hideBelow: 'lg', sort: 'lastRun', cell: (workflow) => <Last workflow={workflow} />, csv: ({ lastExecution }) => lastExecution?.at },
  { id: 'next', header: t('workflows.next'), width: '9rem', hideBelow: 'lg', cell: ({ nextRunAt }) => nextRunAt && <Time at={nextRunAt} />, csv: ({ nextRunAt }) => nextRunAt },
  { id: 'version', header: t('workflows.column.version'), width: '5rem', align: 'end', optional: true, cell: ({ activeVersion }) => activeVersion, csv: ({ activeVersion }) => activeVersion },
  { id: 'owner', header: t('workflows.owner'), width: '10rem', hideBelow: 'xl', cell: ({ owner }) => <span className="line-clamp-1 text-ink-2">{owner.name}</span>, csv: ({ owner }) => owner.name },
  { id: 'updated', header: t('workflows.column.updated'), width: '9rem', hideBelow: 'xl', sort: 'updatedAt', cell: ({ updatedAt }) => <Time at={updatedAt} />, csv: ({ updatedAt }) => updatedAt },
  { id: 'act', header: '', width: '3rem', fixed: true, cell: (workflow) => <WorkflowMenu links workflow={workflow} onAct={(act) => onAct(workflow, act)} /> },
]; // prettier-ignore

export const workflowCompact = (workflow: WorkflowSummary) => (
  <span className="flex flex-col gap-1 py-1">
    <Name workflow={workflow} />
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
      <State value={workflow.status} of="resource" variant="plain" />
      <Triggers triggers={workflow.triggers} />
      <Spark outcomes={workflow.outcomes} />
    </span>
  </span>
);
