import { t } from '#lib/i18n.ts';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { Time } from '#ui/time.tsx';
import { useMemo } from 'react';
import { duration } from '#lib/formats.ts';
import { RunState, runStateText } from '#features/workflow-graph/run-state.tsx';
import type { NodeRecord } from './types.ts';

const columns = (names: ReadonlyMap<string, string>): Column<NodeRecord>[] => [
  { id: 'node', header: t('executions.record.node'), width: '14rem', fixed: true, cell: ({ nodeId, key, path }) => <span className="font-medium">{names.get(nodeId) ?? key}{path && <code className="ms-1 text-ink-3">[{path}]</code>}</span>, csv: ({ key, path }) => (path ? `${key}[${path}]` : key) },
  { id: 'status', header: t('executions.column.status'), width: '10rem', cell: ({ status }) => <RunState state={status} variant="plain" />, csv: ({ status }) => runStateText(status) },
  { id: 'error', header: t('executions.record.error'), hideBelow: 'md', cell: ({ error, waiting }) => <span className="line-clamp-1 text-xs text-ink-2 [overflow-wrap:anywhere]">{error?.message ?? waiting?.title}</span>, csv: ({ error }) => error?.message },
  { id: 'attempt', header: t('executions.record.attempt'), width: '5rem', align: 'end', hideBelow: 'sm', cell: ({ attempt }) => attempt, csv: ({ attempt }) => attempt },
  { id: 'port', header: t('executions.record.port'), width: '6rem', hideBelow: 'lg', cell: ({ port }) => port, csv: ({ port }) => port },
  { id: 'duration', header: t('executions.column.duration'), width: '7rem', align: 'end', cell: ({ durationMs }) => (durationMs === null ? '–' : duration(durationMs / 1_000)), csv: ({ durationMs }) => durationMs },
  { id: 'started', header: t('executions.record.started'), width: '9rem', align: 'end', hideBelow: 'lg', cell: ({ startedAt }) => startedAt && <Time at={startedAt} />, csv: ({ startedAt }) => startedAt },
]; // prettier-ignore

interface RecordsTableProps {
  records: readonly NodeRecord[];
  names: ReadonlyMap<string, string>;
  onOpen: (nodeId: string) => void;
}
/** Every run of every node, as it is recorded. */
export const RecordsTable = ({ records, names, onOpen }: RecordsTableProps) => (
  <DataTable
    name="execution-records"
    label={t('executions.tab.records')}
    columns={useMemo(() => columns(names), [names])}
    source={{
      rows: records,
      loading: false,
      error: null,
      hasMore: false,
      loadingMore: false,
      loadMore: () => undefined,
      retry: () => undefined,
    }}
    rowId={({ id }) => id}
    onOpen={({ nodeId }) => onOpen(nodeId)}
    empty={<p className="p-6 text-center text-ink-2">{t('executions.timeline.none')}</p>}
  />
);
