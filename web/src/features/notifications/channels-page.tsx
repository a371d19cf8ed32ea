import { useQuery } from '@tanstack/react-query';
import { Megaphone, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Badge, type Tone } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { PermissionGate } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import { channelsQuery, type Channel, type Delivery } from './api.ts';
import { ChannelDialog } from './channel-dialog.tsx';
import { ChannelRow } from './channel-row.tsx';
import { kindName } from './words.ts';

const TONES: Record<Delivery['status'], Tone> = { waiting: 'quiet', held: 'outline', handed: 'quiet', delayed: 'warn', delivered: 'good', digested: 'good', failed: 'bad', skipped: 'outline' }; // prettier-ignore

const State = ({ delivery: { status, code, attempts } }: { delivery: Delivery }) => (
  <span className="flex flex-wrap items-center gap-1.5">
    <Badge tone={TONES[status]}>{t(`notifications.state.${status}`)}</Badge>
    {code && <span className="text-xs text-ink-3">{code}</span>}
    {attempts > 1 && <span className="text-xs text-ink-3">{t('notifications.attempts', { count: attempts })}</span>}
  </span>
);
const whatOf = ({ kind, number }: Delivery): string => [number, kindName(kind)].filter(Boolean).join(': ');

const columnsFor = (names: ReadonlyMap<string, string>): Column<Delivery>[] => [
  { id: 'createdAt', header: t('notifications.log.when'), cell: ({ createdAt }) => <Time at={createdAt} />, csv: ({ createdAt }) => createdAt },
  { id: 'what', header: t('notifications.what'), cell: whatOf, csv: whatOf },
  { id: 'to', header: t('notifications.log.to'), cell: (delivery) => whereOf(delivery, names), csv: (delivery) => whereOf(delivery, names) },
  { id: 'status', header: t('notifications.log.state'), cell: (delivery) => <State delivery={delivery} />, csv: ({ status }) => status },
];
const whereOf = ({ via, channelId }: Delivery, names: ReadonlyMap<string, string>): string =>
  via === 'email' ? t('notifications.way.email') : (names.get(channelId ?? '') ?? 'Slack');

function Log({ channels }: { channels: readonly Channel[] }) {
  const names = useMemo(() => new Map(channels.map(({ id, name }) => [id, name])), [channels]);
  const columns = useMemo(() => columnsFor(names), [names]);
  return (
    <section aria-label={t('notifications.log')}>
      <h2 className="mb-2 text-sm font-semibold">{t('notifications.log')}</h2>
      <DataTable
        name="notification-deliveries"
        label={t('notifications.log')}
        columns={columns}
        source={usePages<Delivery>('/notification-deliveries')}
        rowId={({ id }) => id}
        compact={(delivery) => (
          <span className="flex flex-col gap-1">
            <span>{whatOf(delivery)}</span>
            <State delivery={delivery} />
          </span>
        )}
        empty={
          <EmptyState icon={Megaphone} title={t('notifications.log.empty')}>
            {t('notifications.log.empty.text')}
          </EmptyState>
        }
      />
    </section>
  );
}

/** Where the whole organisation is told of things, and what became of everything that was sent. */
export function ChannelsPage() {
  const { data, error, refetch } = useQuery(channelsQuery);
  const [open, setOpen] = useState(false);
  const create = (
    <PermissionGate permission="notifications:configure">
      {(blocked) => (
        <Button variant="primary" data-hotkey="n" blocked={blocked} icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setOpen(true)}>
          {t('notifications.channels.create')}
        </Button>
      )}
    </PermissionGate>
  );
  return (
    <PageFrame title={t('notifications.channels')} facts={t('notifications.channels.lead')} actions={create}>
      {error ? (
        <ProblemView error={error} retry={() => void refetch()} />
      ) : !data ? (
        <SkeletonText lines={5} />
      ) : (
        <>
          {data.length === 0 ? (
            <EmptyState icon={Megaphone} title={t('notifications.channels.empty')}>
              {t('notifications.channels.empty.text')}
            </EmptyState>
          ) : (
            <Card flush title={t('notifications.channels')}>
              <ul className="divide-y divide-line">
                {data.map((channel) => (
                  <ChannelRow key={channel.id} channel={channel} />
                ))}
              </ul>
            </Card>
          )}
          <Log channels={data} />
        </>
      )}
      {open && <ChannelDialog onClose={() => setOpen(false)} />}
    </PageFrame>
  );
}
