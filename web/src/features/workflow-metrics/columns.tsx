import { Link } from '@tanstack/react-router';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { compact } from '#lib/search.ts';
import type { Column } from '#ui/data-table/index.ts';
import { Time } from '#ui/time.tsx';
import type { MetricsSearch } from './search.ts';
import type { Metric } from './types.ts';
import { figure, labelsText, MetricLabels } from './words.tsx';

const Name = ({ metric: { id, name } }: { metric: Metric }) => (
  <Link
    to="/workflows/metrics"
    search={(now) => compact<MetricsSearch>({ ...(now as MetricsSearch), open: id })}
    className="font-medium [overflow-wrap:anywhere] hover:text-accent hover:underline"
  >
    {name}
  </Link>
);
const Last = ({ metric: { lastValue, unit } }: { metric: Metric }) => <span className="tabular-nums">{figure(lastValue, unit)}</span>;

export const metricColumns = (): Column<Metric>[] => [
  { id: 'name', header: t('metrics.name'), width: '26%', fixed: true, cell: (metric) => <Name metric={metric} />, csv: ({ name }) => name },
  { id: 'labels', header: t('metrics.labels'), cell: (metric) => <MetricLabels metric={metric} />, csv: labelsText },
  { id: 'last', header: t('metrics.last'), width: '10rem', cell: (metric) => <Last metric={metric} />, csv: ({ lastValue }) => String(lastValue) },
  { id: 'unit', header: t('metrics.unit'), width: '6rem', optional: true, cell: ({ unit }) => unit, csv: ({ unit }) => unit },
  { id: 'when', header: t('metrics.when'), width: '9rem', cell: ({ lastAt }) => <Time at={lastAt} />, csv: ({ lastAt }) => lastAt },
  { id: 'samples', header: t('metrics.samples'), width: '8rem', hideBelow: 'md', cell: ({ samples }) => number(samples), csv: ({ samples }) => String(samples) },
]; // prettier-ignore

/** One series on a narrow screen. */
export const MetricCompact = ({ metric }: { metric: Metric }) => (
  <span className="flex flex-col gap-1.5 py-1">
    <Name metric={metric} />
    <MetricLabels metric={metric} />
    <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-ink-3">
      <Last metric={metric} />
      <span className="ms-auto">
        <Time at={metric.lastAt} short />
      </span>
    </span>
  </span>
);
