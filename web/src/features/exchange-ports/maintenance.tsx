import { useQuery } from '@tanstack/react-query';
import { t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { Countdown, Head } from '#features/exchange/maintenance-entry.tsx';
import { maintenanceQuery } from './api.ts';

/** What the exchange is going to do, or does now, that concerns a port; nothing where there is nothing. */
export function PortMaintenance({ port }: { port: string }) {
  const { data } = useQuery(maintenanceQuery(port));
  if (!data || data.items.length === 0) return null;
  return (
    <Card flush title={t('exchangePorts.maintenance')}>
      <ul className="divide-y divide-line" aria-label={t('exchangePorts.maintenance')}>
        {data.items.map((window) => (
          <li key={window.id} className="flex flex-col gap-2 px-4 py-3">
            <Head window={window} />
            <Countdown window={window} />
            <p className="text-ink-2 [overflow-wrap:anywhere]">{window.reason}</p>
            {window.routeServers.length > 0 && (
              <p className="text-ink-2 [overflow-wrap:anywhere]">{t('exchangePorts.maintenance.of', { servers: window.routeServers.join(', ') })}</p>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
