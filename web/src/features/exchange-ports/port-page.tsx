import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronRight, CircleCheck, CircleDashed } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '#lib/i18n.ts';
import { oneOf, type RawSearch } from '#lib/search.ts';
import { Badge } from '#ui/badge.tsx';
import { Card } from '#ui/card.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { portSessionsQuery } from '#features/exchange-glass/api.ts';
import { PortGlass } from '#features/exchange-glass/port-sessions.tsx';
import { ticksOf } from '#features/exchange-glass/ticks.ts';
import { instructionsQuery, portQuery, type Instructions } from './api.ts';
import { Entry } from './entry.tsx';

const PLATFORMS = ['bird', 'frr'] as const;
type Platform = (typeof PLATFORMS)[number];

/** One thing to do; whether it is done stands there where the exchange can know it. */
const Step = ({ done, title, children }: { done?: boolean; title: string; children?: ReactNode }) => (
  <li>
    <div className="flex flex-col gap-1">
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{title}</span>
        {done !== undefined && (
          <Badge tone={done ? 'good' : 'quiet'} icon={done ? <CircleCheck aria-hidden /> : <CircleDashed aria-hidden />}>
            {t(done ? 'exchangePorts.step.done' : 'exchangePorts.step.open')}
          </Badge>
        )}
      </span>
      {children}
    </div>
  </li>
);

const Config = ({ config, platform, onPlatform }: { config: string; platform: Platform; onPlatform: (next: Platform) => void }) => (
  <Tabs
    label={t('exchangePorts.router')}
    value={platform}
    onChange={(next) => onPlatform(next)}
    tabs={PLATFORMS.map((value) => ({
      value,
      label: t(`exchangePorts.platform.${value}`),
      content: value === platform ? <CodeBlock code={config} label={t('exchangePorts.config')} /> : null,
    }))}
  />
);

/** What route servers have seen of one's side: whether sessions are up, and what became of the first prefix. */
function Seen({ ticks, count, children }: { ticks: ReturnType<typeof ticksOf>; count: number; children: ReactNode }) {
  const done = (isDone: boolean) => (ticks === undefined ? {} : { done: isDone });
  const { up = 0, servers = 0, accepted = 0, refused = 0 } = ticks ?? {};
  return (
    <>
      <Step {...done(servers > 0 && up === servers)} title={t('exchangePorts.step.sessions', { count })}>
        {ticks !== undefined && <span className="text-ink-2">{t('exchangePorts.step.up', { up: String(up), servers: String(servers) })}</span>}
        {children}
      </Step>
      <Step {...done(accepted > 0)} title={t('exchangePorts.step.prefix')}>
        {ticks !== undefined && <span className="text-ink-2">{t('exchangePorts.step.prefixes', { accepted: String(accepted), refused: String(refused) })}</span>}
      </Step>
    </>
  );
} // prettier-ignore

interface StepsProps {
  told: Instructions;
  ticks: ReturnType<typeof ticksOf>;
  platform: Platform;
  onPlatform: (next: Platform) => void;
}
function Steps({ told, ticks, platform, onPlatform }: StepsProps) {
  const { networkId, nodeId, authorized, status, addresses, mtu, config } = told;
  return (
    <ol className="flex list-decimal flex-col gap-4 ps-5">
      {networkId !== null && (
        <Step done={authorized} title={t('exchangePorts.step.join')}>
          <CodeBlock code={`zerotier-cli join ${networkId}`} label={t('exchangePorts.step.join')} />
          {nodeId !== null && <span className="text-ink-2">{t('exchangePorts.step.node', { node: nodeId })}</span>}
        </Step>
      )}
      <Step done={status === 'active'} title={t('exchangePorts.step.decide')} />
      {config !== null && (
        <>
          <Step title={t('exchangePorts.step.address', { mtu: mtu ?? 0 })}>
            {addresses.map((address) => (
              <CodeBlock key={address} code={address} label={t('exchangePorts.address')} />
            ))}
          </Step>
          <Seen ticks={ticks} count={told.routeServers.length}>
            <Config config={config} platform={platform} onPlatform={onPlatform} />
          </Seen>
        </>
      )}
    </ol>
  );
}

/** One's own port: where it stands, and how to set up one's side of it. */
export function PortPage({ id, search }: { id: string; search: RawSearch }) {
  const navigate = useNavigate();
  const platform = oneOf(PLATFORMS, search['platform']) ?? 'bird';
  const port = useQuery(portQuery(id));
  const told = useQuery(instructionsQuery(id, platform));
  const isUp = port.data?.status === 'active';
  const seen = useQuery({ ...portSessionsQuery(id), enabled: isUp });
  const show = (next: Platform) => void navigate({ to: '/infrastructure/exchange-ports/$id', params: { id }, search: next === 'bird' ? {} : { platform: next }, replace: true });
  const error = port.error ?? told.error;
  const retry = (): void => void Promise.all([port.refetch(), told.refetch()]);
  return (
    <PageFrame
      title={port.data ? t('exchangePorts.name', { asn: port.data.asn, fabric: port.data.fabric }) : t('exchangePorts.port')}
      eyebrow={
        <span className="flex items-center gap-1">
          <Link to="/infrastructure/exchange-ports" className="rounded-sm hover:text-ink hover:underline">
            {t('nav.exchangePorts')}
          </Link>
          <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
        </span>
      }
      width="reading"
    >
      {error ? (
        <ProblemView error={error} retry={retry} />
      ) : !port.data || !told.data ? (
        <SkeletonText lines={8} />
      ) : (
        <div className="flex flex-col gap-6">
          <Card flush title={t('exchangePorts.standing')}>
            <ul>
              <Entry port={port.data} whose="mine" />
            </ul>
          </Card>
          <Card title={t('exchangePorts.instructions')}>
            <Steps told={told.data} ticks={ticksOf(seen.data)} platform={platform} onPlatform={show} />
          </Card>
          {isUp && <PortGlass port={id} />}
        </div>
      )}
    </PageFrame>
  );
} // prettier-ignore
