import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import type { Column } from '#ui/data-table/index.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import { webhookQuery, type Webhook, type WebhookDetail } from './api.ts';
import { percent, WebhookState } from './words.tsx';

const SHOWN = 3;
/** The first few patterns, and how many more. */
const Patterns = ({ events }: { events: readonly string[] }) => (
  <span className="flex min-w-0 flex-wrap gap-1">
    {events.slice(0, SHOWN).map((pattern) => (
      <Badge key={pattern} tone="outline" className="font-mono">
        {pattern}
      </Badge>
    ))}
    {events.length > SHOWN && <span className="text-xs text-ink-3">{t('webhooks.events.more', { count: events.length - SHOWN })}</span>}
  </span>
);

const WELL = 0.99;
/** How many of the attempts of the last day arrived; a poor share has a sign beside its colour. */
export const SuccessRate = ({ figures: { successRate, attempts } }: Pick<WebhookDetail, 'figures'>) =>
  successRate === null ? (
    <span className="text-ink-3">{t('webhooks.success.none')}</span>
  ) : (
    <span className="flex flex-wrap items-center gap-x-1.5">
      {successRate < WELL && <TriangleAlert role="img" aria-label={t('webhooks.success.poor')} className="size-3.5 text-warn" />}
      <span className="font-medium tabular-nums">{percent(successRate)}</span>
      <span className="text-xs text-ink-3">{t('webhooks.success.of', { count: attempts, shown: number(attempts) })}</span>
    </span>
  );

/** The list knows no figures, since they are counted for each; those of the rows in sight are asked for. */
function Success({ id }: { id: string }) {
  const { data } = useQuery(webhookQuery(id));
  return data ? <SuccessRate figures={data.figures} /> : <Skeleton className="h-4 w-16" />;
}

const Name = ({ webhook }: { webhook: Webhook }) => (
  <span className="flex min-w-0 flex-col">
    <span className="font-medium [overflow-wrap:anywhere]">{webhook.name}</span>
    <code className="truncate text-xs text-ink-3">{webhook.url}</code>
  </span>
);

export const webhookColumns = (): Column<Webhook>[] => [
  { id: 'name', header: t('webhooks.name'), fixed: true, cell: (webhook) => <Name webhook={webhook} />, csv: ({ name }) => name },
  { id: 'url', header: t('webhooks.url'), optional: true, cell: ({ url }) => <code className="text-xs">{url}</code>, csv: ({ url }) => url },
  { id: 'state', header: t('webhooks.column.state'), width: '9rem', cell: ({ state }) => <WebhookState state={state} />, csv: ({ state }) => state },
  { id: 'events', header: t('webhooks.events'), width: '20rem', hideBelow: 'md', cell: ({ events }) => <Patterns events={events} />, csv: ({ events }) => events.join(' ') },
  { id: 'success', header: t('webhooks.column.success'), width: '13rem', cell: ({ id }) => <Success id={id} /> },
  { id: 'created', header: t('webhooks.column.created'), width: '9rem', optional: true, cell: ({ createdAt }) => <Time at={createdAt} />, csv: ({ createdAt }) => createdAt },
]; // prettier-ignore

export const WebhookCompact = ({ webhook }: { webhook: Webhook }) => (
  <span className="flex min-w-0 flex-col gap-1 py-1">
    <Name webhook={webhook} />
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <WebhookState state={webhook.state} />
      <Success id={webhook.id} />
    </span>
  </span>
);
