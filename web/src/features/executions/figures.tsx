import { lazy, Suspense, useMemo } from 'react';
import { Link } from '@tanstack/react-router';
import { duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Card } from '#ui/card.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import { durationsOf, failureGroups, median } from './groups.ts';
import type { ExecutionSummary } from './types.ts';

const Chart = lazy(() => import('./duration-chart.tsx').then(({ DurationChart }) => ({ default: DurationChart })));
const MOST_GROUPS = 5;

/** What the executions in the list have in common: how long they took, and what failed alike. */
export function Figures({ rows }: { rows: readonly ExecutionSummary[] }) {
  const durations = useMemo(() => durationsOf(rows), [rows]);
  const groups = useMemo(() => failureGroups(rows), [rows]);
  if (durations.times.length < 2 && groups.length === 0) return null;
  const middle = median([...durations.good, ...durations.bad].filter((value): value is number => value !== null));
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Card title={t('executions.chart')} aside={middle !== null && t('executions.chart.median', { time: duration(middle) })}>
        <Suspense fallback={<Skeleton className="h-36" />}>
          <Chart
            durations={durations}
            label={t('executions.chart.label', { count: durations.times.length, median: middle === null ? '–' : duration(middle) })}
          />
        </Suspense>
      </Card>
      <Card flush title={t('executions.failures')} aside={t('executions.failures.of', { count: rows.length })}>
        {groups.length === 0 ? (
          <p className="p-4 text-ink-2">{t('executions.failures.none')}</p>
        ) : (
          <ul aria-label={t('executions.failures')}>
            {groups.slice(0, MOST_GROUPS).map((group) => (
              <li
                key={`${group.type} ${group.nodeKey} ${group.id}`}
                className="flex items-start gap-3 border-b border-line px-4 py-2 last:border-b-0"
              >
                <Badge tone="bad">×{group.count}</Badge>
                <span className="min-w-0 flex-1">
                  <span className="flex flex-wrap gap-x-2">
                    <code>{group.type}</code>
                    {group.nodeKey && <span className="text-ink-3">{t('executions.failures.at', { node: group.nodeKey })}</span>}
                  </span>
                  <span className="line-clamp-2 text-xs text-ink-2 [overflow-wrap:anywhere]">{group.message}</span>
                </span>
                <Link to="/executions/$id" params={{ id: group.id }} className="shrink-0 rounded-sm text-xs text-accent hover:underline">
                  <span className="sr-only">{t('executions.failures.newest', { type: group.type })} </span>
                  <Time at={group.at} short />
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}
