import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';
import type { ChangeSummary, Page } from '#lib/types.ts';
import { Card } from '#ui/card.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';

const SHOWN = 5;

/** The last Changes of a resource; all of them are in its own tab. */
export function RecentChanges({ targetId }: { targetId: string }) {
  const enabled = useCan('changes:read');
  const { data } = useQuery({
    queryKey: ['/changes', 'recent-of', targetId],
    queryFn: ({ signal }) => request<Page<ChangeSummary>>('GET', '/changes', { query: { targetId, limit: SHOWN }, signal }),
    enabled,
  });
  if (!enabled || data?.items.length === 0) return null;
  return (
    <Card flush title={t('server.recent')}>
      {data ? (
        <ul className="divide-y divide-line">
          {data.items.map((change) => (
            <li key={change.id}>
              <Link
                to="/changes/$id"
                params={{ id: change.number }}
                className="grid grid-cols-[4.5rem_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 px-4 py-2 -outline-offset-2 hover:bg-hover sm:grid-cols-[4.5rem_minmax(0,1fr)_9rem_6.5rem]"
              >
                <span className="font-mono text-xs text-ink-3">{change.number}</span>
                <span className="truncate max-sm:order-first max-sm:col-span-full">{change.summary}</span>
                <State value={change.state} variant="plain" />
                <span className="text-end text-ink-3">
                  <Time at={change.createdAt} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <div className="p-4">
          <SkeletonText lines={3} />
        </div>
      )}
    </Card>
  );
}
