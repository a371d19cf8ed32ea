import { Link } from '@tanstack/react-router';
import { Ban, CalendarClock, CircleCheck, CircleX, Construction, LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { absoluteTime, duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { useNow } from '#lib/now.ts';
import { Badge, type Tone } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { useActs, type Maintenance } from './api.ts';

type State = Maintenance['state'];
const LOOKS: Record<State, [tone: Tone, icon: LucideIcon]> = {
  planned: ['accent', CalendarClock],
  draining: ['warn', LoaderCircle],
  drained: ['warn', Construction],
  active: ['warn', Construction],
  ending: ['accent', LoaderCircle],
  ended: ['good', CircleCheck],
  cancelled: ['quiet', Ban],
  failed: ['bad', CircleX],
};
const RUNNING: readonly State[] = ['draining', 'drained', 'active'];

const left = (at: string, now: number): string | null => (Date.parse(at) > now ? duration(Math.ceil((Date.parse(at) - now) / 1_000)) : null);

/** What happens next, and in how long. */
type Course = Pick<Maintenance, 'state' | 'startsAt' | 'endsAt' | 'silentAt'>;
function countdown({ state, startsAt, endsAt, silentAt }: Course, now: number): string[] {
  const [begins, ends, silent] = [left(startsAt, now), left(endsAt, now), silentAt === null ? null : left(silentAt, now)];
  if (state === 'planned') return [begins === null ? t('maintenance.begins.now') : t('maintenance.begins.in', { time: begins })];
  if (!RUNNING.includes(state)) return [];
  const silence = silentAt === null ? [] : [silent === null ? t('maintenance.silent') : t('maintenance.silent.in', { time: silent })];
  return [...silence, ends === null ? t('maintenance.ends.now') : t('maintenance.ends.in', { time: ends })];
}

export const Countdown = ({ window }: { window: Course }) => {
  const words = countdown(window, useNow());
  return words.length === 0 ? null : (
    <p className="flex flex-wrap gap-x-4 font-medium tabular-nums">
      {words.map((one) => (
        <span key={one}>{one}</span>
      ))}
    </p>
  );
};

const Servers = ({ window: { servers, state, kind } }: { window: Maintenance }) =>
  servers.length === 0 ? null : (
    <ul className="flex flex-wrap gap-x-4 gap-y-1" aria-label={t('maintenance.servers')}>
      {servers.map(({ id, routeServer, phase, lost }) => (
        <li key={id}>
          <Link to="/exchange/route-servers/$id" params={{ id: routeServer }} className="font-medium hover:text-accent hover:underline">
            {routeServer}
          </Link>
          {kind === 'rs_drain' && RUNNING.includes(state) && <span className="ms-2 text-ink-3">{t(`maintenance.phase.${phase}`)}</span>}
          {lost !== null && lost.length > 0 && (
            <span className="ms-2 text-bad [overflow-wrap:anywhere]">{t('maintenance.lost', { sessions: lost.join(', ') })}</span>
          )}
        </li>
      ))}
    </ul>
  );

const nameOf = ({ kind, fabric, servers }: Maintenance): string =>
  kind === 'fabric_cull' ? fabric : servers.map(({ routeServer }) => routeServer).join(', ');

function Acts({ window }: { window: Maintenance }) {
  const { open, change } = useActs();
  const blocked = useBlocked('exchange:manage');
  const { id, version, state } = window;
  const isRunning = RUNNING.includes(state);
  if (state !== 'planned' && !isRunning) return null;
  const name = nameOf(window);
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" blocked={blocked} aria-label={t('maintenance.change.of', { name })} onClick={() => change('exchange.maintenance.update', { id, version })}>
        {t('maintenance.change')}
      </Button>
      <Button size="sm" variant="danger-quiet" blocked={blocked} aria-label={t(isRunning ? 'maintenance.end.of' : 'maintenance.cancel.of', { name })} onClick={() => open('exchange.maintenance.cancel', { id })}>
        {t(isRunning ? 'maintenance.end' : 'maintenance.cancel')}
      </Button>
    </div>
  );
} // prettier-ignore

/** What is done, where it stands, and from when to when. */
export const Head = ({ window, children }: { window: Pick<Maintenance, 'state' | 'kind' | 'startsAt' | 'endsAt'>; children?: ReactNode }) => {
  const [tone, Icon] = LOOKS[window.state];
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={tone} icon={<Icon aria-hidden />}>
          {t(`maintenance.state.${window.state}`)}
        </Badge>
        <span className="font-medium [overflow-wrap:anywhere]">{t(`maintenance.kind.${window.kind}`)}</span>
        {children}
      </div>
      <p className="text-ink-2">
        <time dateTime={window.startsAt}>{absoluteTime(window.startsAt)}</time> – <time dateTime={window.endsAt}>{absoluteTime(window.endsAt)}</time>
      </p>
    </>
  );
};

/** Changes that it came of, and what keeps it from going on. */
const Story = ({ window: { changeId, beginChangeId, plannedBy, detail } }: { window: Maintenance }) => (
  <>
    {detail !== null && <p className="text-ink-2 [overflow-wrap:anywhere]">{detail}</p>}
    <p className="flex flex-wrap gap-x-3 text-xs text-ink-3">
      <span>{t('maintenance.by', { name: plannedBy })}</span>
      {changeId !== null && (
        <Link to="/changes/$id" params={{ id: changeId }} className="text-accent underline">
          {t('maintenance.agreed')}
        </Link>
      )}
      {beginChangeId !== null && (
        <Link to="/changes/$id" params={{ id: beginChangeId }} className="text-accent underline">
          {t('maintenance.begun')}
        </Link>
      )}
    </p>
  </>
);

/** One window, with what can be done about it. */
export const MaintenanceEntry = ({ window }: { window: Maintenance }) => (
    <li className="flex flex-col gap-2 px-4 py-3">
      <Head window={window}>
        <Link to="/exchange/fabrics/$id" params={{ id: window.fabric }} className="text-ink-2 [overflow-wrap:anywhere] hover:text-accent hover:underline">
          {window.fabric}
        </Link>
      </Head>
      <Countdown window={window} />
      <p className="text-ink-2 [overflow-wrap:anywhere]">{window.reason}</p>
      <Servers window={window} />
      <Story window={window} />
      <Acts window={window} />
    </li>
); // prettier-ignore
