import { useQuery } from '@tanstack/react-query';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { State } from '#ui/state.tsx';
import { syncQuery, useAct, type Port } from './api.ts';

/** The port waits for route servers, or failed at one of them. */
export const waitsForServers = ({ status, failedStage }: Port): boolean =>
  status === 'provisioning' || (status === 'failed' && failedStage === 'route_servers');

/** Which route servers have the port and which do not; one of them can be tried again without touching the others. */
export function Servers({ port: { id, connectionId }, name }: { port: Port; name: string }) {
  const act = useAct();
  const blocked = useBlocked('exchangeRequests:decide');
  // Whoever decides on requests need not see route servers.
  const { data } = useQuery(syncQuery(connectionId));
  if (!data || data.items.length === 0) return null;
  return (
    <ul className="divide-y divide-line rounded-md border border-line" aria-label={t('exchangePorts.servers')}>
      {data.items.map(({ id: row, routeServer, state, detail, problemCode }) => (
        <li key={row} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
          <span className="font-medium [overflow-wrap:anywhere]">{routeServer}</span>
          <State value={state} of="resource" />
          {state !== 'applied' && (
            <Button
              size="sm"
              blocked={blocked}
              aria-label={t('exchangePorts.retryServer.of', { name, server: routeServer })}
              onClick={() => act('requests.retryServer', { id, server: routeServer })}
            >
              {t('exchangePorts.retryServer')}
            </Button>
          )}
          {problemCode !== null && <span className="min-w-0 basis-full text-ink-2 [overflow-wrap:anywhere]">{detail ?? problemCode}</span>}
        </li>
      ))}
    </ul>
  );
}
