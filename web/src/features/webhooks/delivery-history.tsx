import { ListFilter, Send } from 'lucide-react';
import { useMemo } from 'react';
import { PeriodFilter } from '#features/audit/period-filter.tsx';
import { t } from '#lib/i18n.ts';
import type { Loose } from '#lib/search.ts';
import { Button } from '#ui/button.tsx';
import { DataTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter } from '#ui/filter.tsx';
import { useEventTypes, type Webhook } from './api.ts';
import { DeliveryCompact, deliveryColumns } from './delivery-columns.tsx';
import { DeliveryDrawer } from './delivery-drawer.tsx';
import { DELIVERY_STATES, isFiltered, type WebhookSearch } from './search.ts';
import { isChosen } from './selection.ts';
import { useDeliveries } from './use-deliveries.ts';

/** Answers that people look for; any other is found by its number in the address. */
const STATUSES = ['200', '204', '301', '302', '400', '401', '403', '404', '410', '429', '500', '502', '503', '504'];

export interface WebhookDeliveryHistoryProps {
  webhook: Webhook;
  search: WebhookSearch;
  show: (next: Loose<WebhookSearch>) => void;
}
/** Everything that was sent to an endpoint or waits to be, live, with each attempt behind it. */
export function WebhookDeliveryHistory({ webhook, search, show }: WebhookDeliveryHistoryProps) {
  const source = useDeliveries(webhook.id, search);
  const types = useEventTypes().data ?? [];
  const heard = types.filter(({ type }) => type === 'webhook.test' || isChosen(webhook.events, type));
  const chosen = search.type && !heard.some(({ type }) => type === search.type) ? [{ type: search.type }] : [];
  const statuses = search.status && !STATUSES.includes(search.status) ? [...STATUSES, search.status] : STATUSES;
  const unfiltered = { state: undefined, type: undefined, status: undefined, from: undefined, to: undefined };
  return (
    <>
      <DataTable
        name="webhook-deliveries"
        label={t('webhooks.tab.deliveries')}
        columns={useMemo(deliveryColumns, [])}
        source={source}
        rowId={({ id }) => id}
        onOpen={({ id }) => show({ open: id })}
        compact={(delivery) => <DeliveryCompact delivery={delivery} />}
        toolbar={
          <>
            <Filter
              label={t('webhooks.column.state')}
              value={search.state}
              onChange={(state) => show({ state })}
              choices={DELIVERY_STATES.map((value) => ({ value, label: t(`webhooks.delivery.${value}`) }))}
            />
            <Filter
              label={t('webhooks.column.event')}
              value={search.type}
              onChange={(type) => show({ type })}
              choices={[...heard, ...chosen].map(({ type }) => ({ value: type, label: type }))}
            />
            <Filter
              label={t('webhooks.column.answer')}
              value={search.status}
              onChange={(status) => show({ status })}
              choices={statuses.map((value) => ({ value, label: `HTTP ${value}` }))}
            />
            <PeriodFilter from={search.from} to={search.to} onChange={show} />
          </>
        }
        empty={
          isFiltered(search) ? (
            <EmptyState
              icon={ListFilter}
              title={t('webhooks.deliveries.none')}
              action={<Button onClick={() => show(unfiltered)}>{t('webhooks.deliveries.all')}</Button>}
            >
              {t('webhooks.deliveries.none.text')}
            </EmptyState>
          ) : (
            <EmptyState icon={Send} title={t('webhooks.deliveries.empty')}>
              {t('webhooks.deliveries.empty.text')}
            </EmptyState>
          )
        }
      />
      {search.open && <DeliveryDrawer id={search.open} onClose={() => show({ open: undefined })} />}
    </>
  );
}
