import { Link, useNavigate } from '@tanstack/react-router';
import { CalendarDays, FlaskConical, Plus, Scale } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { compact, type Loose } from '#lib/search.ts';
import { Button } from '#ui/button.tsx';
import { DataTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter } from '#ui/filter.tsx';
import { PageFrame } from '#ui/page.tsx';
import { PermissionGate } from '#ui/permission-gate.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { policyColumns, policyCompact } from './columns.tsx';
import type { ListSearch } from './search.ts';
import { Starters } from './starters.tsx';
import type { PolicySetSummary } from './types.ts';

const FEW = 3;

const Acts = () => (
  <>
    <PermissionGate permission="calendars:read">
      <Button asChild>
        <Link to="/policies/calendars">
          <CalendarDays aria-hidden className="size-3.5" />
          {t('calendars.title')}
        </Link>
      </Button>
    </PermissionGate>
    <PermissionGate permission="policies:test">
      <Button asChild>
        <Link to="/policies/simulate">
          <FlaskConical aria-hidden className="size-3.5" />
          {t('simulate.title')}
        </Link>
      </Button>
    </PermissionGate>
    <PermissionGate permission="policies:write">
      <Button asChild variant="primary">
        <Link to="/policies/new" data-hotkey="n">
          <Plus aria-hidden className="size-3.5" />
          {t('policies.create')}
        </Link>
      </Button>
    </PermissionGate>
  </>
);

/** What holds in this tenant, set by set. */
export function PoliciesPage({ search }: { search: ListSearch }) {
  const navigate = useNavigate();
  const source = usePages<PolicySetSummary>('/policies', { q: search.q, retired: search.retired, activity: true });
  const show = useCallback(
    (next: Loose<ListSearch>) => void navigate({ to: '/policies', search: compact<ListSearch>({ ...search, ...next }), replace: true }),
    [navigate, search],
  );
  const find = useCallback((q: string) => show({ q: q || undefined }), [show]);
  // A tenant begins with one set that is not its own; whoever has written some knows how.
  const isFresh = !source.loading && !source.error && !search.q && source.rows.filter(({ isProtected }) => !isProtected).length < FEW;
  return (
    <PageFrame title={t('policies.title')} facts={t('policies.lead')} width="fill" actions={<Acts />}>
      <DataTable
        name="policies"
        label={t('policies.title')}
        className={isFresh ? 'shrink-0' : 'flex-1'}
        columns={useMemo(policyColumns, [])}
        source={source}
        compact={policyCompact}
        rowId={(set) => set.id}
        onOpen={(set) => void navigate({ to: '/policies/$id', params: { id: set.id } })}
        toolbar={
          <>
            <SearchInput label={t('policies.search')} value={search.q ?? ''} onChange={find} />
            <Filter
              label={t('policies.show')}
              value={search.retired ? 'retired' : undefined}
              onChange={(next) => show({ retired: next ? true : undefined })}
              choices={[{ value: 'retired', label: t('policies.show.retired') }]}
            />
          </>
        }
        empty={
          <EmptyState icon={Scale} title={t('policies.empty')}>
            {t('policies.empty.text')}
          </EmptyState>
        }
      />
      {isFresh && <Starters />}
    </PageFrame>
  );
}
