import { RunState } from '#features/workflow-graph/run-state.tsx';
import { duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Time } from '#ui/time.tsx';
import { Spent } from './agent/agent-view.tsx';
import type { NodeRecord } from './types.ts';

/** How one run of a node stands: state by icon, colour and word, which try, how long, and what it waits for. */
export const NodeStatus = ({ record }: { record: NodeRecord }) => (
  <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-ink-2">
    <RunState state={record.status} variant="plain" className="text-sm text-ink" />
    {record.path && !record.calledBy && <span>{t('executions.turn', { path: record.path })}</span>}
    {record.attempt > 1 && <span>{t('executions.attempt', { number: record.attempt })}</span>}
    {record.durationMs !== null && <span className="tabular-nums">{duration(record.durationMs / 1_000)}</span>}
    {record.port && record.port !== 'main' && <span>{t('executions.port', { port: record.port })}</span>}
    <Spent tokens={record.tokens} cost={record.cost} />
    {record.calledBy && <Badge tone="outline">{t('agent.called', { agent: record.calledBy.key, tool: record.calledBy.tool })}</Badge>}
    {record.reused && <Badge tone="outline">{t('executions.reused')}</Badge>}
    {record.waiting && (
      <span>
        {record.waiting.title}
        {record.waiting.dueAt && (
          <>
            {' '}
            {t('executions.wait.until')} <Time at={record.waiting.dueAt} />
          </>
        )}
      </span>
    )}
  </span>
);
