import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Telescope } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { oneOf, textOf, type RawSearch } from '#lib/search.ts';
import { useCan } from '#lib/session.ts';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { Select } from '#ui/select.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { Crumbs } from '#features/exchange/crumbs.tsx';
import { Age } from './age.tsx';
import { searchQuery, serversQuery, sessionRoutesQuery, sessionsQuery, statusQuery, VIEWS, type Server, type Session, type View } from './api.ts';
import { Routes } from './routes.tsx';
import { SessionFacts, SessionState } from './session-facts.tsx';

/** What the address says: a server, one of its sessions and which of its routes, or what is searched for. */
interface Look {
  server: string;
  session?: string | undefined;
  view: View;
  prefix?: string | undefined;
}
const mono = (text: string) => (
  <span className="font-mono text-xs [overflow-wrap:anywhere]" dir="ltr">
    {text}
  </span>
);

function Daemon({ server }: { server: Server }) {
  const { data, error, refetch } = useQuery(statusQuery(server.handle));
  return (
    <Card title={server.name} aside={data && <Age readAt={data.readAt} stale={data.stale} />}>
      {data ? (
        <KeyValues
          rows={[
            [t('glass.daemon'), mono(`BIRD ${data.version}`)],
            [t('glass.message'), data.message],
            [t('exchange.routerId'), data.routerId === null ? null : mono(data.routerId)],
            [t('glass.reboot'), data.lastReboot === null ? null : mono(data.lastReboot)],
            [t('glass.reconfiguration'), data.lastReconfiguration === null ? null : mono(data.lastReconfiguration)],
          ]}
        />
      ) : error ? (
        <ProblemView error={error} retry={() => void refetch()} />
      ) : (
        <SkeletonText lines={4} />
      )}
    </Card>
  );
}

const SessionLine = ({ session, look }: { session: Session; look: Look }) => (
  <li className="flex flex-col gap-1 px-4 py-2" aria-current={session.protocol === look.session ? 'true' : undefined}>
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Link
        to="/exchange/lg"
        search={{ server: look.server, session: session.protocol }}
        className="font-medium [overflow-wrap:anywhere] hover:text-accent hover:underline"
      >
        {session.description ?? session.protocol}
      </Link>
      <SessionState session={session} />
      <span className="text-xs text-ink-3">{t('glass.since', { since: session.since })}</span>
      {session.neighborAddress !== null && mono(session.neighborAddress)}
    </div>
    <SessionFacts session={session} />
  </li>
);

function SessionList({ look }: { look: Look }) {
  const { data, error, refetch } = useQuery(sessionsQuery(look.server));
  return (
    <Card flush title={t('glass.sessions')} aside={data && <Age readAt={data.readAt} stale={data.stale} />}>
      {!data && error ? (
        <ProblemView error={error} retry={() => void refetch()} />
      ) : !data ? (
        <SkeletonText lines={6} />
      ) : data.items.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">{t('glass.sessions.none')}</p>
      ) : (
        <ul className="max-h-[32rem] divide-y divide-line overflow-y-auto" tabIndex={0} aria-label={t('glass.sessions')}>
          {data.items.map((session) => (
            <SessionLine key={session.protocol} session={session} look={look} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function SessionRoutes({ look, session }: { look: Look; session: string }) {
  const navigate = useNavigate();
  const seesRefused = useCan('exchangeRequests:read');
  const views = VIEWS.filter((view) => seesRefused || view === 'accepted' || view === 'exported');
  const { server, view } = look;
  return (
    <Card title={t('glass.routesOf', { session })}>
      <Tabs
        label={t('glass.routes')}
        value={view}
        onChange={(next) => void navigate({ to: '/exchange/lg', search: { server, session, view: next }, replace: true })}
        tabs={views.map((value) => ({
          value,
          label: t(`glass.view.${value}`),
          content: value === view && <Routes query={sessionRoutesQuery(server, session, view, undefined)} label={t(`glass.view.${value}`)} empty={t('glass.none')} />,
        }))}
      />
    </Card>
  );
} // prettier-ignore

function Glass({ servers, look }: { servers: readonly Server[]; look: Look }) {
  const navigate = useNavigate();
  const { server, session, prefix } = look;
  const one = servers.find(({ handle }) => handle === server)!;
  const search = (next: string): void => void navigate({ to: '/exchange/lg', search: { server, ...(next === '' ? {} : { prefix: next }) }, replace: true });
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label={t('exchange.server')}
          choices={servers.map(({ handle, name, fabric }) => ({ value: handle, label: name, help: fabric }))}
          value={server}
          onChange={(next) => void navigate({ to: '/exchange/lg', search: { server: next } })}
          size="sm"
          className="max-w-56"
        />
        <SearchInput label={t('glass.search')} value={prefix ?? ''} onChange={search} className="w-72" />
      </div>
      <Daemon server={one} />
      {prefix !== undefined && (
        <Card title={t('glass.foundFor', { prefix })}>
          <Routes query={searchQuery(server, prefix)} label={t('glass.foundFor', { prefix })} empty={t('glass.none')} />
        </Card>
      )}
      {session !== undefined && <SessionRoutes look={look} session={session} />}
      <SessionList look={look} />
    </>
  );
} // prettier-ignore

/** What route servers have: sessions, and the routes that come and go by them. */
export function GlassPage({ search }: { search: RawSearch }) {
  const { data, error, refetch } = useQuery(serversQuery);
  const servers = data?.items ?? [];
  const server = servers.find(({ handle }) => handle === search['server'])?.handle ?? servers[0]?.handle;
  const view = oneOf(VIEWS, search['view']) ?? 'accepted';
  return (
    <PageFrame title={t('glass.title')} facts={t('glass.lead')} eyebrow={<Crumbs />} width="reading">
      {error ? (
        <ProblemView error={error} retry={() => void refetch()} />
      ) : !data ? (
        <SkeletonText lines={8} />
      ) : server === undefined ? (
        <EmptyState icon={Telescope} title={t('glass.empty')}>
          {t('glass.empty.text')}
        </EmptyState>
      ) : (
        <Glass servers={servers} look={{ server, view, session: textOf(search['session']), prefix: textOf(search['prefix']) }} />
      )}
    </PageFrame>
  );
}
