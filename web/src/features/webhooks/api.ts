import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Answer, Item } from '#lib/answers.ts';
import { request } from '#lib/api.ts';
import type { EventType } from './selection.ts';

/** One endpoint as the list has it. */
export type Webhook = Item<'webhooks.list'>;
/** With how it has been of late. */
export type WebhookDetail = Answer<'webhooks.get'>;
/** With its signing secret, which is shown this once. */
export type FreshWebhook = Answer<'webhooks.create', 201>;
export type Delivery = Item<'webhooks.deliveries.list'>;
export type DeliveryDetail = Answer<'webhooks.deliveries.get'>;
export type Attempt = DeliveryDetail['history'][number];

/** Lists that an act on an endpoint makes old. */
export const TOUCHED = ['/webhooks', '/webhook-deliveries'];

export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: ['/webhooks', 'one', id],
    queryFn: ({ signal }) => request<WebhookDetail>('GET', `/webhooks/${id}`, { signal }),
  });
/** The list of deliveries has a path with the endpoint in it; its key begins as the others' do, so that events find it. */
export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: ['/webhook-deliveries', 'one', id],
    queryFn: ({ signal }) => request<DeliveryDetail>('GET', `/webhook-deliveries/${id}`, { signal }),
  });
const eventTypesQuery = queryOptions({
  queryKey: ['/webhook-event-types'],
  queryFn: ({ signal }) => request<{ items: EventType[] }>('GET', '/webhook-event-types', { signal }).then(({ items }) => items),
  // It changes with the version of the server only.
  staleTime: Infinity,
});
/** Everything that can be heard of. */
export const useEventTypes = () => useQuery(eventTypesQuery);
