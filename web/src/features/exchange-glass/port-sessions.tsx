import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { Select } from '#ui/select.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { Age } from './age.tsx';
import { portRoutesQuery, portSessionsQuery, VIEWS, type OnServer, type View } from './api.ts';
import { Routes } from './routes.tsx';
import { SessionFacts, SessionState } from './session-facts.tsx';

const ServerLine = ({ told }: { told: OnServer }) => (
  <li className="flex flex-col gap-2 px-4 py-3">
    <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
      <span className="font-medium [overflow-wrap:anywhere]">{told.name}</span>
      {told.readAt !== null && <Age readAt={told.readAt} stale={told.stale} />}
    </div>
    {told.problem !== null && <p className="text-ink-2 [overflow-wrap:anywhere]">{t('glass.unasked', { reason: told.problem.detail })}</p>}
    {told.problem === null && told.sessions.length === 0 && <p className="text-ink-2">{t('glass.noSession')}</p>}
    {told.sessions.map((session) => (
      <div key={session.protocol} className="flex flex-col gap-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <SessionState session={session} />
          <span className="text-xs text-ink-3">{t('glass.since', { since: session.since })}</span>
        </div>
        <SessionFacts session={session} />
      </div>
    ))}
  </li>
);

function OwnRoutes({ port, servers }: { port: string; servers: readonly OnServer[] }) {
  const [server, setServer] = useState(servers[0]!.routeServer);
  const [view, setView] = useState<View>('refused');
  const [prefix, setPrefix] = useState('');
  const wanted = prefix === '' ? undefined : prefix;
  return (
    <Card title={t('glass.ownRoutes')}>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        {servers.length > 1 && (
          <Select
            aria-label={t('exchange.server')}
            size="sm"
            className="max-w-56"
            choices={servers.map(({ routeServer, name }) => ({ value: routeServer, label: name }))}
            value={server}
            onChange={setServer}
          />
        )}
        <SearchInput label={t('glass.search')} value={prefix} onChange={setPrefix} />
      </div>
      <Tabs
        label={t('glass.routes')}
        value={view}
        onChange={setView}
        tabs={(['refused', ...VIEWS.filter((one) => one !== 'refused')] as const).map((value) => ({
          value,
          label: t(`glass.view.${value}`),
          content: value === view && (
            <Routes
              query={portRoutesQuery(port, server, view, wanted)}
              label={t(`glass.view.${value}`)}
              empty={t(value === 'refused' ? 'glass.none.refused' : 'glass.none')}
            />
          ),
        }))}
      />
    </Card>
  );
}

/** What route servers say of a port: its sessions, and which routes they take, refuse and tell it. */
export function PortGlass({ port }: { port: string }) {
  const { data, error, refetch } = useQuery(portSessionsQuery(port));
  if (data?.items.length === 0) return null;
  const answering = data?.items.filter(({ problem }) => problem === null) ?? [];
  return (
    <>
      <Card flush title={t('glass.sessions')}>
        {data ? (
          <ul className="divide-y divide-line">
            {data.items.map((told) => (
              <ServerLine key={told.routeServer} told={told} />
            ))}
          </ul>
        ) : error ? (
          <ProblemView error={error} retry={() => void refetch()} />
        ) : (
          <SkeletonText lines={4} />
        )}
      </Card>
      {answering.length > 0 && <OwnRoutes port={port} servers={answering} />}
    </>
  );
}
