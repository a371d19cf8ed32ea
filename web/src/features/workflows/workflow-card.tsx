import { Link } from '@tanstack/react-router';
import { Copy, Pause, Play, PlayCircle } from 'lucide-react';
import { RunState } from '#features/workflow-graph/run-state.tsx';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import type { Act } from './acts.tsx';
import { Spark } from './spark.tsx';
import { Triggers } from './trigger-words.tsx';
import type { WorkflowSummary } from './types.ts';
import { useHindrances, WorkflowMenu } from './workflow-menu.tsx';

interface WorkflowCardProps {
  workflow: WorkflowSummary;
  onAct: (act: Act) => void;
  selected: boolean;
  onSelect: (on: boolean) => void;
}

const Facts = ({ workflow: { nextRunAt, lastExecution, owner } }: { workflow: WorkflowSummary }) => (
  <p className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs text-ink-3">
    {nextRunAt && (
      <span>
        {t('workflows.next')} <Time at={nextRunAt} />
      </span>
    )}
    {lastExecution && (
      <Link to="/executions/$id" params={{ id: lastExecution.id }} className="inline-flex items-center gap-1 rounded-sm hover:text-ink hover:underline">
        <RunState state={lastExecution.status} variant="icon" />
        <Time at={lastExecution.at} />
      </Link>
    )}
    <span className="truncate">{owner.name}</span>
  </p>
); // prettier-ignore

/** One workflow: how it stands, what starts it, how it went of late, and what can be done with it. */
export function WorkflowCard({ workflow, onAct, selected, onSelect }: WorkflowCardProps) {
  const { id, name, status, description, triggers, outcomes, tags } = workflow;
  const why = useHindrances(workflow);
  return (
    <li
      data-selected={selected}
      className="flex min-w-0 flex-col gap-2.5 rounded-lg border border-line bg-surface p-3.5 data-[selected=true]:border-accent data-[selected=true]:bg-accent-wash"
    >
      <div className="flex items-start gap-2">
        <Checkbox
          className="mt-0.5"
          aria-label={t('workflows.select', { name })}
          checked={selected}
          onCheckedChange={(on) => onSelect(on === true)}
        />
        <h2 className="min-w-0 flex-1 text-base leading-5 font-semibold">
          <Link to="/workflows/$id" params={{ id }} className="rounded-sm [overflow-wrap:anywhere] hover:text-accent hover:underline">
            {name}
          </Link>
        </h2>
        <State value={status} of="resource" />
      </div>
      <p className="line-clamp-2 min-h-10 text-ink-2">{description || <span className="text-ink-3">{t('workflows.noDescription')}</span>}</p>
      <div className="flex min-h-5 items-end justify-between gap-3">
        <Triggers triggers={triggers} />
        <Spark outcomes={outcomes} />
      </div>
      {tags.length > 0 && (
        <p className="flex flex-wrap gap-1">
          {tags.map((tag) => (
            <Badge key={tag} tone="outline">
              {tag}
            </Badge>
          ))}
        </p>
      )}
      <Facts workflow={workflow} />
      <div className="mt-auto flex items-center gap-1 border-t border-line pt-2.5">
        <Button
          size="sm"
          blocked={why.run}
          icon={<Play aria-hidden className="size-3.5" />}
          aria-label={t('workflows.run.of', { name })}
          onClick={() => onAct('run')}
        >
          {t('workflows.run')}
        </Button>
        <span className="flex-1" />
        {status === 'active' && (
          <Button variant="ghost" size="icon-sm" blocked={why.pause} aria-label={t('workflows.pause.of', { name })} onClick={() => onAct('pause')}>
            <Pause aria-hidden className="size-3.5" />
          </Button>
        )}
        {status === 'paused' && (
          <Button
            variant="ghost"
            size="icon-sm"
            blocked={why.activate}
            aria-label={t('workflows.activate.of', { name })}
            onClick={() => onAct('activate')}
          >
            <PlayCircle aria-hidden className="size-3.5" />
          </Button>
        )}
        <Button
          variant="ghost"
          size="icon-sm"
          blocked={why.duplicate}
          aria-label={t('workflows.duplicate.of', { name })}
          onClick={() => onAct('duplicate')}
        >
          <Copy aria-hidden className="size-3.5" />
        </Button>
        <WorkflowMenu links workflow={workflow} onAct={onAct} />
      </div>
    </li>
  );
}
