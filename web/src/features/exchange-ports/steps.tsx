import type { ReactNode } from 'react';
import { t } from '#lib/i18n.ts';
import { CodeBlock } from '#ui/code-block.tsx';
import { Tabs } from '#ui/tabs.tsx';
import type { Ticks } from '#features/exchange-glass/ticks.ts';
import { WhyRefused } from '#features/exchange-glass/why-refused.tsx';
import type { Instructions } from './api.ts';
import { communityText } from './communities.ts';
import { OwnNode } from './own-node.tsx';
import { Step, Tick } from './step.tsx';

export const PLATFORMS = ['bird', 'frr', 'gobgp', 'openbgpd', 'routeros'] as const;
export type Platform = (typeof PLATFORMS)[number];

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

/** By which a network tells route servers whom its routes are for. */
const Communities = ({ told }: { told: Instructions }) => (
  <details>
    <summary className="cursor-pointer text-ink-2 pointer-coarse:py-2">{t('exchangePorts.communities')}</summary>
    <dl className="grid grid-cols-1 gap-x-4 gap-y-1 pt-1 text-xs sm:grid-cols-[auto_1fr]">
      {told.communities.map((one) => (
        <div key={one.community} className="contents">
          <dt className="font-mono" dir="ltr">
            {one.community}
          </dt>
          <dd className="text-ink-2">{communityText(one)}</dd>
        </div>
      ))}
    </dl>
  </details>
);

/** One tick for each server and family. */
const SessionTicks = ({ ticks }: { ticks: Ticks }) => (
  <ul aria-label={t('glass.sessions')} className="flex flex-wrap gap-2">
    {ticks.sessions.map(({ server, family, up }) => (
      <li key={`${server} ${family}`}>
        <Tick done={up} label={`${server} ${t(`glass.family.${family}`)}`} />
      </li>
    ))}
  </ul>
);

interface StepsProps {
  told: Instructions;
  port: string;
  ticks: Ticks | undefined;
  platform: Platform;
  onPlatform: (next: Platform) => void;
}
const isUp = (ticks: Ticks | undefined): boolean | undefined => ticks && ticks.sessions.length > 0 && ticks.sessions.every(({ up }) => up);
const hasAny = (ticks: Ticks | undefined): boolean | undefined => ticks?.sessions.some(({ up }) => up);

/** Which of the steps are known to be done, in their order; undefined where nobody can say. */
export const doneOf = ({ told: { networkId, seen, authorized, status }, ticks }: Pick<StepsProps, 'told' | 'ticks'>): (boolean | undefined)[] => [
  ...(networkId === null ? [] : [seen ?? undefined, authorized || (seen ?? undefined)]),
  status === 'active',
  ...(status === 'active' ? [hasAny(ticks), isUp(ticks), ticks && ticks.accepted > 0] : []),
];

/** From here on the port is set up: what its router needs, and what route servers have seen of it. */
const OwnSide = ({ told, port, ticks, platform, onPlatform, config }: StepsProps & { config: string }) => (
  <>
    <Step done={hasAny(ticks)} title={t('exchangePorts.step.address', { mtu: told.mtu ?? 0 })}>
      {told.addresses.map((address) => (
        <CodeBlock key={address} code={address} label={t('exchangePorts.address')} />
      ))}
      {told.routeServers.length > 0 && (
        <CodeBlock code={told.routeServers.map(({ addressV6 }) => `ping ${addressV6}`).join('\n')} label={t('exchangePorts.step.ping')} />
      )}
    </Step>
    <Step done={isUp(ticks)} title={t('exchangePorts.step.sessions', { count: told.routeServers.length })}>
      {ticks && <SessionTicks ticks={ticks} />}
      <Config config={config} platform={platform} onPlatform={onPlatform} />
      <Communities told={told} />
    </Step>
    <Step done={ticks && ticks.accepted > 0} title={t('exchangePorts.step.prefix')}>
      {ticks && (
        <span className="text-ink-2">{t('exchangePorts.step.prefixes', { accepted: String(ticks.accepted), refused: String(ticks.refused) })}</span>
      )}
      {ticks?.refusing !== undefined && <WhyRefused port={port} server={ticks.refusing} />}
    </Step>
  </>
);

/** What there is to do on one's own side, each step with what is known of it. */
export function Steps(props: StepsProps): ReactNode {
  const { networkId, nodeId, seen, authorized, status, config } = props.told;
  return (
    <ol className="flex list-decimal flex-col gap-4 ps-5">
      {networkId !== null && (
        <>
          <Step done={seen ?? undefined} title={t('exchangePorts.step.install')}>
            {nodeId !== null && <OwnNode nodeId={nodeId} />}
          </Step>
          <Step done={authorized || (seen ?? undefined)} title={t('exchangePorts.step.join')}>
            <CodeBlock code={`zerotier-cli join ${networkId}`} label={t('exchangePorts.step.join')} />
            {seen && !authorized && <span className="text-ink-2">{t('exchangePorts.step.seen')}</span>}
          </Step>
        </>
      )}
      <Step done={status === 'active'} title={t('exchangePorts.step.decide')} />
      {config !== null && <OwnSide {...props} config={config} />}
    </ol>
  );
}
