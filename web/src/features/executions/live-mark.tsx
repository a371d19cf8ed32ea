import { Radio, RotateCw, TriangleAlert, Wifi } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import type { Link } from './stream/link.ts';

/** How the page hears of what happens: over which way, and whether it does. */
export function LiveMark({ link: { way, phase } }: { link: Link }) {
  if (phase === 'ended') return null;
  if (phase === 'refused')
    return (
      <Badge tone="bad" icon={<TriangleAlert aria-hidden />}>
        {t('executions.live.refused')}
      </Badge>
    );
  if (phase === 'open')
    return (
      <span role="status" title={t(`executions.live.${way}`)}>
        <Badge tone={way === 'poll' ? 'quiet' : 'good'} icon={way === 'poll' ? <RotateCw aria-hidden /> : <Radio aria-hidden />}>
          {t(way === 'poll' ? 'executions.live.asking' : 'executions.live.open')}
        </Badge>
      </span>
    );
  return (
    <span role="status">
      <Badge tone={phase === 'lost' ? 'warn' : 'quiet'} icon={<Wifi aria-hidden />}>
        {t(phase === 'lost' ? 'executions.live.lost' : 'executions.live.connecting')}
      </Badge>
    </span>
  );
}
