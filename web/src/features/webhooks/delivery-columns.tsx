import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import type { Column } from '#ui/data-table/index.ts';
import { Time } from '#ui/time.tsx';
import type { Delivery } from './api.ts';
import { answerText, DeliveryState } from './words.tsx';

const Type = ({ delivery: { type, test, replayedAt } }: { delivery: Delivery }) => (
  <span className="flex min-w-0 flex-wrap items-center gap-1.5">
    <code className="text-xs [overflow-wrap:anywhere]">{type}</code>
    {test && <Badge tone="outline">{t('webhooks.delivery.test')}</Badge>}
    {replayedAt && <Badge tone="outline">{t('webhooks.delivery.replayed')}</Badge>}
  </span>
);
const Next = ({ delivery: { state, nextAt } }: { delivery: Delivery }) =>
  state === 'waiting' && nextAt ? (
    <span className="text-xs text-ink-2">
      {t('webhooks.delivery.next')} <Time at={nextAt} />
    </span>
  ) : null;

export const deliveryColumns = (): Column<Delivery>[] => [
  { id: 'type', header: t('webhooks.column.event'), fixed: true, cell: (delivery) => <Type delivery={delivery} />, csv: ({ type }) => type },
  { id: 'state', header: t('webhooks.column.state'), width: '9rem', cell: (delivery) => <DeliveryState delivery={delivery} />, csv: ({ state }) => state },
  { id: 'answer', header: t('webhooks.column.answer'), width: '14rem', hideBelow: 'sm', cell: (delivery) => <span className="text-xs text-ink-2">{answerText(delivery)}</span>, csv: ({ status, code }) => [status, code].filter(Boolean).join(' ') },
  { id: 'attempts', header: t('webhooks.column.attempts'), width: '6rem', align: 'end', hideBelow: 'md', cell: ({ attempts }) => attempts, csv: ({ attempts }) => attempts },
  { id: 'next', header: t('webhooks.column.next'), width: '11rem', hideBelow: 'lg', cell: (delivery) => <Next delivery={delivery} />, csv: ({ nextAt }) => nextAt },
  { id: 'message', header: t('webhooks.column.message'), optional: true, cell: ({ messageId }) => <code className="text-xs">{messageId}</code>, csv: ({ messageId }) => messageId },
  { id: 'created', header: t('webhooks.column.when'), width: '9rem', cell: ({ createdAt }) => <Time at={createdAt} />, csv: ({ createdAt }) => createdAt },
]; // prettier-ignore

export const DeliveryCompact = ({ delivery }: { delivery: Delivery }) => (
  <span className="flex min-w-0 flex-col gap-1 py-1">
    <Type delivery={delivery} />
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-2">
      <DeliveryState delivery={delivery} />
      <span>{answerText(delivery)}</span>
      <Time at={delivery.createdAt} />
    </span>
    <Next delivery={delivery} />
  </span>
);
