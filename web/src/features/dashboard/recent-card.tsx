import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { openPalette } from '#features/palette/open.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import type { ChangeSummary, Page } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Environment } from '#ui/environment.tsx';
import { Progress } from '#ui/progress.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { List } from './list.tsx';

const MOVING = new Set(['running', 'verifying', 'rolling_back']);

const Row = ({ change }: { change: ChangeSummary }) => (
  <Link
    to="/changes/$id"
    params={{ id: change.number }}
    className="grid min-h-10 grid-cols-[4.5rem_minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-2 -outline-offset-2 hover:bg-hover sm:grid-cols-[4.5rem_minmax(0,1fr)_5rem_9rem_6.5rem] sm:py-1.5"
  >
    <span className="font-mono text-xs text-ink-3">{change.number}</span>
    <span className="truncate max-sm:order-first max-sm:col-span-full">{change.summary}</span>
    <span className="flex sm:justify-end">{change.environment && <Environment name={change.environment} />}</span>
    <span>
      {MOVING.has(change.state) ? (
        <span className="flex items-center gap-2">
          <Progress value={change.progress} label={t('change.run.progress')} className="w-20!" />
          <span className="text-xs whitespace-nowrap text-ink-2">{change.progress} %</span>
        </span>
      ) : (
        <State value={change.state} variant="plain" />
      )}
    </span>
    <span className="text-end text-xs text-ink-3 max-sm:hidden">
      <Time at={change.createdAt} />
    </span>
  </Link>
);

/** What this person asked for lately. */
export function RecentCard() {
  const query = { mine: true, limit: 8 };
  const { data, error, refetch } = useQuery({
    queryKey: ['/changes', 'recent'],
    queryFn: ({ signal }) => request<Page<ChangeSummary>>('GET', '/changes', { query, signal }),
  });
  return (
    <Card
      flush
      title={t('dashboard.recent')}
      aside={
        <Link to="/changes" search={{ mine: true }} className="text-accent hover:underline">
          {t('dashboard.recent.all')}
        </Link>
      }
    >
      <List
        items={data?.items}
        error={error}
        retry={() => void refetch()}
        expected={5}
        empty={
          <span className="flex flex-col items-center gap-3">
            {t('dashboard.recent.none')}
            <Button size="sm" onClick={openPalette}>
              {t('changes.empty.action')}
            </Button>
          </span>
        }
      >
        {(change) => <Row change={change} />}
      </List>
    </Card>
  );
}
