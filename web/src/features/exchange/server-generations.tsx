import { useQuery } from '@tanstack/react-query';
import { CirclePause, CirclePlay, History, Upload } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { generationsQuery, statusQuery, syncQuery, useActs, type Generation, type RouteServerStatus, type Sync } from './api.ts';

type Following = NonNullable<RouteServerStatus['following']>;
const icon = (Icon: typeof Upload) => <Icon aria-hidden className="size-3.5" />;

function Acts({ id, following }: { id: string; following: Following }) {
  const { open } = useActs();
  const blocked = useBlocked('exchange:manage');
  const { follow, order, holdUntil } = following;
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" blocked={blocked} icon={icon(Upload)} onClick={() => open('exchange.routeServers.apply', { id })}>
        {t('exchange.apply')}
      </Button>
      <Button size="sm" blocked={blocked} icon={icon(follow ? CirclePause : CirclePlay)} onClick={() => open('exchange.routeServers.follow', { id, follow: !follow, order })}>
        {t(follow ? 'exchange.follow.end' : 'exchange.follow.begin')}
      </Button>
      <Button size="sm" blocked={blocked} onClick={() => open('exchange.routeServers.hold', { id, ...(holdUntil === null ? {} : { until: null }) })}>
        {t(holdUntil === null ? 'exchange.hold.begin' : 'exchange.hold.end')}
      </Button>
    </div>
  );
} // prettier-ignore

const heldText = ({ holdUntil, holdReason }: Following) =>
  holdUntil && (
    <span>
      <Time at={holdUntil} /> {holdReason}
    </span>
  );

const Facts = ({ following }: { following: Following }) => (
  <KeyValues
    rows={[
      [t('exchange.follow'), following.follow ? t('exchange.follow.by', { name: following.by ?? '–', order: String(following.order) }) : t('exchange.follow.not')],
      [t('exchange.dirty'), following.dirtySince && <Time at={following.dirtySince} />],
      [t('exchange.nextAttempt'), following.nextAttemptAt && <Time at={following.nextAttemptAt} />],
      [t('exchange.held'), heldText(following)],
    ]}
  />
); // prettier-ignore

const Findings = ({ findings }: Pick<Following, 'findings'>) => (
  <section className="flex flex-col gap-2">
    <h3 className="font-medium">{t('exchange.findings')}</h3>
    <ul className="divide-y divide-line rounded-md border border-line">
      {findings.map(({ class: kind, detail, since }) => (
        <li key={kind} className="flex flex-wrap gap-x-3 gap-y-1 px-3 py-2 [overflow-wrap:anywhere]">
          <span className="font-mono text-xs">{kind}</span>
          <span className="min-w-0 text-ink-2">{detail}</span>
          <Time at={since} />
        </li>
      ))}
    </ul>
  </section>
);

const SyncRow = ({ sync }: { sync: Sync }) => (
  <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
    <span className="font-mono text-xs">AS{sync.asn}</span>
    <State value={sync.state} of="resource" />
    {sync.appliedGeneration !== null && <span className="text-ink-2">{t('exchange.sync.since', { number: String(sync.appliedGeneration) })}</span>}
    {sync.problemCode && <span className="min-w-0 basis-full text-ink-2 [overflow-wrap:anywhere]">{sync.detail ?? sync.problemCode}</span>}
  </li>
);

function Members({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(syncQuery(id));
  if (error) return <ProblemView error={error} retry={() => void refetch()} />;
  if (!data) return <SkeletonText lines={3} />;
  if (data.items.length === 0) return <p className="text-sm text-ink-2">{t('exchange.sync.none')}</p>;
  return (
    <ul className="max-h-96 divide-y divide-line overflow-y-auto rounded-md border border-line" tabIndex={0} aria-label={t('exchange.sync')}>
      {data.items.map((sync) => (
        <SyncRow key={sync.id} sync={sync} />
      ))}
    </ul>
  );
}

function GenerationRow({ id, generation, isLast }: { id: string; generation: Generation; isLast: boolean }) {
  const { open } = useActs();
  const blocked = useBlocked('exchange:manage');
  const { number, state, detail, createdAt, cause } = generation;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
      <span className="font-mono text-xs">{number}</span>
      <State value={state} of="resource" />
      <span className="text-ink-2">{t(`exchange.cause.${cause}`)}</span>
      <Time at={createdAt} />
      {state === 'confirmed' && !isLast && (
        <Button size="sm" variant="ghost" blocked={blocked} icon={icon(History)} aria-label={t('exchange.rollback.to', { number: String(number) })} onClick={() => open('exchange.routeServers.rollback', { id, generation: number })}>
          {t('exchange.rollback')}
        </Button>
      )}
      {detail && <span className="min-w-0 basis-full text-ink-2 [overflow-wrap:anywhere]">{detail}</span>}
    </li>
  );
} // prettier-ignore

function Generations({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(generationsQuery(id));
  if (error) return <ProblemView error={error} retry={() => void refetch()} />;
  if (!data) return <SkeletonText lines={3} />;
  if (data.items.length === 0) return <p className="text-sm text-ink-2">{t('exchange.generations.none')}</p>;
  const last = data.items.find(({ state }) => state === 'confirmed')?.number;
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {data.items.map((generation) => (
        <GenerationRow key={generation.id} id={id} generation={generation} isLast={generation.number === last} />
      ))}
    </ul>
  );
}

/** What was applied to the server, and of each member whether it is there. */
export function ServerGenerations({ id }: { id: string }) {
  const { data } = useQuery(statusQuery(id));
  if (!data?.following) return null;
  const { following } = data;
  return (
    <Card title={t('exchange.generations')}>
      <div className="flex flex-col gap-4">
        <Facts following={following} />
        <Acts id={id} following={following} />
        {following.findings.length > 0 && <Findings findings={following.findings} />}
        <h3 className="font-medium">{t('exchange.sync')}</h3>
        <Members id={id} />
        <h3 className="font-medium">{t('exchange.history')}</h3>
        <Generations id={id} />
      </div>
    </Card>
  );
}
