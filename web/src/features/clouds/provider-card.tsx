import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CirclePause, CirclePlay, Ellipsis, RefreshCw, ShieldCheck, Trash2, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { request } from '#lib/api.ts';
import { money, number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';
import type { Money, Page } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { Environment } from '#ui/environment.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { Menu, MenuItem, MenuSeparator } from '#ui/menu.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { sellsServers } from './api.ts';
import { kindIcons } from './kinds.ts';
import type { ProviderAct } from './provider-dialogs.tsx';
import type { ListedConnection, Server } from './types.ts';

const MOST = 200;
/** What the servers cost together; beyond a page of them it is a lower bound. */
const spendQuery = (connectionId: string) => ({
  queryKey: ['/servers', 'spend', connectionId],
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<{ cost: Money; complete: boolean } | null> => {
    const { items, nextCursor } = await request<Page<Server>>('GET', '/servers', { query: { connectionId, limit: MOST }, signal });
    const currency = items[0]?.cost.monthly.currency;
    if (!currency) return null;
    const amount = items.reduce((sum, { cost }) => sum + (cost.monthly.currency === currency ? cost.monthly.amount : 0), 0);
    return { cost: { amount, currency }, complete: nextCursor === null };
  },
});

const Figure = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="min-w-0">
    <p className="text-xs text-ink-3">{label}</p>
    <p className="mt-0.5 truncate text-lg font-semibold tracking-[-0.01em]">{children}</p>
  </div>
);

function Figures({ connection }: { connection: ListedConnection }) {
  const mayServers = useCan('servers:read');
  const { data } = useQuery({ ...spendQuery(connection.id), enabled: mayServers && connection.servers > 0 });
  return (
    <div className="grid grid-cols-3 gap-3 border-y border-line py-3">
      <Figure label={t('servers.title')}>
        <Link to="/infrastructure/servers" search={{ connection: connection.id }} className="hover:text-accent hover:underline">
          {number(connection.servers)}
        </Link>
      </Figure>
      <Figure label={t('clouds.spend')}>{data ? `${data.complete ? '' : '≥ '}${money(data.cost)}` : '—'}</Figure>
      <Figure label={t('clouds.findings')}>
        {connection.openFindings > 0 ? (
          <Link to="/infrastructure/servers" search={{ connection: connection.id, drift: true }} className="text-warn hover:underline">
            {number(connection.openFindings)}
          </Link>
        ) : (
          '0'
        )}
      </Figure>
    </div>
  );
}

/** How many zones it serves. */
function Zones({ connection }: { connection: ListedConnection }) {
  const enabled = useCan('dns:read');
  const { data } = useQuery({
    queryKey: ['/dns/zones', 'of', connection.id],
    queryFn: ({ signal }) =>
      request<Page<{ recordCount: number }>>('GET', '/dns/zones', { query: { connectionId: connection.id, limit: MOST }, signal }),
    enabled,
  });
  const more = data?.nextCursor ? '+' : '';
  return (
    <div className="grid grid-cols-3 gap-3 border-y border-line py-3">
      <Figure label={t('zones.title')}>
        {data ? (
          <Link to="/infrastructure/dns" search={{ connection: connection.id }} className="hover:text-accent hover:underline">
            {number(data.items.length)}
            {more}
          </Link>
        ) : (
          '—'
        )}
      </Figure>
      <Figure label={t('zones.column.records')}>
        {data ? `${number(data.items.reduce((sum, zone) => sum + zone.recordCount, 0))}${more}` : '—'}
      </Figure>
    </div>
  );
}

function Acts({ connection, onAct }: { connection: ListedConnection; onAct: (act: ProviderAct) => void }) {
  const blockedFor = (permission: string, may: boolean) => (may ? null : t('server.blocked.permission', { permission }));
  const update = blockedFor('clouds:update', useCan('clouds:update'));
  const remove = blockedFor('clouds:delete', useCan('clouds:delete'));
  const paused = connection.status === 'paused';
  return (
    <Menu
      align="end"
      className="w-64"
      trigger={
        <Button variant="ghost" size="icon-sm" aria-label={t('clouds.actions', { name: connection.name })}>
          <Ellipsis aria-hidden className="size-4" />
        </Button>
      }
    >
      <MenuItem icon={<RefreshCw aria-hidden />} blocked={update ?? (paused ? t('clouds.blocked.paused') : null)} onSelect={() => onAct('sync')}>
        {t('clouds.act.sync')}
      </MenuItem>
      <MenuItem icon={<ShieldCheck aria-hidden />} blocked={update} onSelect={() => onAct('revalidate')}>
        {t('clouds.act.revalidate')}
      </MenuItem>
      {paused ? (
        <MenuItem icon={<CirclePlay aria-hidden />} blocked={update} onSelect={() => onAct('resume')}>
          {t('clouds.act.resume')}
        </MenuItem>
      ) : (
        <MenuItem icon={<CirclePause aria-hidden />} blocked={update} onSelect={() => onAct('pause')}>
          {t('clouds.act.pause')}
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem danger icon={<Trash2 aria-hidden />} blocked={remove} onSelect={() => onAct('delete')}>
        {t('clouds.act.delete')}
      </MenuItem>
    </Menu>
  );
}

/** `ns1.example.net:53` for a server that is reached over the network. */
const serverText = ({ config: { server, port } }: ListedConnection): string | null =>
  typeof server === 'string' ? `${server}:${typeof port === 'number' ? port : 53}` : null;

/** One connection: how it is, whose it is, what hangs on it. */
export function ProviderCard({ connection, onAct }: { connection: ListedConnection; onAct: (act: ProviderAct) => void }) {
  const Icon = kindIcons[connection.kind];
  const { lastPass, statusReason } = connection;
  return (
    <section aria-label={connection.name} className="flex min-w-0 flex-1 flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <header className="flex items-start gap-3">
        <span className="grid size-9 shrink-0 place-items-center rounded-md border border-line bg-sunken text-ink-2">
          <Icon aria-hidden className="size-4.5" strokeWidth={1.75} />
        </span>
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-base font-semibold">{connection.name}</h2>
          <p className="truncate text-xs text-ink-3">{t(`kind.${connection.kind}`)}</p>
        </div>
        <State of="resource" value={connection.status} />
        <Acts connection={connection} onAct={onAct} />
      </header>
      {statusReason && connection.status !== 'active' && (
        <p className="flex items-start gap-2 rounded-md bg-warn-wash px-3 py-2">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
          {statusReason.text}
        </p>
      )}
      {sellsServers(connection) ? <Figures connection={connection} /> : <Zones connection={connection} />}
      <KeyValues
        rows={[
          [t('clouds.identity'), connection.identity],
          [t('kind.server'), serverText(connection)],
          [t('clouds.credential'), connection.credential && <code className="text-xs">{connection.credential.hint}</code>],
          [t('servers.column.environment'), connection.environment && <Environment name={connection.environment} />],
          [
            t('clouds.lastSync'),
            sellsServers(connection) ? (
              <>
                {connection.lastSyncAt ? <Time at={connection.lastSyncAt} /> : t('time.never')}
                {lastPass && !lastPass.complete && <span className="text-warn">{lastPass.problem ?? t('clouds.pass.incomplete')}</span>}
                {lastPass?.complete && <span className="text-ink-3">{t('clouds.pass.seen', { count: lastPass.seen })}</span>}
              </>
            ) : null,
          ],
        ]}
      />
    </section>
  );
}
