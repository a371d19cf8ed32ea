import { Link, useNavigate } from '@tanstack/react-router';
import { ListFilter, Plus, Server as ServerIcon } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { money } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import type { Loose } from '#lib/search.ts';
import { useCan } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { DataTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter, FilterToggle } from '#ui/filter.tsx';
import { PageFrame } from '#ui/page.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { stateText } from '#ui/state.tsx';
import { useConnections, useRegions } from './api.ts';
import { BulkActions, type BulkAction } from './bulk-actions.tsx';
import { BulkDeleteDialog } from './bulk-delete-dialog.tsx';
import { BulkPowerDialog } from './bulk-power-dialog.tsx';
import { ServerCompact, serverColumns } from './columns.tsx';
import { chosen, DEFAULT_SORT, isFiltered, serversQuery, type ServersSearch } from './filters.ts';
import { SelectorFilter } from './selector-filter.tsx';
import { SERVER_STATUSES, type Server } from './types.ts';

const ENVIRONMENTS = ['dev', 'staging', 'prod'];

const NewServer = () => {
  const mayCreate = useCan('servers:create');
  const icon = <Plus aria-hidden className="size-3.5" />;
  return mayCreate ? (
    <Button asChild variant="primary" data-hotkey="n">
      <Link to="/infrastructure/servers/new">
        {icon}
        {t('servers.new')}
      </Link>
    </Button>
  ) : (
    <Button variant="primary" icon={icon} blocked={t('server.blocked.permission', { permission: 'servers:create' })}>
      {t('servers.new')}
    </Button>
  );
};

/** How many, and what they cost together; only when all of them are here. */
function Facts({ servers, complete }: { servers: readonly Server[]; complete: boolean }) {
  if (!complete || servers.length === 0) return null;
  const currency = servers[0]!.cost.monthly.currency;
  if (servers.some(({ cost }) => cost.monthly.currency !== currency)) return t('servers.count', { count: servers.length });
  const amount = servers.reduce((sum, { cost }) => sum + cost.monthly.amount, 0);
  return t('servers.total', { count: servers.length, cost: money({ amount, currency }) });
}

/** Every server of the tenant, live. What is shown is in the address, so a view can be sent to a colleague. */
export function ServersPage({ search }: { search: ServersSearch }) {
  const navigate = useNavigate();
  const source = usePages<Server>('/servers', serversQuery(search));
  const connections = useConnections();
  const regions = useRegions();
  const [bulk, setBulk] = useState<{ action: BulkAction; servers: Server[] } | null>(null);
  const columns = useMemo(() => serverColumns(connections, regions), [connections, regions]);
  const show = useCallback(
    (next: Loose<ServersSearch>) =>
      void navigate({ to: '/infrastructure/servers', search: (now) => chosen(now as ServersSearch, next), replace: true }),
    [navigate],
  );
  const find = useCallback((q: string) => show({ q: q || undefined }), [show]);
  const environments = [...new Set([...ENVIRONMENTS, ...source.rows.flatMap(({ environment }) => environment ?? [])])].sort();

  return (
    <PageFrame
      title={t('servers.title')}
      width="fill"
      facts={<Facts servers={source.rows} complete={!source.loading && !source.hasMore} />}
      actions={<NewServer />}
    >
      <DataTable
        name="servers"
        label={t('servers.list')}
        className="flex-1"
        columns={columns}
        source={source}
        compact={(server) => <ServerCompact server={server} />}
        rowId={(server) => server.id}
        onOpen={(server) => void navigate({ to: '/infrastructure/servers/$id', params: { id: server.id } })}
        sort={search.sort ?? DEFAULT_SORT}
        onSort={(sort) => show({ sort: sort === DEFAULT_SORT ? undefined : (sort as NonNullable<ServersSearch['sort']>) })}
        bulk={(rows, clear) => (
          <BulkActions
            servers={rows}
            onChoose={(action) => {
              setBulk({ action, servers: rows });
              clear();
            }}
          />
        )}
        empty={<Empty filtered={isFiltered(search)} />}
        toolbar={
          <>
            <SearchInput className="shrink-0" label={t('servers.search')} value={search.q ?? ''} onChange={find} />
            <Filter
              label={t('servers.column.status')}
              value={search.status}
              onChange={(status) => show({ status })}
              choices={SERVER_STATUSES.filter((value) => value !== 'deleted').map((value) => ({ value, label: stateText(value) }))}
            />
            <Filter
              label={t('servers.column.environment')}
              value={search.environment}
              onChange={(environment) => show({ environment })}
              choices={environments.map((value) => ({ value, label: value }))}
            />
            {(regions.length > 0 || search.region) && (
              <Filter
                label={t('servers.column.region')}
                value={search.region}
                onChange={(region) => show({ region })}
                choices={regions.map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))}
              />
            )}
            {connections.length > 1 && (
              <Filter
                label={t('servers.column.connection')}
                value={search.connection}
                onChange={(connection) => show({ connection })}
                choices={connections.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
            <SelectorFilter value={search.labels} onChange={(labels) => show({ labels })} />
            <FilterToggle label={t('servers.filter.drift')} on={search.drift ?? false} onChange={(drift) => show({ drift })} />
          </>
        }
      />
      {bulk?.action === 'delete' && <BulkDeleteDialog servers={bulk.servers} onClose={() => setBulk(null)} />}
      {bulk && bulk.action !== 'delete' && <BulkPowerDialog action={bulk.action} servers={bulk.servers} onClose={() => setBulk(null)} />}
    </PageFrame>
  );
}

const Empty = ({ filtered }: { filtered: boolean }) =>
  filtered ? (
    <EmptyState
      icon={ListFilter}
      title={t('servers.none.title')}
      action={
        <Button asChild>
          <Link to="/infrastructure/servers" search={{}}>
            {t('changes.none.action')}
          </Link>
        </Button>
      }
    >
      {t('servers.none.text')}
    </EmptyState>
  ) : (
    <EmptyState icon={ServerIcon} title={t('servers.empty.title')} action={<NewServer />}>
      {t('servers.empty.text')}
    </EmptyState>
  );
