import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Ban, CircleCheck, CircleX, Eye, RefreshCw, type LucideIcon } from 'lucide-react';
import { useMemo } from 'react';
import { t } from '#lib/i18n.ts';
import { pagesQuery, type Rows } from '#lib/pages.ts';
import { Badge, type Tone } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter } from '#ui/filter.tsx';
import { Time } from '#ui/time.tsx';
import { ACCESS_RESULTS, type SecretSearch } from './search.ts';
import type { AccessEntry } from './types.ts';

const EVERY_MS = 5_000;

/** The log as it grows: no event tells of a use, so it is asked for while somebody looks at its newest page. Whoever reads on is not disturbed. */
function useAccessLog(id: string, result: SecretSearch['result']): Rows<AccessEntry> & { live: boolean } {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    ...pagesQuery<AccessEntry>(`/secrets/${id}/access-log`, { result }),
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) > 1 ? false : EVERY_MS),
    staleTime: 0,
  });
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  return {
    rows,
    loading: isPending,
    error,
    live: (data?.pages.length ?? 1) <= 1,
    hasMore: hasNextPage,
    loadingMore: isFetchingNextPage,
    loadMore: () => void fetchNextPage(),
    retry: () => void refetch(),
  };
}

const LOOKS: Record<AccessEntry['result'], [tone: Tone, icon: LucideIcon]> = {
  success: ['good', CircleCheck],
  denied: ['warn', Ban],
  failed: ['bad', CircleX],
};
const Result = ({ value }: { value: AccessEntry['result'] }) => {
  const [tone, Icon] = LOOKS[value];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`secrets.log.result.${value}`)}
    </Badge>
  );
};
const ChangeLink = ({ id }: { id: string | null }) =>
  id && (
    <Link to="/changes/$id" params={{ id }} className="text-xs text-accent hover:underline">
      {t('audit.change')}
    </Link>
  );

const columns = (): Column<AccessEntry>[] => [
  { id: 'at', header: t('secrets.log.at'), width: '9rem', fixed: true, cell: ({ at }) => <Time at={at} />, csv: ({ at }) => at },
  { id: 'actor', header: t('secrets.log.actor'), width: '11rem', fixed: true, cell: ({ actor }) => actor.name, csv: ({ actor }) => actor.name },
  { id: 'purpose', header: t('secrets.log.purpose'), cell: ({ purpose }) => <span className="[overflow-wrap:anywhere]">{purpose}</span>, csv: ({ purpose }) => purpose },
  { id: 'operation', header: t('secrets.log.operation'), width: '12rem', hideBelow: 'md', cell: ({ operation }) => <code className="text-xs [overflow-wrap:anywhere]">{operation}</code>, csv: ({ operation }) => operation },
  { id: 'version', header: t('secrets.version'), width: '5.5rem', align: 'end', hideBelow: 'md', cell: ({ secret }) => secret.version, csv: ({ secret }) => secret.version },
  { id: 'result', header: t('secrets.log.result'), width: '9rem', cell: ({ result }) => <Result value={result} />, csv: ({ result }) => result },
  { id: 'ip', header: t('secrets.log.ip'), width: '9rem', hideBelow: 'lg', cell: ({ ip }) => <code className="text-xs">{ip}</code>, csv: ({ ip }) => ip },
  { id: 'change', header: t('audit.column.change'), width: '6rem', hideBelow: 'lg', cell: ({ changeId }) => <ChangeLink id={changeId} />, csv: ({ changeId }) => changeId },
]; // prettier-ignore

const compact = (entry: AccessEntry) => (
  <span className="flex flex-col gap-1 py-1">
    <span className="flex items-baseline justify-between gap-2">
      <span className="font-medium">{entry.actor.name}</span>
      <Result value={entry.result} />
    </span>
    <span className="[overflow-wrap:anywhere]">{entry.purpose}</span>
    <span className="flex flex-wrap items-center gap-x-2.5 text-xs text-ink-3">
      <code>{entry.operation}</code>
      <ChangeLink id={entry.changeId} />
      <span className="ms-auto">
        <Time at={entry.at} short />
      </span>
    </span>
  </span>
);

export interface SecretAccessLogsProps {
  id: string;
  result: SecretSearch['result'];
  onResult: (result: SecretSearch['result']) => void;
}
/** Every time the value was handed out, or was asked for and refused: to whom, and what for. */
export function SecretAccessLogs({ id, result, onResult }: SecretAccessLogsProps) {
  const log = useAccessLog(id, result);
  return (
    <DataTable
      name="secret-access"
      label={t('secrets.log')}
      columns={useMemo(columns, [])}
      source={log}
      rowId={(entry) => entry.id}
      compact={compact}
      toolbar={
        <>
          <Filter
            label={t('secrets.log.result')}
            value={result}
            onChange={onResult}
            choices={ACCESS_RESULTS.map((value) => ({ value, label: t(`secrets.log.result.${value}`) }))}
          />
          <Button size="sm" variant="ghost" icon={<RefreshCw aria-hidden className="size-3.5" />} onClick={log.retry}>
            {t('secrets.log.refresh')}
          </Button>
          {log.live && <span className="text-xs whitespace-nowrap text-ink-3">{t('secrets.log.live', { count: EVERY_MS / 1000 })}</span>}
        </>
      }
      empty={
        <EmptyState icon={Eye} title={t(result ? 'secrets.log.none' : 'secrets.log.empty')}>
          {t('secrets.log.empty.text')}
        </EmptyState>
      }
    />
  );
}
