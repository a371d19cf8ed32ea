import { Link, useNavigate } from '@tanstack/react-router';
import { Download, ListFilter, ScrollText } from 'lucide-react';
import { useCallback, useState } from 'react';
import { urlOf } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { useOperations } from '#lib/manifest.ts';
import { compact, type Loose } from '#lib/search.ts';
import { useCan } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter, FilterToggle } from '#ui/filter.tsx';
import { Menu, MenuItem } from '#ui/menu.tsx';
import { PageFrame } from '#ui/page.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { stateText } from '#ui/state.tsx';
import { ActorFilter } from './actor-filter.tsx';
import { ChainButton } from './chain.tsx';
import { EntryTable } from './entry-table.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { auditQuery, isFiltered, RANGES, RESULTS, RISKS, SEVERITIES, type AuditSearch, type Range } from './filters.ts';
import { MoreFilters } from './more-filters.tsx';
import { PeriodFilter } from './period-filter.tsx';

/** Both files hold what the filters show, up to the server's limit, and not only the rows read so far. */
function Export({ search, now }: { search: AuditSearch; now: number }) {
  const [open, setOpen] = useState(false);
  const mayExport = useCan('audit:export');
  const icon = <Download aria-hidden className="size-3.5" />;
  if (!mayExport)
    return (
      <Button icon={icon} blocked={t('server.blocked.permission', { permission: 'audit:export' })}>
        {t('audit.export')}
      </Button>
    );
  // The answer comes as a file, so the page stays where it is.
  const link = (format: 'csv' | 'json') => (
    <MenuItem onSelect={() => window.location.assign(urlOf('/audit/export', { ...auditQuery(search, now), format }))}>
      {t(`audit.export.${format}`)}
    </MenuItem>
  );
  return (
    <>
      <Menu align="end" trigger={<Button icon={icon}>{t('audit.export')}</Button>}>
        {link('csv')}
        {link('json')}
        <MenuItem onSelect={() => setOpen(true)}>{t('audit.export.any')}</MenuItem>
      </Menu>
      {open && <ExportDialog query={auditQuery(search, now)} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Who did what, from where, and how it was decided. What is shown is in the address. */
export function AuditPage({ search }: { search: AuditSearch }) {
  const navigate = useNavigate();
  // A range ends when the page was opened or the filter was set; new entries come by live updates.
  const [now, setNow] = useState(() => Date.now());
  const operations = useOperations();
  const show = useCallback(
    (next: Loose<AuditSearch>) => {
      setNow(Date.now());
      void navigate({ to: '/audit', search: (before) => compact<AuditSearch>({ ...(before as AuditSearch), ...next }), replace: true });
    },
    [navigate],
  );
  const find = useCallback((q: string) => show({ q: q || undefined, open: undefined }), [show]);
  const setOpen = useCallback(
    (id: string | null) =>
      void navigate({ to: '/audit', search: (before) => compact<AuditSearch>({ ...(before as AuditSearch), open: id ?? undefined }), replace: true }),
    [navigate],
  );
  return (
    <PageFrame
      title={t('audit.title')}
      facts={t('audit.lead')}
      width="fill"
      actions={
        <>
          <ChainButton />
          <Export search={search} now={now} />
        </>
      }
    >
      <EntryTable
        name="audit"
        className="flex-1"
        query={auditQuery(search, now)}
        open={{ id: search.open ?? null, onChange: setOpen }}
        empty={<Empty filtered={isFiltered(search)} />}
        toolbar={
          <>
            <SearchInput className="shrink-0 sm:w-68" label={t('audit.search')} value={search.q ?? ''} onChange={find} />
            <Filter
              label={t('audit.filter.range')}
              value={search.range}
              onChange={(range) => show({ range, from: undefined, to: undefined })}
              choices={(Object.keys(RANGES) as Range[]).map((value) => ({ value, label: t(`audit.range.${value}`) }))}
            />
            <PeriodFilter from={search.from} to={search.to} onChange={(period) => show({ ...period, range: undefined })} />
            <Filter
              label={t('audit.column.result')}
              value={search.result}
              onChange={(result) => show({ result })}
              choices={RESULTS.map((value) => ({ value, label: stateText(value) }))}
            />
            <Filter
              label={t('audit.column.risk')}
              value={search.risk}
              onChange={(risk) => show({ risk })}
              choices={RISKS.map((value) => ({ value, label: t(`risk.${value}`) }))}
            />
            <Filter
              label={t('audit.filter.severity')}
              value={search.severity}
              onChange={(severity) => show({ severity })}
              choices={SEVERITIES.map((value) => ({ value, label: t(`audit.severity.${value}`) }))}
            />
            <ActorFilter value={search.actor} onChange={(actor) => show({ actor })} />
            <Filter
              label={t('audit.column.operation')}
              value={search.operation}
              onChange={(operation) => show({ operation })}
              choices={[...new Set([...operations.map(({ name }) => name), ...(search.operation ? [search.operation] : [])])]
                .sort()
                .map((name) => ({ value: name, label: name }))}
            />
            <MoreFilters search={search} show={show} />
            {search.target && (
              <FilterToggle label={`${t('audit.column.targets')} ${search.target.slice(0, 8)}`} on onChange={() => show({ target: undefined })} />
            )}
            {search.change && (
              <FilterToggle label={`${t('audit.column.change')} ${search.change.slice(0, 8)}`} on onChange={() => show({ change: undefined })} />
            )}
          </>
        }
      />
    </PageFrame>
  );
}

const Empty = ({ filtered }: { filtered: boolean }) =>
  filtered ? (
    <EmptyState
      icon={ListFilter}
      title={t('audit.none.title')}
      action={
        <Button asChild>
          <Link to="/audit" search={{}}>
            {t('changes.none.action')}
          </Link>
        </Button>
      }
    >
      {t('audit.none.text')}
    </EmptyState>
  ) : (
    <EmptyState icon={ScrollText} title={t('audit.empty.title')}>
      {t('audit.empty.text')}
    </EmptyState>
  );
