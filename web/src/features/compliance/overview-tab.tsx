import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { duration, number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { metricsQuery } from './api.ts';
import { Bars } from './bars.tsx';
import { DayChart } from './day-chart.tsx';
import { Figure, Queue } from './figures.tsx';
import { HeatMap } from './heat-map.tsx';
import type { Period } from './search.ts';
import { changesPerDay, ratio, violationsPerDay } from './series.ts';
import { OUTCOMES, type Metrics, type Outcome } from './types.ts';

const COLOURS: Record<Outcome, string> = { succeeded: 'good', failed: 'bad', refused: 'warn', open: 'ink-3' };

function Charts({ metrics }: { metrics: Metrics }) {
  const changes = useMemo(() => {
    const { days, counts } = changesPerDay(metrics);
    return { days, series: OUTCOMES.map((outcome) => ({ label: t(`compliance.outcome.${outcome}`), colour: COLOURS[outcome], counts: counts[outcome] })) };
  }, [metrics]); // prettier-ignore
  const violations = useMemo(() => {
    const { days, counts } = violationsPerDay(metrics);
    return { days, series: [{ label: t('compliance.violations'), colour: 'warn', counts }] };
  }, [metrics]);
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Card title={t('compliance.changes')}>
        <DayChart label={t('compliance.changes')} {...changes} />
      </Card>
      <Card title={t('compliance.violations')}>
        <DayChart label={t('compliance.violations')} {...violations} />
      </Card>
    </div>
  );
}

const classText = (upTo: number | null): string => (upTo === null ? t('compliance.longer') : t('compliance.upTo', { time: duration(upTo) }));

function Approvals({ approvals }: Pick<Metrics, 'approvals'>) {
  const { approved, rejected, expired, median, p90, classes } = approvals;
  const share = ratio(approvals);
  return (
    <Card title={t('compliance.approvals')}>
      <p className="mb-3 text-ink-2">
        {share === null
          ? t('compliance.approvals.none')
          : t('compliance.approvals.text', { share, approved: number(approved), rejected: number(rejected), expired: number(expired) })}
        {median !== null && p90 !== null && ` ${t('compliance.approvals.times', { median: duration(median), p90: duration(p90) })}`}
      </p>
      {/* Up to ten seconds nobody has read what they agreed to. */}
      <Bars bars={classes.map(({ upTo, count }, at) => ({ key: String(upTo), label: classText(upTo), count, tone: at === 0 ? 'warn' : 'accent' }))} />
    </Card>
  );
}

const Users = ({ users }: Pick<Metrics, 'users'>) => (
  <Card title={t('compliance.users')} flush>
    <table className="w-full text-sm">
      <thead className="text-xs text-ink-3">
        <tr>
          <th scope="col" className="px-4 py-2 text-start font-medium">
            {t('compliance.user')}
          </th>
          <th scope="col" className="px-4 py-2 text-end font-medium">
            {t('compliance.changes')}
          </th>
          <th scope="col" className="px-4 py-2 text-end font-medium">
            {t('compliance.violations')}
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {users.map(({ id, name, changes, violations }) => (
          <tr key={id}>
            <th scope="row" className="px-4 py-1.5 text-start font-normal [overflow-wrap:anywhere]">
              <Link to="/compliance" search={{ tab: 'trail', actor: id }} className="hover:underline">
                {name}
              </Link>
            </th>
            <td className="px-4 py-1.5 text-end tabular-nums">{number(changes)}</td>
            <td className="px-4 py-1.5 text-end tabular-nums">{number(violations)}</td>
          </tr>
        ))}
      </tbody>
    </table>
    {users.length === 0 && <p className="px-4 py-6 text-center text-ink-2">{t('compliance.none')}</p>}
  </Card>
);

/** How the organisation is governed at a glance; kept true by what is heard from elsewhere. */
export function OverviewTab({ days }: { days: Period }) {
  const { data: metrics, error, refetch } = useQuery(metricsQuery(days));
  if (error) return <ProblemView error={error} retry={() => void refetch()} />;
  if (!metrics) return <SkeletonText lines={12} />;
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-5">
        <Queue queue={metrics.queue} />
        <Figure label={t('compliance.changes')} value={metrics.changes.total} to="/changes" />
        <Figure label={t('compliance.violations')} value={metrics.violations.total} to="/compliance" search={{ tab: 'trail', result: 'denied' }} />
        <Figure
          label={t('compliance.emergencies')}
          value={metrics.emergencies.total}
          note={t('compliance.unreviewed', { count: metrics.emergencies.unreviewed })}
          to="/emergencies"
        />
        {metrics.drift !== null && <Figure label={t('compliance.drift')} value={metrics.drift} to="/infrastructure/servers" />}
      </div>
      <Charts metrics={metrics} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Approvals approvals={metrics.approvals} />
        <HeatMap heat={metrics.violations.heat} />
        <Users users={metrics.users} />
        {metrics.roles && (
          <Card title={t('compliance.roles')}>
            <Bars bars={metrics.roles.map(({ key, name, people }) => ({ key, label: name, count: people }))} />
          </Card>
        )}
      </div>
    </div>
  );
}
