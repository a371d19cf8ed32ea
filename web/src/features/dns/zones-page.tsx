import { Link, useNavigate } from '@tanstack/react-router';
import { Globe, ListFilter, Plus } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { compact, type Loose } from '#lib/search.ts';
import { useCan } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Environment } from '#ui/environment.tsx';
import { Filter } from '#ui/filter.tsx';
import { PageFrame } from '#ui/page.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { State, stateText } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import type { Connection } from '#features/clouds/types.ts';
import { useDnsConnections } from './api.ts';
import { CreateZoneDialog } from './create-zone-dialog.tsx';
import type { ZonesSearch } from './filters.ts';
import type { Zone } from './types.ts';

const Name = ({ zone }: { zone: Zone }) => (
  <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
    <Link to="/infrastructure/dns/$id" params={{ id: zone.id }} className="font-medium [overflow-wrap:anywhere] hover:text-accent hover:underline">
      {zone.unicodeName}
    </Link>
    {zone.unicodeName !== zone.name && <code className="text-xs text-ink-3">{zone.name}</code>}
  </span>
);

const zoneColumns = (connections: readonly Connection[]): Column<Zone>[] => {
  const connectionName = (id: string): string => connections.find((connection) => connection.id === id)?.name ?? '';
  return [
    { id: 'name', header: t('zones.column.name'), fixed: true, cell: (zone) => <Name zone={zone} />, csv: ({ name }) => name },
    {
      id: 'state',
      header: t('servers.column.status'),
      width: '8.5rem',
      cell: ({ state }) => <State variant="plain" of="resource" value={state} />,
      csv: ({ state }) => stateText(state),
    },
    {
      id: 'records',
      header: t('zones.column.records'),
      width: '6.5rem',
      align: 'end',
      cell: ({ recordCount }) => number(recordCount),
      csv: ({ recordCount }) => recordCount,
    },
    {
      id: 'environment',
      header: t('servers.column.environment'),
      width: '8rem',
      hideBelow: 'md',
      cell: ({ environment }) => environment && <Environment name={environment} />,
      csv: ({ environment }) => environment,
    },
    {
      id: 'connection',
      header: t('zones.column.connection'),
      width: '12rem',
      hideBelow: 'md',
      cell: ({ connectionId }) => <span className="text-ink-2">{connectionName(connectionId)}</span>,
      csv: ({ connectionId }) => connectionName(connectionId),
    },
    {
      id: 'serial',
      header: t('zones.column.serial'),
      width: '8.5rem',
      align: 'end',
      hideBelow: 'lg',
      cell: ({ serial }) => <code className="text-xs text-ink-2">{serial}</code>,
      csv: ({ serial }) => serial,
    },
    {
      id: 'nameservers',
      header: t('zones.column.nameservers'),
      optional: true,
      cell: ({ nameservers }) => <span className="text-ink-2">{nameservers.join(', ')}</span>,
      csv: ({ nameservers }) => nameservers.join(' '),
    },
    {
      id: 'updated',
      header: t('zones.column.updated'),
      width: '9rem',
      align: 'end',
      hideBelow: 'sm',
      cell: ({ updatedAt }) => (
        <span className="text-ink-3">
          <Time at={updatedAt} />
        </span>
      ),
      csv: ({ updatedAt }) => updatedAt,
    },
  ];
};

const Compact = ({ zone }: { zone: Zone }) => (
  <span className="flex flex-col gap-1 py-1">
    <Name zone={zone} />
    <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-ink-3">
      <State value={zone.state} of="resource" variant="plain" className="text-ink" />
      {t('zones.records', { count: zone.recordCount })}
      {zone.environment && <Environment name={zone.environment} />}
    </span>
  </span>
);

const Create = ({ onClick }: { onClick: () => void }) => {
  const mayCreate = useCan('dns:create');
  return (
    <Button
      variant="primary"
      icon={<Plus aria-hidden className="size-3.5" />}
      blocked={mayCreate ? null : t('server.blocked.permission', { permission: 'dns:create' })}
      data-hotkey="n"
      onClick={onClick}
    >
      {t('zones.create')}
    </Button>
  );
};

/** Every zone of the tenant. */
export function ZonesPage({ search }: { search: ZonesSearch }) {
  const navigate = useNavigate();
  const { q, connection, environment } = search;
  const source = usePages<Zone>('/dns/zones', { q, connectionId: connection, environment });
  const connections = useDnsConnections();
  const [creating, setCreating] = useState(false);
  const columns = useMemo(() => zoneColumns(connections), [connections]);
  const show = useCallback(
    (next: Loose<ZonesSearch>) =>
      void navigate({ to: '/infrastructure/dns', search: (now) => compact<ZonesSearch>({ ...(now as ZonesSearch), ...next }), replace: true }),
    [navigate],
  );
  const find = useCallback((text: string) => show({ q: text || undefined }), [show]);
  const environments = [...new Set(['dev', 'staging', 'prod', ...source.rows.flatMap((zone) => zone.environment ?? [])])].sort();
  const open = (zone: Zone) => void navigate({ to: '/infrastructure/dns/$id', params: { id: zone.id } });
  return (
    <PageFrame title={t('zones.title')} facts={t('zones.lead')} width="fill" actions={<Create onClick={() => setCreating(true)} />}>
      <DataTable
        name="zones"
        label={t('zones.title')}
        className="flex-1"
        columns={columns}
        source={source}
        compact={(zone) => <Compact zone={zone} />}
        rowId={(zone) => zone.id}
        onOpen={open}
        empty={
          Object.keys(search).length > 0 ? (
            <EmptyState
              icon={ListFilter}
              title={t('zones.none.title')}
              action={
                <Button asChild>
                  <Link to="/infrastructure/dns" search={{}}>
                    {t('changes.none.action')}
                  </Link>
                </Button>
              }
            >
              {t('zones.none.text')}
            </EmptyState>
          ) : (
            <EmptyState icon={Globe} title={t('zones.empty.title')} action={<Create onClick={() => setCreating(true)} />}>
              {t('zones.empty.text')}
            </EmptyState>
          )
        }
        toolbar={
          <>
            <SearchInput className="shrink-0" label={t('zones.search')} value={q ?? ''} onChange={find} />
            <Filter
              label={t('servers.column.environment')}
              value={environment}
              onChange={(next) => show({ environment: next })}
              choices={environments.map((value) => ({ value, label: value }))}
            />
            {connections.length > 1 && (
              <Filter
                label={t('zones.column.connection')}
                value={connection}
                onChange={(next) => show({ connection: next })}
                choices={connections.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
          </>
        }
      />
      {creating && <CreateZoneDialog onClose={() => setCreating(false)} />}
    </PageFrame>
  );
}
