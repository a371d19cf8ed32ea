import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { CircleCheck, CircleDashed } from 'lucide-react';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { textOf, type RawSearch } from '#lib/search.ts';
import { Badge } from '#ui/badge.tsx';
import { Card } from '#ui/card.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { Select } from '#ui/select.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { PublicPage } from '#features/exchange-face/face.tsx';
import { Age } from './age.tsx';
import { publicRoutesQuery, publicServersQuery, publicSessionsQuery, type PublicServer } from './api.ts';
import { Routes } from './routes.tsx';
import { isUp } from './session-facts.tsx';

interface Look {
  tenant: string;
  server: string;
  session?: string | undefined;
  prefix?: string | undefined;
}
type PublicSession = Exclude<ReturnType<typeof useSessions>['data'], undefined>['items'][number];
const useSessions = ({ tenant, server }: Look) => useQuery(publicSessionsQuery(tenant, server));

const Line = ({ session, look: { tenant, server, session: chosen } }: { session: PublicSession; look: Look }) => (
  <li className="flex flex-col gap-1 px-4 py-2" aria-current={session.protocol === chosen ? 'true' : undefined}>
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Link
        to="/exchange/$tenant/lg"
        params={{ tenant }}
        search={{ server, session: session.protocol }}
        className="font-medium hover:text-accent hover:underline"
      >
        AS{session.neighborAs ?? '?'}
      </Link>
      <Badge tone={isUp(session) ? 'good' : 'warn'} icon={isUp(session) ? <CircleCheck aria-hidden /> : <CircleDashed aria-hidden />}>
        {session.bgpState}
      </Badge>
      <span className="text-xs text-ink-3">{t('glass.since', { since: session.since })}</span>
      {session.neighborAddress !== null && (
        <span className="font-mono text-xs [overflow-wrap:anywhere]" dir="ltr">
          {session.neighborAddress}
        </span>
      )}
    </div>
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
      {session.channels.map(({ family, imported, exported }) => (
        <li key={family} className="flex flex-wrap gap-x-2">
          <span className="font-medium">{t(`glass.family.${family}`)}</span>
          <span>{t('glass.count.accepted', { count: number(imported) })}</span>
          <span>{t('glass.count.exported', { count: number(exported) })}</span>
        </li>
      ))}
    </ul>
  </li>
);

function Sessions({ look }: { look: Look }) {
  const { data, error, refetch } = useSessions(look);
  return (
    <Card flush title={t('glass.sessions')} aside={data && <Age readAt={data.readAt} stale={data.stale} />}>
      {!data && error ? (
        <ProblemView error={error} retry={() => void refetch()} />
      ) : !data ? (
        <SkeletonText lines={6} />
      ) : data.items.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">{t('glass.sessions.none')}</p>
      ) : (
        <ul className="divide-y divide-line" aria-label={t('glass.sessions')}>
          {data.items.map((session) => (
            <Line key={session.protocol} session={session} look={look} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Glass({ servers, look }: { servers: readonly PublicServer[]; look: Look }) {
  const navigate = useNavigate();
  const { tenant, server, session, prefix } = look;
  const go = (search: { server: string; prefix?: string }, replace = false): void =>
    void navigate({ to: '/exchange/$tenant/lg', params: { tenant }, search, replace });
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label={t('exchange.server')}
          choices={servers.map(({ handle, name, fabricName }) => ({ value: handle, label: name, help: fabricName }))}
          value={server}
          onChange={(next) => go({ server: next })}
          size="sm"
          className="max-w-56"
        />
        <SearchInput
          label={t('glass.search')}
          value={prefix ?? ''}
          onChange={(next) => go({ server, ...(next === '' ? {} : { prefix: next }) }, true)}
          className="w-72"
        />
      </div>
      {prefix !== undefined && (
        <Card title={t('glass.foundFor', { prefix })}>
          <Routes query={publicRoutesQuery(tenant, server, { prefix })} label={t('glass.foundFor', { prefix })} empty={t('glass.none')} />
        </Card>
      )}
      {session !== undefined && (
        <Card title={t('glass.routesOf', { session })}>
          <Routes query={publicRoutesQuery(tenant, server, { session })} label={t('glass.routesOf', { session })} empty={t('glass.none')} />
        </Card>
      )}
      <Sessions look={look} />
    </>
  );
}

/** What the route servers of an exchange have, for everybody, without signing in: sessions of its members and accepted routes. */
export function PublicGlassPage({ tenant, search }: { tenant: string; search: RawSearch }) {
  const { data, error, refetch } = useQuery(publicServersQuery(tenant));
  const servers = data?.items ?? [];
  const one = servers.find(({ handle }) => handle === search['server']) ?? servers[0];
  return (
    <PublicPage tenant={tenant}>
      <PageFrame
        width="reading"
        title={one ? t('glass.public.of', { name: one.fabricName }) : t('glass.title')}
        facts={
          one && (
            <Link to="/exchange/$tenant/members" params={{ tenant }} className="text-accent underline">
              {t('exchangeMembers.title')}
            </Link>
          )
        }
      >
        {error ? (
          <ProblemView error={error} retry={() => void refetch()} />
        ) : !one ? (
          <SkeletonText lines={8} />
        ) : (
          <Glass servers={servers} look={{ tenant, server: one.handle, session: textOf(search['session']), prefix: textOf(search['prefix']) }} />
        )}
      </PageFrame>
    </PublicPage>
  );
}
