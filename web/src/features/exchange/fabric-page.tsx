import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Cable, CircleCheck, CirclePause, Router, Unlink } from 'lucide-react';
import { useMemo } from 'react';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { oneOf, type RawSearch } from '#lib/search.ts';
import { useMe } from '#lib/session.ts';
import { Badge } from '#ui/badge.tsx';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { AddButton } from './add-button.tsx';
import { fabricQuery, LISTS, type Connection, type Fabric, type RouteServer } from './api.ts';
import { Crumbs } from './crumbs.tsx';
import { RowActs } from './row-acts.tsx';

const TABS = ['connections', 'servers'] as const;
const mono = (text: string) => <span className="font-mono text-xs [overflow-wrap:anywhere]">{text}</span>;

const State = ({ state }: Pick<Connection, 'state'>) => (
  <Badge tone={state === 'active' ? 'good' : 'quiet'} icon={state === 'active' ? <CircleCheck aria-hidden /> : <CirclePause aria-hidden />}>
    {t(`exchange.state.${state}`)}
  </Badge>
);
const ServerName = ({ server: { handle, name } }: { server: RouteServer }) => (
  <span className="min-w-0">
    <Link to="/exchange/route-servers/$id" params={{ id: handle }} className="font-medium [overflow-wrap:anywhere] hover:text-accent hover:underline">
      {name}
    </Link>
    <span className="ms-2 font-mono text-xs rtl:ms-0 rtl:me-2 text-ink-3">{handle}</span>
  </span>
);

const connectionColumns = (): Column<Connection>[] => [
  { id: 'network', header: t('exchange.network'), fixed: true, cell: ({ participant, asn }) => <span className="min-w-0"><span className="font-medium [overflow-wrap:anywhere]">{participant}</span> {mono(`AS${asn}`)}</span>, csv: ({ asn }) => asn },
  { id: 'v6', header: t('exchange.address'), width: '15rem', hideBelow: 'md', cell: ({ addressV6 }) => mono(addressV6), csv: ({ addressV6 }) => addressV6 },
  { id: 'state', header: t('exchange.state'), width: '9rem', cell: ({ state }) => <State state={state} />, csv: ({ state }) => state },
  { id: 'acts', header: t('exchange.acts'), width: '6rem', cell: (connection) => <RowActs resource="connections" item={connection} of={connection.participant} />, csv: () => '' },
]; // prettier-ignore
const serverColumns = (): Column<RouteServer>[] => [
  { id: 'name', header: t('exchange.server'), fixed: true, cell: (server) => <ServerName server={server} />, csv: ({ handle }) => handle },
  { id: 'v6', header: t('exchange.address'), width: '15rem', hideBelow: 'md', cell: ({ addressV6 }) => mono(addressV6), csv: ({ addressV6 }) => addressV6 },
  { id: 'router', header: t('exchange.routerId'), width: '10rem', hideBelow: 'lg', cell: ({ routerId }) => mono(routerId), csv: ({ routerId }) => routerId },
]; // prettier-ignore

function Connections({ fabric }: { fabric: Fabric }) {
  return (
    <DataTable
      name="exchange-connections"
      label={t('exchange.connections')}
      columns={useMemo(connectionColumns, [])}
      source={usePages<Connection>(LISTS.connections, { fabricId: fabric.id })}
      rowId={({ id }) => id}
      compact={(connection) => (
        <span className="flex items-center justify-between gap-2 py-1">
          <span className="flex min-w-0 flex-col items-start gap-1">
            <span className="font-medium [overflow-wrap:anywhere]">{connection.participant}</span>
            {mono(`AS${connection.asn}`)}
            {mono(connection.addressV6)}
            <State state={connection.state} />
          </span>
          <RowActs resource="connections" item={connection} of={connection.participant} />
        </span>
      )}
      empty={
        <EmptyState icon={Cable} title={t('exchange.connections.empty')} action={<AddConnection fabric={fabric} />}>
          {t('exchange.connections.empty.text')}
        </EmptyState>
      }
    />
  );
}

function Servers({ fabric }: { fabric: Fabric }) {
  const navigate = useNavigate();
  return (
    <DataTable
      name="exchange-route-servers"
      label={t('exchange.servers')}
      columns={useMemo(serverColumns, [])}
      source={usePages<RouteServer>(LISTS.servers, { fabricId: fabric.id })}
      rowId={({ id }) => id}
      onOpen={({ handle }) => void navigate({ to: '/exchange/route-servers/$id', params: { id: handle } })}
      compact={(server) => (
        <span className="flex flex-col gap-1 py-1">
          <ServerName server={server} />
          {mono(server.addressV6)}
        </span>
      )}
      empty={
        <EmptyState icon={Router} title={t('exchange.servers.empty')} action={<AddServer fabric={fabric} />}>
          {t('exchange.servers.empty.text')}
        </EmptyState>
      }
    />
  );
}

interface Adding {
  fabric: Fabric;
  hotkey?: boolean;
}
const AddConnection = ({ fabric, ...rest }: Adding) => (
  <AddButton name="exchange.connections.create" label="exchange.connections.add" input={{ fabricId: fabric.slug }} {...rest} />
);
const AddServer = ({ fabric, ...rest }: Adding) => (
  <AddButton name="exchange.routeServers.create" label="exchange.servers.add" input={{ fabricId: fabric.slug }} {...rest} />
);

function FabricView({ fabric, search }: { fabric: Fabric; search: RawSearch }) {
  const navigate = useNavigate();
  const { tenant } = useMe();
  const tab = oneOf(TABS, search['tab']) ?? 'connections';
  const content = { connections: <Connections fabric={fabric} />, servers: <Servers fabric={fabric} /> };
  return (
    <PageFrame
      title={fabric.name}
      eyebrow={<Crumbs />}
      facts={
        <>
          {mono(`AS${fabric.rsAsn}`)}
          {mono(fabric.ipv6Prefix)}
          {fabric.ipv4Prefix !== null && mono(fabric.ipv4Prefix)}
          <span>{t(`exchange.ipv4.${fabric.ipv4Mode}`)}</span>
          <span>{t(`exchange.rpki.${fabric.rpkiMode}`)}</span>
          <span>{t(`exchange.irr.${fabric.irrMode}`)}</span>
          {fabric.approvalBy !== null && <span>{t('exchange.byRule', { name: fabric.approvalBy })}</span>}
          <span>{t('exchange.mtu', { mtu: fabric.mtu })}</span>
          {fabric.orphanedFrom !== null && (
            <Badge tone="warn" icon={<Unlink aria-hidden />}>
              {t('exchange.orphaned', { network: fabric.orphanedFrom })}
            </Badge>
          )}
          {fabric.published && tenant && (
            <Link to="/exchange/$tenant/members" params={{ tenant: tenant.slug }} className="text-accent underline">
              {t('exchangeMembers.public')}
            </Link>
          )}
          {fabric.published && fabric.lookingglassPublic && tenant && (
            <Link to="/exchange/$tenant/lg" params={{ tenant: tenant.slug }} className="text-accent underline">
              {t('glass.public')}
            </Link>
          )}
          {fabric.description !== null && <span className="basis-full">{fabric.description}</span>}
        </>
      }
      actions={
        <>
          <RowActs resource="fabrics" item={fabric} of={fabric.name} />
          {tab === 'connections' ? <AddConnection fabric={fabric} hotkey /> : <AddServer fabric={fabric} hotkey />}
        </>
      }
    >
      <Tabs
        label={fabric.name}
        value={tab}
        onChange={(next) =>
          void navigate({
            to: '/exchange/fabrics/$id',
            params: { id: fabric.slug },
            search: next === 'connections' ? {} : { tab: next },
            replace: true,
          })
        }
        tabs={TABS.map((value) => ({ value, label: t(`exchange.${value}`), content: value === tab ? content[value] : null }))}
      />
    </PageFrame>
  );
}

/** One peering LAN: who is connected, and its route servers. */
export function FabricPage({ id, search }: { id: string; search: RawSearch }) {
  const { data, error, refetch } = useQuery(fabricQuery(id));
  if (data) return <FabricView fabric={data} search={search} />;
  if (error) return <ProblemView error={error} size="page" retry={() => void refetch()} />;
  return (
    <PageFrame title={t('exchange.fabric')}>
      <SkeletonText lines={8} />
    </PageFrame>
  );
}
