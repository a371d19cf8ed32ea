import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, CircleX } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { actsOf, type Act } from './acts.ts';
import { useAct, type Port } from './api.ts';
import { Servers, waitsForServers } from './servers.tsx';

const LOUD: readonly Act[] = ['requests.approve', 'requests.retry', 'ports.resume'];
const QUIET: readonly Act[] = ['requests.update'];
const variantOf = (act: Act) => (LOUD.includes(act) ? 'primary' : QUIET.includes(act) ? 'secondary' : 'danger-quiet');

const nameOf = ({ asn, fabric }: Port): string => t('exchangePorts.name', { asn, fabric });

/** What somebody should know about where it stands: why not, or what went wrong. */
const Word = ({ port: { reason, lastError } }: { port: Port }) => (
  <>
    {reason !== null && <p className="text-ink-2 [overflow-wrap:anywhere]">{t('exchangePorts.reason', { reason })}</p>}
    {lastError !== null && <p className="text-ink-2 [overflow-wrap:anywhere]">{t('exchangePorts.error', { message: lastError.message })}</p>}
  </>
);

const Facts = ({ port, whose }: { port: Port; whose: 'mine' | 'all' }) => {
  const { addressV6, addressV4, nodeId, requester, right, createdAt } = port;
  const addresses = [addressV6, addressV4].filter((one) => one !== null).join(', ');
  return (
    <p className="flex flex-wrap gap-x-3 text-xs text-ink-3">
      {addresses === '' ? <span>{t('exchangePorts.noAddress')}</span> : <span className="font-mono [overflow-wrap:anywhere]">{addresses}</span>}
      {nodeId !== null && <span>{t('exchangePorts.node', { node: nodeId })}</span>}
      {whose === 'all' && <span>{t(`exchangePorts.right.${right.source}`, { name: requester.name })}</span>}
      <Time at={createdAt} />
    </p>
  );
};

const HEALTHS = { up: ['good', CircleCheck], degraded: ['warn', CircleAlert], down: ['bad', CircleX] } as const;
/** Whether its sessions are up, of a port that is to have some. */
const Health = ({ port: { health, status } }: { port: Port }) => {
  if (health === null || status !== 'active') return null;
  const [tone, Icon] = HEALTHS[health];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`exchangePorts.health.${health}`)}
    </Badge>
  );
};

/** What the rule of the fabric made of it. */
const Rule = ({ port: { status, decisionRule, decidedBy, waitsFor } }: { port: Port }) => {
  if (status === 'pending' && waitsFor !== null) return <p className="text-ink-2">{t(`exchangePorts.waits.${waitsFor}`)}</p>;
  return decisionRule === null ? null : (
    <p className="text-xs text-ink-3">{t('exchangePorts.byRule', { rule: decisionRule, name: decidedBy ?? '' })}</p>
  );
};

/** One request or port, with what can be done to it. */
export function Entry({ port, whose }: { port: Port; whose: 'mine' | 'all' }) {
  const act = useAct();
  const blocked = useBlocked(whose === 'mine' ? 'exchangeRequests:create' : 'exchangeRequests:decide');
  const acts = actsOf(whose, port.status);
  const name = nameOf(port);
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {whose === 'mine' ? (
          <Link
            to="/infrastructure/exchange-ports/$id"
            params={{ id: port.id }}
            className="font-medium [overflow-wrap:anywhere] hover:text-accent hover:underline"
          >
            {name}
          </Link>
        ) : (
          <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
        )}
        {port.network !== null && <span className="text-ink-2 [overflow-wrap:anywhere]">{port.network}</span>}
        <State value={port.status} />
        <Health port={port} />
      </div>
      <Facts port={port} whose={whose} />
      {port.notes !== null && <p className="text-ink-2 [overflow-wrap:anywhere]">{port.notes}</p>}
      <Word port={port} />
      {whose === 'all' && <Rule port={port} />}
      {whose === 'all' && waitsForServers(port) && <Servers port={port} name={name} />}
      {acts.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {acts.map((one) => (
            <Button
              key={one}
              size="sm"
              variant={variantOf(one)}
              blocked={blocked}
              aria-label={t(`exchangePorts.act.${one}.of`, { name })}
              onClick={() => act(one, { id: port.id })}
            >
              {t(`exchangePorts.act.${one}`)}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}
