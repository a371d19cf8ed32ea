import { CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import type { Session } from './api.ts';

type Channel = Session['channels'][number];

export const isUp = ({ bgpState }: Pick<Session, 'bgpState'>): boolean => bgpState === 'Established';

/** BGP's own word for where a session stands. */
export const SessionState = ({ session }: { session: Pick<Session, 'bgpState' | 'state'> }) => (
  <Badge tone={isUp(session) ? 'good' : 'warn'} icon={isUp(session) ? <CircleCheck aria-hidden /> : <CircleDashed aria-hidden />}>
    {session.bgpState || session.state}
  </Badge>
);

const Counts = ({ channel }: { channel: Channel }) => (
  <li className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
    <span className="font-medium">{t(`glass.family.${channel.family}`)}</span>
    <span>{t('glass.count.accepted', { count: number(channel.imported) })}</span>
    <span className={channel.filtered > 0 ? 'font-medium text-warn' : ''}>{t('glass.count.refused', { count: number(channel.filtered) })}</span>
    <span>{t('glass.count.exported', { count: number(channel.exported) })}</span>
    {channel.limitHit && (
      <Badge tone="bad" icon={<TriangleAlert aria-hidden />}>
        {t('glass.limitHit', { limit: number(channel.importLimit ?? 0) })}
      </Badge>
    )}
  </li>
);

/** What came in, was refused and went out, in each family; and why the session went down last. */
export const SessionFacts = ({ session }: { session: Session }) => (
  <div className="flex min-w-0 flex-col gap-1">
    <ul className="flex flex-col gap-1">
      {session.channels.map((channel) => (
        <Counts key={channel.family} channel={channel} />
      ))}
    </ul>
    {session.lastError !== null && (
      <p className="text-xs text-ink-3 [overflow-wrap:anywhere]">{t('glass.lastError', { error: session.lastError })}</p>
    )}
  </div>
);
