import { Download, ListFilter } from 'lucide-react';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { ActorFilter } from '#features/audit/actor-filter.tsx';
import { EntryTable } from '#features/audit/entry-table.tsx';
import { auditQuery, RESULTS } from '#features/audit/filters.ts';
import { PeriodFilter } from '#features/audit/period-filter.tsx';
import { urlOf } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { useOperations } from '#lib/manifest.ts';
import { compact, type Loose } from '#lib/search.ts';
import { useCan } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter } from '#ui/filter.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { stateText } from '#ui/state.tsx';
import type { ComplianceSearch } from './search.ts';

/** The trail as auditors ask of it: by whom, on what, which operation, with which result, and when; and all of that as a file. */
export function TrailTab({ search }: { search: ComplianceSearch }) {
  const navigate = useNavigate();
  const [now] = useState(() => Date.now());
  const operations = useOperations();
  const mayExport = useCan('audit:export');
  const show = useCallback(
    (next: Loose<ComplianceSearch>) =>
      void navigate({
        to: '/compliance',
        search: (before) => compact<ComplianceSearch>({ ...(before as ComplianceSearch), ...next }),
        replace: true,
      }),
    [navigate],
  );
  const { tab: _tab, days: _days, ...filters } = search;
  const query = auditQuery(filters, now);
  const icon = <Download aria-hidden className="size-3.5" />;
  return (
    <EntryTable
      name="compliance-trail"
      className="min-h-96"
      query={query}
      open={{ id: search.open ?? null, onChange: (open) => show({ open: open ?? undefined }) }}
      empty={
        <EmptyState icon={ListFilter} title={t('audit.none.title')}>
          {t('audit.none.text')}
        </EmptyState>
      }
      toolbar={
        <>
          <SearchInput
            className="shrink-0 sm:w-68"
            label={t('compliance.trail.resource')}
            value={search.resource ?? ''}
            onChange={(resource) => show({ resource: resource || undefined })}
          />
          <ActorFilter value={search.actor} onChange={(actor) => show({ actor })} />
          <Filter
            label={t('audit.column.operation')}
            value={search.operation}
            onChange={(operation) => show({ operation })}
            choices={operations.map(({ name }) => ({ value: name, label: name }))}
          />
          <Filter
            label={t('audit.column.result')}
            value={search.result}
            onChange={(result) => show({ result })}
            choices={RESULTS.map((value) => ({ value, label: stateText(value) }))}
          />
          <PeriodFilter from={search.from} to={search.to} onChange={show} />
          {mayExport && (
            <Button asChild>
              <a href={urlOf('/audit/export', { ...query, format: 'csv' })} download>
                {icon}
                {t('audit.export.csv')}
              </a>
            </Button>
          )}
        </>
      }
    />
  );
}
