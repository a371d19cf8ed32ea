import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { useActs, type Finding } from './api.ts';

const IS_THERE: readonly Finding['state'][] = ['open', 'repairing', 'ignored'];

const Place = ({ finding: { routeServer, controller, fabric, nodeId, portId, asn } }: { finding: Finding }) => (
  <span className="min-w-0 [overflow-wrap:anywhere]">
    {portId !== null && (
      <Link to="/infrastructure/exchange-ports/$id" params={{ id: portId }} className="font-medium hover:text-accent hover:underline">
        AS{asn}
      </Link>
    )}
    {routeServer === null ? (
      controller
    ) : (
      <Link to="/exchange/route-servers/$id" params={{ id: routeServer }} className="font-medium hover:text-accent hover:underline">
        {routeServer}
      </Link>
    )}
    {fabric !== null && <span className="ms-2 text-ink-3">{fabric}</span>}
    {nodeId !== null && <span className="ms-2 font-mono text-xs rtl:ms-0 rtl:me-2">{nodeId}</span>}
  </span>
);

/** What is done about it, and by whose word nothing is. */
const Course = ({ finding }: { finding: Finding }) => {
  const { state, mode, changeId, reason, ignoredBy, ignoredUntil } = finding;
  return (
    <>
      {state === 'open' && <span>{t(`drift.mode.${mode}`)}</span>}
      {state === 'ignored' && (
        <span className="[overflow-wrap:anywhere]">
          {t('drift.ignored', { name: ignoredBy ?? '–', reason: reason ?? '–' })} {ignoredUntil !== null && <Time at={ignoredUntil} />}
        </span>
      )}
      {changeId !== null && (
        <Link to="/changes/$id" params={{ id: changeId }} className="text-accent underline">
          {t(state === 'open' ? 'drift.proposed' : 'drift.change')}
        </Link>
      )}
    </>
  );
};

function Acts({ finding: { id, class: kind, routeServer, controller, asn, isRepairable } }: { finding: Finding }) {
  const { open } = useActs();
  const blocked = useBlocked('exchange:manage');
  const name = t('drift.name', { what: t(`drift.class.${kind}`), place: routeServer ?? controller ?? `AS${asn}` });
  return (
    <div className="flex flex-wrap gap-2">
      {isRepairable && (
        <Button size="sm" variant="primary" blocked={blocked} aria-label={t('drift.repair.of', { name })} onClick={() => open('exchange.drift.repair', { id })}>
          {t('drift.repair')}
        </Button>
      )}
      <Button size="sm" blocked={blocked} aria-label={t('drift.ignore.of', { name })} onClick={() => open('exchange.drift.ignore', { id })}>
        {t('drift.ignore')}
      </Button>
    </div>
  );
} // prettier-ignore

/** One thing that is not as it should be, with what can be done about it. */
export const DriftEntry = ({ finding }: { finding: Finding }) => (
  <li className="flex flex-col gap-2 px-4 py-3">
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Badge tone={finding.severity === 'critical' ? 'bad' : 'warn'} icon={<TriangleAlert aria-hidden />}>
        {t(`drift.class.${finding.class}`)}
        {finding.severity === 'critical' && `, ${t('drift.critical')}`}
      </Badge>
      <Place finding={finding} />
      <State value={finding.state} />
    </div>
    <p className="text-ink-2 [overflow-wrap:anywhere]">{finding.detail}</p>
    <p className="flex flex-wrap gap-x-3 text-xs text-ink-3">
      <span>
        {t('drift.since')} <Time at={finding.firstSeenAt} />
      </span>
      <span>
        {t('drift.seen')} <Time at={finding.lastSeenAt} />
      </span>
      <Course finding={finding} />
    </p>
    {IS_THERE.includes(finding.state) && <Acts finding={finding} />}
  </li>
);
