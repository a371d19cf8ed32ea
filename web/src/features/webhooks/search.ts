import type { Query } from '#lib/api.ts';
import { compact, oneOf, textOf, type RawSearch } from '#lib/search.ts';

const WEBHOOK_TABS = ['deliveries', 'settings', 'changes', 'audit'] as const;
export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const;

/** What of one endpoint is shown, as it stands in the address. */
export interface WebhookSearch {
  tab?: (typeof WEBHOOK_TABS)[number];
  state?: (typeof DELIVERY_STATES)[number];
  type?: string;
  /** HTTP status of the last attempt. */
  status?: string;
  from?: string;
  to?: string;
  /** Id of the delivery that is open. */
  open?: string;
}
const moment = (raw: unknown): string | undefined => {
  const text = textOf(raw, 40);
  return text !== undefined && Number.isFinite(Date.parse(text)) ? new Date(text).toISOString() : undefined;
};
const statusOf = (raw: unknown): string | undefined => {
  const text = textOf(raw, 3);
  return text !== undefined && /^[1-5]\d\d$/.test(text) ? text : undefined;
};

export const webhookSearch = (raw: RawSearch): WebhookSearch =>
  compact<WebhookSearch>({
    tab: oneOf(WEBHOOK_TABS, raw['tab']),
    state: oneOf(DELIVERY_STATES, raw['state']),
    type: textOf(raw['type'], 120),
    status: statusOf(raw['status']),
    from: moment(raw['from']),
    to: moment(raw['to']),
    open: textOf(raw['open'], 64),
  });

export const deliveriesQuery = ({ state, type, status, from, to }: WebhookSearch): Query => ({ state, type, status, from, to });
export const isFiltered = ({ state, type, status, from, to }: WebhookSearch): boolean => [state, type, status, from, to].some(Boolean);
