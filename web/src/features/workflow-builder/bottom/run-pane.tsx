import { Link } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { clockTime, duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { RunState } from '#features/workflow-graph/run-state.tsx';
import { Button } from '#ui/button.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { flowOrder } from '../graph/lines.ts';
import { useBuilder, useDoc, type NodeRunView, type RunView } from '../state/store.ts';

function StepRow({ id, run, onGo }: { id: string; run: NodeRunView; onGo: (id: string) => void }) {
  const name = useBuilder(({ past }) => past.doc.nodes[id]?.name ?? '');
  const message = (run.error as { message?: string } | null | undefined)?.message;
  return (
    <li className="flex items-center gap-3 border-b border-line px-3 py-1">
      <RunState state={run.status} variant="plain" className="w-36 shrink-0" />
      <button type="button" className="min-w-0 shrink-0 truncate text-accent hover:underline" onClick={() => onGo(id)}>
        {name}
      </button>
      <span className="min-w-0 flex-1 truncate text-xs text-bad">{message}</span>
      <span className="text-xs text-ink-3">
        {run.runs > 1 && <>×{run.runs} </>}
        {typeof run.durationMs === 'number' && duration(run.durationMs / 1000)}
      </span>
    </li>
  );
}

function Logs({ logs }: { logs: RunView['logs'] }) {
  if (logs.length === 0) return null;
  return (
    <ol aria-label={t('builder.run.logs')} className="px-3 py-2 font-mono text-xs">
      {logs.slice(-200).map((line, i) => (
        <li key={i} className={line.level === 'error' ? 'text-bad' : line.level === 'warn' ? 'text-warn' : 'text-ink-2'}>
          <span className="text-ink-3">{clockTime(line.at)}</span> {line.level} {line.message}
        </li>
      ))}
    </ol>
  );
}

/** How the last test run goes, step by step. */
export function RunPane({ onRun, onGo }: { onRun: () => void; onGo: (id: string) => void }) {
  const doc = useDoc();
  const run = useBuilder((state) => state.run);
  if (!run)
    return (
      <div className="flex items-center gap-3 p-3">
        <p className="text-ink-2">{t('builder.run.none')}</p>
        <Button size="sm" icon={<Play aria-hidden className="size-3.5" />} onClick={onRun}>
          {t('builder.run')}
        </Button>
      </div>
    );
  return (
    <div>
      <div role="status" className="flex items-center gap-3 px-3 py-2">
        <RunState state={run.status} />
        {run.executionId && (
          <Link to="/executions/$id" params={{ id: run.executionId }} className="text-accent hover:underline">
            {t('builder.run.open')}
          </Link>
        )}
      </div>
      {run.error && <ProblemView error={run.error} />}
      <ul>
        {flowOrder(doc).flatMap((id) => {
          const step = run.nodes.get(id);
          return step ? [<StepRow key={id} id={id} run={step} onGo={onGo} />] : [];
        })}
      </ul>
      <Logs logs={run.logs} />
    </div>
  );
}
