import { Link, useNavigate } from '@tanstack/react-router';
import { ChartLine, ChevronRight, ListFilter } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { compact, type Loose } from '#lib/search.ts';
import { Button } from '#ui/button.tsx';
import { DataTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { MetricCompact, metricColumns } from './columns.tsx';
import { MetricDrawer } from './metric-drawer.tsx';
import { metricsSearch, type MetricsSearch } from './search.ts';
import type { Metric } from './types.ts';

const None = ({ filtered }: { filtered: boolean }) =>
  filtered ? (
    <EmptyState
      icon={ListFilter}
      title={t('metrics.none')}
      action={
        <Button asChild>
          <Link to="/workflows/metrics" search={{}}>
            {t('changes.none.action')}
          </Link>
        </Button>
      }
    >
      {t('metrics.none.text')}
    </EmptyState>
  ) : (
    <EmptyState
      icon={ChartLine}
      title={t('metrics.empty')}
      action={
        <Button asChild>
          <Link to="/workflows">{t('metrics.empty.action')}</Link>
        </Button>
      }
    >
      {t('metrics.empty.text')}
    </EmptyState>
  );

/** Figures that workflows keep: what each series was last, and what a chosen one has been. */
export function MetricsPage({ search: raw }: { search: MetricsSearch }) {
  const navigate = useNavigate();
  const search = metricsSearch({ ...raw });
  const { q, open, range = 'day' } = search;
  const source = usePages<Metric>('/workflow-metrics', q === undefined ? {} : { q });
  const show = useCallback(
    (next: Loose<MetricsSearch>) =>
      void navigate({ to: '/workflows/metrics', search: (now) => compact<MetricsSearch>({ ...(now as MetricsSearch), ...next }), replace: true }),
    [navigate],
  );
  const find = useCallback((text: string) => show({ q: text || undefined }), [show]);
  return (
    <PageFrame
      title={t('metrics.title')}
      facts={t('metrics.lead')}
      width="fill"
      eyebrow={
        <span className="flex items-center gap-1">
          <Link to="/workflows" className="rounded-sm hover:text-ink hover:underline">
            {t('workflows.title')}
          </Link>
          <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
        </span>
      }
    >
      <DataTable
        name="workflow-metrics"
        label={t('metrics.title')}
        className="flex-1"
        columns={useMemo(metricColumns, [])}
        source={source}
        rowId={({ id }) => id}
        onOpen={({ id }) => show({ open: id })}
        compact={(metric) => <MetricCompact metric={metric} />}
        toolbar={<SearchInput className="shrink-0" label={t('metrics.search')} value={q ?? ''} onChange={find} />}
        empty={<None filtered={q !== undefined} />}
      />
      {open !== undefined && (
        <MetricDrawer id={open} range={range} onRange={(next) => show({ range: next })} onClose={() => show({ open: undefined })} />
      )}
    </PageFrame>
  );
}
