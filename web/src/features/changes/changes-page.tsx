import { Link, useNavigate } from '@tanstack/react-router';
import { GitPullRequestArrow, ListFilter } from 'lucide-react';
import { useMemo } from 'react';
import { openPalette } from '#features/palette/open.ts';
import { useOperations } from '#lib/manifest.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { CHANGE_STATES, type ChangeState, type ChangeSummary } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { DataTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter, FilterToggle } from '#ui/filter.tsx';
import { PageFrame } from '#ui/page.tsx';
import { stateText } from '#ui/state.tsx';
import { changeColumns, changeCompact } from './columns.tsx';

export interface ChangesSearch {
  state?: ChangeState;
  mine?: boolean;
  waiting?: boolean;
  operation?: string;
  emergencies?: boolean;
}

const Empty = ({ search }: { search: ChangesSearch }) => {
  if (search.waiting && !search.state && !search.operation)
    return (
      <EmptyState icon={GitPullRequestArrow} title={t('changes.waitingNone.title')}>
        {t('changes.waitingNone.text')}
      </EmptyState>
    );
  if (Object.keys(search).length > 0)
    return (
      <EmptyState
        icon={ListFilter}
        title={t('changes.none.title')}
        action={
          <Button asChild>
            <Link to="/changes" search={{}}>
              {t('changes.none.action')}
            </Link>
          </Button>
        }
      >
        {t('changes.none.text')}
      </EmptyState>
    );
  return (
    <EmptyState
      icon={GitPullRequestArrow}
      title={t('changes.empty.title')}
      action={
        <Button variant="primary" onClick={openPalette}>
          {t('changes.empty.action')}
        </Button>
      }
    >
      {t('changes.empty.text')}
    </EmptyState>
  );
};

/** Every Change of the tenant, newest first. All filters are in the address, so a view can be sent to a colleague. */
export function ChangesPage({ search }: { search: ChangesSearch }) {
  const navigate = useNavigate();
  const { state, mine, waiting, operation, emergencies } = search;
  const source = usePages<ChangeSummary>('/changes', {
    state,
    operation,
    mine: mine ? true : undefined,
    waitingForMe: waiting ? true : undefined,
    emergencies: emergencies ? true : undefined,
  });
  const operations = useOperations();
  const columns = useMemo(changeColumns, []);
  const show = (next: { [K in keyof ChangesSearch]: ChangesSearch[K] | undefined }) =>
    void navigate({ to: '/changes', search: Object.fromEntries(Object.entries({ ...search, ...next }).filter(([, value]) => value)), replace: true });

  return (
    <PageFrame title={t('changes.title')} width="fill">
      <DataTable
        name="changes"
        label={t('changes.list')}
        className="flex-1"
        columns={columns}
        source={source}
        compact={changeCompact}
        rowId={(change) => change.id}
        onOpen={(change) => void navigate({ to: '/changes/$id', params: { id: change.number } })}
        empty={<Empty search={search} />}
        toolbar={
          <>
            <FilterToggle label={t('changes.filter.waiting')} on={waiting ?? false} onChange={(on) => show({ waiting: on })} />
            <FilterToggle label={t('changes.filter.mine')} on={mine ?? false} onChange={(on) => show({ mine: on })} />
            <FilterToggle label={t('changes.filter.emergencies')} on={emergencies ?? false} onChange={(on) => show({ emergencies: on })} />
            <Filter
              label={t('changes.filter.state')}
              value={state}
              onChange={(next) => show({ state: next })}
              choices={CHANGE_STATES.map((value) => ({ value, label: stateText(value) }))}
            />
            <Filter
              label={t('changes.filter.operation')}
              value={operation}
              onChange={(next) => show({ operation: next })}
              choices={operations
                .filter(({ risk, change }) => risk !== 'read' && change !== 'none' && change !== false)
                .map(({ name }) => ({ value: name, label: name }))}
            />
          </>
        }
      />
    </PageFrame>
  );
}
