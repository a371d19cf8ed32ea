import { useNavigate } from '@tanstack/react-router';
import { ListFilter, Play } from 'lucide-react';
import { useMemo } from 'react';
import { PeriodFilter } from '#features/audit/period-filter.tsx';
import { runStateText } from '#features/workflow-graph/run-state.tsx';
import { triggerText } from '#features/workflows/trigger-words.tsx';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { compact, type Loose, type RawSearch } from '#lib/search.ts';
import type { Named } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { DataTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter, FilterToggle } from '#ui/filter.tsx';
import { BulkRuns } from './bulk-runs.tsx';
import { executionColumns, executionCompact } from './columns.tsx';
import { Figures } from './figures.tsx';
import { executionsQuery, executionsSearch, isFiltered, type ExecutionsSearch } from './search.ts';
import { EXECUTION_STATES, TRIGGER_KINDS, type ExecutionSummary } from './types.ts';
import { useFresh } from './use-fresh.ts';

interface FiltersProps {
  search: ExecutionsSearch;
  rows: readonly ExecutionSummary[];
  show: (next: Loose<ExecutionsSearch>) => void;
}
function Filters({ search, rows, show }: FiltersProps) {
  const versions = [...new Set([...rows.flatMap(({ version }) => version ?? []), ...(search.version ? [Number(search.version)] : [])])];
  const types = [...new Set([...rows.flatMap(({ error }) => error?.type ?? []), ...(search.errorType ? [search.errorType] : [])])];
  return (
    <>
      <Filter
        label={t('executions.column.status')}
        value={search.status}
        onChange={(status) => show({ status })}
        choices={EXECUTION_STATES.map((value) => ({ value, label: runStateText(value) }))}
      />
      <Filter
        label={t('executions.column.trigger')}
        value={search.trigger}
        onChange={(trigger) => show({ trigger })}
        choices={TRIGGER_KINDS.map((value) => ({ value, label: triggerText(value) }))}
      />
      {versions.length > 0 && (
        <Filter
          label={t('executions.column.version')}
          value={search.version}
          onChange={(version) => show({ version })}
          choices={versions.sort((a, b) => b - a).map((value) => ({ value: String(value), label: String(value) }))}
        />
      )}
      {types.length > 0 && (
        <Filter
          label={t('executions.filter.error')}
          value={search.errorType}
          onChange={(errorType) => show({ errorType })}
          choices={types.sort().map((value) => ({ value, label: value }))}
        />
      )}
      <PeriodFilter from={search.since} to={search.until} onChange={({ from, to }) => show({ since: from, until: to })} />
      <FilterToggle label={t('executions.filter.mine')} on={search.mine ?? false} onChange={(mine) => show({ mine })} />
      <FilterToggle label={t('executions.filter.test')} on={search.test ?? false} onChange={(test) => show({ test })} />
    </>
  );
}

const NOTHING: Loose<ExecutionsSearch> = {
  status: undefined,
  trigger: undefined,
  version: undefined,
  errorType: undefined,
  since: undefined,
  until: undefined,
  mine: undefined,
  test: undefined,
};

/** Executions of one workflow, or of all: what they have in common, and each. */
export function ExecutionsView({ workflow, search: raw }: { workflow?: Named; search: RawSearch }) {
  const navigate = useNavigate();
  const search = executionsSearch(raw);
  const source = usePages<ExecutionSummary>('/executions', executionsQuery(search, workflow?.id));
  useFresh(source.rows);
  const all = workflow === undefined;
  const show = (next: Loose<ExecutionsSearch>): void => {
    const wanted = compact<ExecutionsSearch>({ ...search, ...next });
    if (all) void navigate({ to: '/executions', search: wanted, replace: true });
    else void navigate({ to: '/workflows/$id/$view', params: { id: workflow.id, view: 'executions' }, search: wanted, replace: true });
  };
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col gap-4">
      <Figures rows={source.rows} />
      <DataTable
        name={all ? 'executions' : 'workflow-executions'}
        label={t('executions.title')}
        columns={useMemo(() => executionColumns(all), [all])}
        source={source}
        rowId={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: '/executions/$id', params: { id } })}
        compact={useMemo(() => executionCompact(all), [all])}
        bulk={(rows, clear) => <BulkRuns chosen={rows} clear={clear} />}
        toolbar={<Filters search={search} rows={source.rows} show={show} />}
        empty={
          isFiltered(search) ? (
            <EmptyState icon={ListFilter} title={t('executions.none')} action={<Button onClick={() => show(NOTHING)}>{t('executions.none.all')}</Button>}>
              {t('executions.none.text')}
            </EmptyState>
          ) : (
            <EmptyState icon={Play} title={t('executions.empty')}>
              {t('executions.empty.text')}
            </EmptyState>
          )
        }
      />
    </div>
  );
} // prettier-ignore
