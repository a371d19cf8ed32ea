import { Link, useNavigate } from '@tanstack/react-router';
import { Network as NetworkIcon, Telescope, Users } from 'lucide-react';
import { useMemo } from 'react';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { oneOf, type RawSearch } from '#lib/search.ts';
import { Button } from '#ui/button.tsx';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { AddButton } from './add-button.tsx';
import { LISTS, type Fabric, type Network } from './api.ts';
import { RowActs } from './row-acts.tsx';

const TABS = ['fabrics', 'networks'] as const;
const mono = (text: string) => <span className="font-mono text-xs">{text}</span>;

const FabricName = ({ fabric: { slug, name } }: { fabric: Fabric }) => (
  <span className="min-w-0">
    <Link to="/exchange/fabrics/$id" params={{ id: slug }} className="font-medium [overflow-wrap:anywhere] hover:text-accent hover:underline">
      {name}
    </Link>
    <span className="ms-2 font-mono text-xs rtl:ms-0 rtl:me-2 text-ink-3">{slug}</span>
  </span>
);
const fabricColumns = (): Column<Fabric>[] => [
  { id: 'name', header: t('exchange.fabric'), fixed: true, cell: (fabric) => <FabricName fabric={fabric} />, csv: ({ slug }) => slug },
  { id: 'prefix', header: t('exchange.prefixes'), width: '14rem', hideBelow: 'md', cell: ({ ipv6Prefix }) => mono(ipv6Prefix), csv: ({ ipv6Prefix }) => ipv6Prefix },
  { id: 'asn', header: t('exchange.rsAsn'), width: '9rem', hideBelow: 'lg', cell: ({ rsAsn }) => mono(`AS${rsAsn}`), csv: ({ rsAsn }) => rsAsn },
  { id: 'connections', header: t('exchange.connections'), width: '8rem', align: 'end', cell: ({ connections }) => number(connections), csv: ({ connections }) => connections },
]; // prettier-ignore

const networkColumns = (): Column<Network>[] => [
  { id: 'name', header: t('exchange.network'), fixed: true, cell: ({ name }) => <span className="font-medium [overflow-wrap:anywhere]">{name}</span>, csv: ({ name }) => name },
  { id: 'asn', header: 'ASN', width: '9rem', cell: ({ asn }) => mono(`AS${asn}`), csv: ({ asn }) => asn },
  { id: 'asSet', header: 'AS-SET', width: '12rem', hideBelow: 'md', cell: ({ effective }) => mono(effective.asSet ?? '–'), csv: ({ effective }) => effective.asSet ?? '' },
  { id: 'acts', header: t('exchange.acts'), width: '6rem', cell: (network) => <RowActs resource="participants" item={network} of={network.name} />, csv: () => '' },
]; // prettier-ignore

function Fabrics() {
  const navigate = useNavigate();
  return (
    <DataTable
      name="exchange-fabrics"
      label={t('exchange.fabrics')}
      columns={useMemo(fabricColumns, [])}
      source={usePages<Fabric>(LISTS.fabrics)}
      rowId={({ id }) => id}
      onOpen={({ slug }) => void navigate({ to: '/exchange/fabrics/$id', params: { id: slug } })}
      compact={(fabric) => (
        <span className="flex flex-col gap-1 py-1">
          <FabricName fabric={fabric} />
          {mono(fabric.ipv6Prefix)}
        </span>
      )}
      empty={
        <EmptyState
          icon={NetworkIcon}
          title={t('exchange.fabrics.empty')}
          action={<AddButton name="exchange.fabrics.create" label="exchange.fabrics.add" />}
        >
          {t('exchange.fabrics.empty.text')}
        </EmptyState>
      }
    />
  );
}

function Networks() {
  return (
    <DataTable
      name="exchange-networks"
      label={t('exchange.networks')}
      columns={useMemo(networkColumns, [])}
      source={usePages<Network>(LISTS.networks)}
      rowId={({ id }) => id}
      compact={(network) => (
        <span className="flex items-center justify-between gap-2 py-1">
          <span className="flex min-w-0 flex-col gap-1">
            <span className="font-medium [overflow-wrap:anywhere]">{network.name}</span>
            {mono(`AS${network.asn}`)}
          </span>
          <RowActs resource="participants" item={network} of={network.name} />
        </span>
      )}
      empty={
        <EmptyState
          icon={Users}
          title={t('exchange.networks.empty')}
          action={<AddButton name="exchange.participants.create" label="exchange.networks.add" />}
        >
          {t('exchange.networks.empty.text')}
        </EmptyState>
      }
    />
  );
}

/** The peering LANs of an exchange and the networks that meet on them. */
export function ExchangePage({ search }: { search: RawSearch }) {
  const navigate = useNavigate();
  const tab = oneOf(TABS, search['tab']) ?? 'fabrics';
  const add =
    tab === 'fabrics' ? (
      <AddButton name="exchange.fabrics.create" label="exchange.fabrics.add" hotkey />
    ) : (
      <AddButton name="exchange.participants.create" label="exchange.networks.add" hotkey />
    );
  const acts = (
    <>
      <Button asChild>
        <Link to="/exchange/lg">
          <Telescope aria-hidden className="size-3.5" />
          {t('glass.open')}
        </Link>
      </Button>
      <Button asChild>
        <Link to="/exchange/admin/branding">{t('exchangeFace.change')}</Link>
      </Button>
      {add}
    </>
  );
  const content = { fabrics: <Fabrics />, networks: <Networks /> };
  return (
    <PageFrame
      title={t('nav.exchange')}
      facts={
        <>
          <span>{t('exchange.lead')}</span>
          <Link to="/exchange/admin/drift" className="text-accent underline">
            {t('drift.title')}
          </Link>
          <Link to="/exchange/admin/maintenance" className="text-accent underline">
            {t('maintenance.title')}
          </Link>
        </>
      }
      actions={acts}
    >
      <Tabs
        label={t('nav.exchange')}
        value={tab}
        onChange={(next) => void navigate({ to: '/exchange', search: next === 'fabrics' ? {} : { tab: next }, replace: true })}
        tabs={TABS.map((value) => ({ value, label: t(`exchange.${value}`), content: value === tab ? content[value] : null }))}
      />
    </PageFrame>
  );
}
