import { useQuery } from '@tanstack/react-query';
import { Download, KeyRound, RefreshCw, TriangleAlert, Unplug } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { statusQuery, useActs, type RouteServerStatus } from './api.ts';

type Access = NonNullable<RouteServerStatus['access']>;

const icon = (Icon: typeof Download) => <Icon aria-hidden className="size-3.5" />;
const mono = (text: string) => <span className="font-mono text-xs [overflow-wrap:anywhere]">{text}</span>;

/** Why nothing goes on with it. */
export const Trouble = ({ code, detail }: { code: string; detail: string | null }) => (
  <div role="status" className="flex items-start gap-2 rounded-md bg-bad-wash px-3 py-2">
    <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
    <div className="min-w-0 [overflow-wrap:anywhere]">
      <p className="font-medium">{detail}</p>
      <p className="font-mono text-xs text-ink-2">{code}</p>
    </div>
  </div>
);

const generations = ({ loadedGeneration, currentGeneration }: Access) => {
  const named = (number: number | null) => (number === null ? t('exchange.access.foreign') : String(number));
  return t('exchange.access.loaded', { loaded: named(loadedGeneration), current: named(currentGeneration) });
};

const Facts = ({ access }: { access: Access }) => (
  <KeyValues
    rows={[
      [t('exchange.access.place'), mono(`${access.user}@${access.host}:${access.port}`)],
      [t('exchange.access.hostKey'), mono(access.fingerprint)],
      [t('exchange.access.key'), mono(access.publicKey)],
      [t('exchange.access.bird'), access.birdVersion],
      [t('exchange.access.generation'), access.birdVersion && generations(access)],
      [t('exchange.access.checked'), access.checkedAt && <Time at={access.checkedAt} />],
    ]}
  />
);

function Acts({ id, access }: { id: string; access: Access | null }) {
  const { open } = useActs();
  const blocked = useBlocked('exchange:manage');
  const known = access ? { host: access.host, port: access.port, user: access.user, hostKey: access.hostKey } : {};
  return (
    <div className="flex flex-wrap gap-2">
      {access && (
        <Button size="sm" blocked={blocked} icon={icon(RefreshCw)} onClick={() => open('exchange.routeServers.check', { id })}>
          {t('exchange.access.check')}
        </Button>
      )}
      <Button size="sm" blocked={blocked} icon={icon(KeyRound)} onClick={() => open('exchange.routeServers.connect', { id, ...known })}>
        {t(access ? 'exchange.access.change' : 'exchange.access.connect')}
      </Button>
      {access && (
        <>
          <a className="inline-flex items-center gap-1 text-sm text-accent underline" href={`/api/v1/exchange/route-servers/${encodeURIComponent(id)}/setup`} download>
            {icon(Download)}
            {t('exchange.access.setup')}
          </a>
          <Button size="sm" variant="danger-quiet" blocked={blocked} icon={icon(Unplug)} onClick={() => open('exchange.routeServers.disconnect', { id })}>
            {t('exchange.access.disconnect')}
          </Button>
        </>
      )}
    </div>
  );
} // prettier-ignore

/** How the server is reached, and what it said last. */
export function ServerAccess({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(statusQuery(id));
  const access = data?.access ?? null;
  return (
    <Card title={t('exchange.access')} aside={access && <State value={access.state} of="resource" />}>
      {error && <ProblemView error={error} retry={() => void refetch()} />}
      {!data && !error && <SkeletonText lines={4} />}
      {data && (
        <div className="flex flex-col gap-4">
          {access?.problemCode && <Trouble code={access.problemCode} detail={access.detail} />}
          {access ? <Facts access={access} /> : <p className="text-sm text-ink-2">{t('exchange.access.none')}</p>}
          <Acts id={id} access={access} />
        </div>
      )}
    </Card>
  );
}
