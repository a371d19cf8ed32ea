import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import type { AuditEntry, Page } from '#lib/types.ts';
import { Card } from '#ui/card.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { List } from './list.tsx';

const Row = ({ entry }: { entry: AuditEntry }) => {
  const target = entry.targets.map(({ name, id }) => name ?? id).join(', ');
  return (
    <div className="px-4 py-2">
      <div className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate">
          <span className="font-medium">{entry.actor.name}</span> <code className="text-xs text-ink-2">{entry.operation}</code>
        </span>
        <span className="shrink-0 text-xs text-ink-3">
          <Time at={entry.at} short />
        </span>
      </div>
      <div className="flex items-center gap-2 text-xs">
        <State variant="plain" value={entry.result} className="text-ink-2" />
        <span className="min-w-0 flex-1 truncate text-ink-3">{entry.reason?.text ?? target}</span>
        {entry.changeId && (
          <Link to="/changes/$id" params={{ id: entry.changeId }} className="shrink-0 text-accent hover:underline">
            {t('dashboard.activity.change')}
          </Link>
        )}
      </div>
    </div>
  );
};

/** The last lines of the audit trail that changed something or were refused. */
export function ActivityCard() {
  const query = { limit: 40 };
  const { data, error, refetch } = useQuery({
    queryKey: ['/audit/entries', 'recent'],
    queryFn: ({ signal }) => request<Page<AuditEntry>>('GET', '/audit/entries', { query, signal }),
    select: ({ items }) => items.filter(({ risk, result }) => risk !== 'read' || result === 'denied').slice(0, 8),
  });
  return (
    <Card flush title={t('dashboard.activity')}>
      <List items={data} error={error} retry={() => void refetch()} expected={5} empty={t('dashboard.activity.none')}>
        {(entry) => <Row entry={entry} />}
      </List>
    </Card>
  );
}
