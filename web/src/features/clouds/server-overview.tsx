import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { megabytes } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Environment } from '#ui/environment.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { Amount } from '#ui/money.tsx';
import { Time } from '#ui/time.tsx';
import { useConnections, useRegions } from './api.ts';
import { DriftCard } from './drift-card.tsx';
import { LabelsView } from './labels-view.tsx';
import { RecentChanges } from './recent-changes.tsx';
import type { Server } from './types.ts';

const Copied = ({ value }: { value: string }) => (
  <span className="flex min-w-0 items-center gap-1">
    <code className="min-w-0 text-xs [overflow-wrap:anywhere]">{value}</code>
    <CopyButton text={value} />
  </span>
);
const Figure = ({ value, unit, children }: { value: ReactNode; unit: string; children?: ReactNode }) => (
  <div className="min-w-0 px-4 py-3">
    <p className="text-xs text-ink-3">{unit}</p>
    <p className="mt-0.5 text-lg font-semibold tracking-[-0.01em]">{value}</p>
    {children && <p className="truncate text-xs text-ink-3">{children}</p>}
  </div>
);

/** What the server is, where it is reached and what it costs. */
export function ServerOverview({ server }: { server: Server }) {
  const connection = useConnections().find(({ id }) => id === server.connectionId);
  const region = useRegions().find(({ id }) => id === server.region);
  const place = region ? `${region.name}, ${region.country}` : server.region;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <section
          aria-label={t('server.spec')}
          className="grid grid-cols-2 rounded-lg border border-line bg-surface sm:grid-cols-4 sm:divide-x sm:divide-line"
        >
          <Figure value={server.vcpus} unit={t('size.vcpu')}>
            {server.architecture}
          </Figure>
          <Figure value={megabytes(server.memoryMb)} unit={t('server.memory')} />
          <Figure value={`${server.diskGb} GB`} unit={t('server.disk')} />
          <Figure value={<Amount value={server.cost.monthly} />} unit={t('server.cost')}>
            {server.size}
          </Figure>
        </section>
        <Card title={t('server.addresses')}>
          {server.publicIpv4 || server.publicIpv6 ? (
            <KeyValues
              rows={[
                ['IPv4', server.publicIpv4 && <Copied value={server.publicIpv4} />],
                ['IPv6', server.publicIpv6 && <Copied value={server.publicIpv6} />],
                [t('server.ssh'), server.publicIpv4 && <Copied value={`ssh root@${server.publicIpv4}`} />],
              ]}
            />
          ) : (
            <p className="text-ink-2">{t('server.addresses.none')}</p>
          )}
        </Card>
        <DriftCard server={server} />
        <RecentChanges targetId={server.id} />
      </div>
      <Card title={t('change.details')}>
        <KeyValues
          rows={[
            [t('servers.column.environment'), server.environment && <Environment name={server.environment} />],
            [t('newServer.description'), server.description],
            [t('servers.column.labels'), Object.keys(server.labels).length > 0 ? <LabelsView labels={server.labels} /> : null],
            [
              t('server.protection'),
              server.protection.delete ? (
                <>
                  <Lock aria-hidden className="size-3.5 text-ink-3" /> {t('server.protection.on')}
                </>
              ) : (
                t('server.protection.off')
              ),
            ],
            [t('servers.column.region'), <span key="region">{server.zone ? `${place} (${server.zone})` : place}</span>],
            [t('servers.column.image'), server.image],
            [t('servers.column.connection'), connection?.name ?? null],
            [t('server.managed'), t(`server.managed.${server.managed}`)],
            [t('servers.column.created'), <Time key="created" at={server.createdAt} />],
            [t('server.updated'), <Time key="updated" at={server.updatedAt} />],
            [t('server.externalId'), server.externalId && <Copied value={server.externalId} />],
            [t('change.detail.id'), <Copied key="id" value={server.id} />],
          ]}
        />
      </Card>
    </div>
  );
}
