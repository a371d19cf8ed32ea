import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleX } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { State } from '#ui/state.tsx';
import { onboardingQuery, useAct, type Onboarding } from './api.ts';

const Networks = ({ asns }: Pick<Onboarding, 'asns'>) =>
  asns.length === 0 ? (
    <p className="text-ink-2">{t('exchangePorts.noNetworks')}</p>
  ) : (
    <ul className="flex flex-col gap-1">
      {asns.map(({ asn, name, source, state }) => (
        <li key={`${asn} ${source}`} className="flex flex-wrap items-center gap-2">
          <span className="font-mono">AS{asn}</span>
          {name !== null && <span className="[overflow-wrap:anywhere]">{name}</span>}
          <span className="text-xs text-ink-3">{t(`exchangePorts.source.${source}`)}</span>
          <State value={state} />
        </li>
      ))}
    </ul>
  );

function Fabric({ fabric, asns }: { fabric: Onboarding['fabrics'][number]; asns: Onboarding['asns'] }) {
  const act = useAct();
  const { slug, name, whyNot } = fabric;
  const live = asns.filter(({ state }) => state === 'live');
  return (
    <li className="flex flex-wrap items-center justify-between gap-2">
      <span className="flex min-w-0 flex-wrap items-center gap-2">
        <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
        <span className="font-mono text-xs text-ink-3">{slug}</span>
        <Badge tone={whyNot === null ? 'good' : 'quiet'} icon={whyNot === null ? <CircleCheck aria-hidden /> : <CircleX aria-hidden />}>
          {t(whyNot === null ? 'exchangePorts.may' : `exchangePorts.why.${whyNot}`)}
        </Badge>
      </span>
      {whyNot === null && (
        <Button
          size="sm"
          aria-label={t('exchangePorts.ask.of', { fabric: name })}
          onClick={() => act('requests.create', { fabricId: slug, ...(live.length === 1 ? { asn: live[0]!.asn } : {}) })}
        >
          {t('exchangePorts.ask')}
        </Button>
      )}
    </li>
  );
}

/** Networks that the reader speaks for, and fabrics that they may ask for, or why not. */
export function OnboardingCard() {
  const { data, error, refetch } = useQuery(onboardingQuery);
  return (
    <Card title={t('exchangePorts.join')}>
      {error ? (
        <ProblemView error={error} retry={() => void refetch()} />
      ) : !data ? (
        <SkeletonText lines={4} />
      ) : (
        <div className="flex flex-col gap-4">
          <Networks asns={data.asns} />
          {data.fabrics.length === 0 ? (
            <p className="text-ink-2">{t('exchangePorts.noFabrics')}</p>
          ) : (
            <ul className="flex flex-col gap-2">
              {data.fabrics.map((fabric) => (
                <Fabric key={fabric.id} fabric={fabric} asns={data.asns} />
              ))}
            </ul>
          )}
        </div>
      )}
    </Card>
  );
}
