import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck, Users } from 'lucide-react';
import { PublicPage, useFace } from '#features/exchange-face/face.tsx';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { exportOf, listOf, LISTS, membersQuery, type Export, type Member } from './api.ts';

const isNetwork = ({ member_type: type }: Member): boolean => type === 'peering';

/** One place where a network is connected. */
function Connection({ connection, lans }: { connection: Member['connection_list'][number]; lans: Export['ixp_list'] }) {
  const lan = lans.find(({ ixp_id: id }) => id === connection.ixp_id);
  const addresses = connection.vlan_list.flatMap(({ ipv6, ipv4 }) => [ipv6, ...(ipv4 ? [ipv4] : [])]);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
      <span className="font-medium">{lan?.name}</span>
      {addresses.map(({ address }) => (
        <span key={address} className="font-mono [overflow-wrap:anywhere]" dir="ltr">
          {address}
        </span>
      ))}
      {addresses.some(({ routeserver }) => routeserver) && (
        <Badge tone="good" icon={<CircleCheck aria-hidden />}>
          {t('exchangeMembers.onServers')}
        </Badge>
      )}
    </li>
  );
}

const Line = ({ member, lans }: { member: Member; lans: Export['ixp_list'] }) => {
  const macro = member.connection_list.flatMap(({ vlan_list: vlans }) => vlans).find(({ ipv6 }) => ipv6.as_macro !== undefined)?.ipv6.as_macro;
  return (
    <li className="flex flex-col gap-1 px-4 py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="font-mono font-medium" dir="ltr">
          AS{member.asnum}
        </span>
        <span className={member.name === undefined ? 'text-ink-3' : '[overflow-wrap:anywhere]'}>{member.name ?? t('exchangeMembers.unnamed')}</span>
        {macro !== undefined && (
          <span className="font-mono text-xs text-ink-3 [overflow-wrap:anywhere]" dir="ltr">
            {macro}
          </span>
        )}
        {member.peering_policy_url !== undefined && (
          <a
            href={member.peering_policy_url}
            target="_blank"
            rel="noreferrer nofollow"
            aria-label={t('exchangeMembers.policy.of', { name: member.name ?? `AS${member.asnum}` })}
            className="text-xs text-accent underline"
          >
            {t('exchangeMembers.policy')}
          </a>
        )}
      </div>
      <ul className="flex flex-col gap-1">
        {member.connection_list.map((connection) => (
          <Connection key={connection.vlan_list[0]?.ipv6.address} connection={connection} lans={lans} />
        ))}
      </ul>
    </li>
  );
};

const Lines = ({ title, members, lans }: { title: string; members: readonly Member[]; lans: Export['ixp_list'] }) => (
  <Card flush title={title}>
    {members.length === 0 ? (
      <EmptyState icon={Users} title={t('exchangeMembers.none')}>
        {t('exchangeMembers.none.text')}
      </EmptyState>
    ) : (
      <ul aria-label={title} className="divide-y divide-line">
        {members.map((member) => (
          <Line key={member.asnum} member={member} lans={lans} />
        ))}
      </ul>
    )}
  </Card>
);

const ForPrograms = ({ tenant }: { tenant: string }) => (
  <Card title={t('exchangeMembers.data')}>
    <ul className="flex flex-col gap-2">
      <li>
        <a href={exportOf(tenant)} className="text-accent underline">
          {t('exchangeMembers.export')}
        </a>
      </li>
      {LISTS.map((list) => (
        <li key={list}>
          <a href={listOf(tenant, list)} className="text-accent underline">
            {t(`exchangeMembers.list.${list}`)}
          </a>
        </li>
      ))}
    </ul>
  </Card>
);

/** Who is connected to the fabrics that a tenant has published: for everybody, without signing in. */
export function MembersPage({ tenant }: { tenant: string }) {
  const { data, error, refetch } = useQuery(membersQuery(tenant));
  const face = useFace(tenant);
  const networks = data?.member_list.filter(isNetwork) ?? [];
  const servers = data?.member_list.filter((member) => !isNetwork(member)) ?? [];
  const names = data?.ixp_list.map(({ name }) => name).join(', ');
  return (
    <PublicPage tenant={tenant}>
      <PageFrame
        width="reading"
        title={names === undefined ? t('exchangeMembers.title') : t('exchangeMembers.of', { name: names })}
        facts={
          data && (
            <>
              <span>{t('exchangeMembers.members', { count: networks.length })}</span>
              {face?.hasGlass && (
                <Link to="/exchange/$tenant/lg" params={{ tenant }} className="text-accent underline">
                  {t('glass.title')}
                </Link>
              )}
            </>
          )
        }
      >
        {error ? (
          <ProblemView error={error} retry={() => void refetch()} />
        ) : !data ? (
          <SkeletonText lines={8} />
        ) : (
          <>
            <Lines title={t('exchangeMembers.title')} members={networks} lans={data.ixp_list} />
            {servers.length > 0 && <Lines title={t('exchangeMembers.servers')} members={servers} lans={data.ixp_list} />}
            <ForPrograms tenant={tenant} />
          </>
        )}
      </PageFrame>
    </PublicPage>
  );
}
