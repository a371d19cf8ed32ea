import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { Loaded } from '#features/account/loaded.tsx';
import { useTell } from '#features/review/submit.ts';
import { run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { Drawer } from '#ui/drawer.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { Time } from '#ui/time.tsx';
import { toast } from '#ui/toast.tsx';
import { deliveryQuery, type DeliveryDetail } from './api.ts';
import { AttemptView, pretty } from './attempt-view.tsx';
import { isDue } from './use-deliveries.ts';
import { DeliveryState, reasonText } from './words.tsx';

const LOOK_AGAIN_MS = 2_000;

const Facts = ({ delivery }: { delivery: DeliveryDetail }) => (
  <KeyValues
    rows={[
      [t('webhooks.column.state'), <DeliveryState key="state" delivery={delivery} />],
      [t('webhooks.delivery.reason'), delivery.code && reasonText(delivery.code)],
      [t('webhooks.column.message'), <code key="message">{delivery.messageId}</code>],
      [t('webhooks.delivery.sequence'), delivery.sequence],
      [t('webhooks.delivery.occurred'), <Time key="occurred" at={delivery.occurredAt} />],
      [t('webhooks.column.next'), delivery.nextAt && <Time at={delivery.nextAt} />],
      [t('webhooks.delivery.settled'), delivery.settledAt && <Time at={delivery.settledAt} />],
      [t('webhooks.delivery.replayedAt'), delivery.replayedAt && <Time at={delivery.replayedAt} />],
    ]}
  />
);

/** Sends it again under its own id, with a new time. */
function ReplayOne({ delivery }: { delivery: DeliveryDetail }) {
  const client = useQueryClient();
  const tell = useTell();
  const permission = useBlocked('webhooks:replay');
  const replaying = useMutation({
    mutationFn: () => run('POST', `/webhook-deliveries/${delivery.id}/replay`, { body: {} }),
    onSuccess: (outcome) => {
      tell(outcome, t('webhooks.replay.one.done'));
      return Promise.all([
        client.invalidateQueries({ queryKey: ['/webhook-deliveries', 'one', delivery.id] }),
        client.invalidateQueries({ queryKey: [`/webhooks/${delivery.webhookId}/deliveries`] }),
      ]);
    },
    onError: toast.failed,
  });
  const blocked =
    permission ?? (delivery.payload === null ? t('webhooks.replay.gone') : delivery.state === 'waiting' ? t('webhooks.replay.waiting') : null);
  return (
    <Button busy={replaying.isPending} blocked={blocked} icon={<RotateCw aria-hidden className="size-3.5" />} onClick={() => replaying.mutate()}>
      {t('webhooks.replay.one')}
    </Button>
  );
}

const Content = ({ delivery }: { delivery: DeliveryDetail }) => (
  <>
    <Facts delivery={delivery} />
    <section aria-label={t('webhooks.attempts')} className="flex flex-col gap-2">
      <h3 className="text-sm font-semibold">{t('webhooks.attempts')}</h3>
      {delivery.history.length === 0 ? (
        <p className="text-ink-3">{t('webhooks.attempts.none')}</p>
      ) : (
        <ul className="rounded-lg border border-line">
          {delivery.history.map((attempt, at) => (
            <AttemptView key={attempt.id} attempt={attempt} begin={at === 0} />
          ))}
        </ul>
      )}
    </section>
    <section aria-label={t('webhooks.payload')} className="flex flex-col gap-2">
      <h3 className="text-sm font-semibold">{t('webhooks.payload')}</h3>
      {delivery.payload === null ? (
        <p className="text-ink-3">{t('webhooks.payload.gone')}</p>
      ) : (
        <CodeBlock label={t('webhooks.payload')} code={pretty(delivery.payload)} />
      )}
    </section>
  </>
);

/** One delivery with every attempt, what was sent and what came back. */
export function DeliveryDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const delivery = useQuery({
    ...deliveryQuery(id),
    refetchInterval: ({ state: { data } }) => (data && isDue(data, Date.now()) ? LOOK_AGAIN_MS : false),
  });
  return (
    <Drawer
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={delivery.data ? <code>{delivery.data.type}</code> : t('state.loading')}
      footer={delivery.data && <ReplayOne delivery={delivery.data} />}
    >
      <div className="flex flex-col gap-5 p-5">
        <Loaded query={delivery} lines={8}>
          {(data) => <Content delivery={data} />}
        </Loaded>
      </div>
    </Drawer>
  );
}
