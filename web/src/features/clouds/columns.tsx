import { Link } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { megabytes, money } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import type { Column } from '#ui/data-table/index.ts';
import { Environment } from '#ui/environment.tsx';
import { Amount } from '#ui/money.tsx';
import { State, stateText } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { Address } from './address.tsx';
import { DriftBadge } from './drift-badge.tsx';
import { labelsText } from './labels.ts';
import { LabelsView } from './labels-view.tsx';
import type { Connection, Region, Server } from './types.ts';

const Name = ({ server }: { server: Server }) => (
  <span className="flex min-w-44 flex-wrap items-center gap-x-1.5 gap-y-0.5">
    <Link to="/infrastructure/servers/$id" params={{ id: server.id }} className="font-medium whitespace-nowrap hover:text-accent hover:underline">
      {server.name}
    </Link>
    {server.protection.delete && (
      <Lock role="img" aria-label={t('servers.protected')} className="size-3 shrink-0 text-ink-3">
        <title>{t('servers.protected')}</title>
      </Lock>
    )}
    <DriftBadge drift={server.drift} />
  </span>
);

const OpenChange = ({ change }: { change: Server['openChange'] }) =>
  change && (
    <Link to="/changes/$id" params={{ id: change.number ?? change.id }} className="font-mono text-xs text-accent hover:underline">
      {change.number ?? t('servers.openChange')}
    </Link>
  );

/** State, name and where it is. */
const placeColumns = (regions: readonly Region[]): Column<Server>[] => {
  const place = (id: string): string => regions.find((region) => region.id === id)?.name ?? id;
  return [
    {
      id: 'status',
      header: t('servers.column.status'),
      width: '8.5rem',
      fixed: true,
      sort: 'status',
      cell: ({ status }) => <State variant="plain" of="resource" value={status} />,
      csv: ({ status }) => stateText(status),
    },
    { id: 'name', header: t('servers.column.name'), fixed: true, sort: 'name', cell: (server) => <Name server={server} />, csv: ({ name }) => name },
    {
      id: 'size',
      header: t('servers.column.size'),
      width: '11.5rem',
      hideBelow: 'md',
      cell: ({ size, vcpus, memoryMb }) => (
        <span className="whitespace-nowrap">
          {size} <span className="text-ink-3">{t('servers.spec.short', { vcpus, memory: megabytes(memoryMb) })}</span>
        </span>
      ),
      csv: ({ size }) => size,
    },
    {
      id: 'region',
      header: t('servers.column.region'),
      width: '9rem',
      hideBelow: 'lg',
      cell: ({ region }) => <span title={region}>{place(region)}</span>,
      csv: ({ region }) => region,
    },
    {
      id: 'address',
      header: t('servers.column.address'),
      width: '10.5rem',
      hideBelow: 'sm',
      cell: ({ publicIpv4, publicIpv6 }) => (publicIpv4 || publicIpv6) && <Address value={(publicIpv4 ?? publicIpv6)!} />,
      csv: ({ publicIpv4, publicIpv6 }) => publicIpv4 ?? publicIpv6,
    },
    {
      id: 'ipv6',
      header: t('servers.column.ipv6'),
      width: '16rem',
      optional: true,
      cell: ({ publicIpv6 }) => publicIpv6 && <Address value={publicIpv6} />,
      csv: ({ publicIpv6 }) => publicIpv6,
    },
  ];
};

/** What it belongs to and what it costs. */
const belongingColumns = (connections: readonly Connection[]): Column<Server>[] => {
  const connectionName = (id: string): string => connections.find((connection) => connection.id === id)?.name ?? '';
  return [
    {
      id: 'environment',
      header: t('servers.column.environment'),
      width: '8rem',
      hideBelow: 'md',
      cell: ({ environment }) => environment && <Environment name={environment} />,
      csv: ({ environment }) => environment,
    },
    {
      id: 'labels',
      header: t('servers.column.labels'),
      width: '15rem',
      hideBelow: 'xl',
      cell: ({ labels }) => <LabelsView labels={labels} most={2} />,
      csv: ({ labels }) => labelsText(labels),
    },
    {
      id: 'image',
      header: t('servers.column.image'),
      width: '9rem',
      optional: true,
      cell: ({ image }) => <span className="text-ink-2">{image}</span>,
      csv: ({ image }) => image,
    },
    {
      id: 'connection',
      header: t('servers.column.connection'),
      width: '10rem',
      optional: true,
      cell: ({ connectionId }) => <span className="text-ink-2">{connectionName(connectionId)}</span>,
      csv: ({ connectionId }) => connectionName(connectionId),
    },
    {
      id: 'change',
      header: t('servers.column.change'),
      width: '6.5rem',
      hideBelow: 'lg',
      cell: ({ openChange }) => <OpenChange change={openChange} />,
      csv: ({ openChange }) => openChange?.number,
    },
    {
      id: 'created',
      header: t('servers.column.created'),
      width: '9rem',
      optional: true,
      sort: 'createdAt',
      cell: ({ createdAt }) => (
        <span className="text-ink-3">
          <Time at={createdAt} />
        </span>
      ),
      csv: ({ createdAt }) => createdAt,
    },
    {
      id: 'cost',
      header: t('servers.column.cost'),
      width: '7.5rem',
      align: 'end',
      hideBelow: 'sm',
      sort: 'cost',
      cell: ({ cost }) => <Amount value={cost.monthly} />,
      csv: ({ cost }) => money(cost.monthly),
    },
  ];
};

/** Columns of the list of servers. */
export const serverColumns = (connections: readonly Connection[], regions: readonly Region[]): Column<Server>[] => [
  ...placeColumns(regions),
  ...belongingColumns(connections),
];

/** One server on a narrow screen. */
export const ServerCompact = ({ server }: { server: Server }) => (
  <span className="flex flex-col gap-1 py-1">
    <span className="flex items-start justify-between gap-2">
      <Name server={server} />
      <State variant="plain" of="resource" value={server.status} className="text-xs" />
    </span>
    <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-ink-3">
      {server.publicIpv4 && <code className="text-ink-2">{server.publicIpv4}</code>}
      <span>{server.size}</span>
      {server.environment && <Environment name={server.environment} />}
      <OpenChange change={server.openChange} />
      <span className="ms-auto">
        <Amount value={server.cost.monthly} />
      </span>
    </span>
  </span>
);
