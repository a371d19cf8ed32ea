import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNow } from '#lib/now.ts';
import { usePages, type Rows } from '#lib/pages.ts';
import type { Delivery } from './api.ts';
import { deliveriesQuery, type WebhookSearch } from './search.ts';

/** While something is on its way, how often to look how it ended; and otherwise, as a net. */
const SOON_MS = 2_000;
const IDLE_MS = 15_000;
/** A delivery is made, and tried, within moments of its event. */
const AFTER_EVENT_MS = 6_000;
const DUE_WITHIN_MS = 30_000;

/** Whether a delivery is on its way now, or about to be. */
export const isDue = ({ state, nextAt }: Pick<Delivery, 'state' | 'nextAt'>, now: number): boolean =>
  state === 'waiting' && (nextAt === null || Date.parse(nextAt) - now < DUE_WITHIN_MS);

/** True for a while after anything happened in the tenant: every event makes what begins with this key old, and so this hears of it. */
function useStir(): boolean {
  const { data } = useQuery({ queryKey: ['/audit/entries', 'stir'], queryFn: () => Date.now() });
  const [stirred, setStirred] = useState(false);
  useEffect(() => {
    if (data === undefined) return undefined;
    setStirred(true);
    const timer = setTimeout(setStirred, AFTER_EVENT_MS, false);
    return () => clearTimeout(timer);
  }, [data]);
  return stirred;
}

/** The history of one endpoint, newest first, as it happens. */
export function useDeliveries(webhookId: string, search: WebhookSearch): Rows<Delivery> {
  const client = useQueryClient();
  const path = `/webhooks/${webhookId}/deliveries`;
  const source = usePages<Delivery>(path, deliveriesQuery(search));
  const stirred = useStir();
  const now = useNow();
  const every = stirred || source.rows.some((delivery) => isDue(delivery, now)) ? SOON_MS : IDLE_MS;
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) void client.invalidateQueries({ queryKey: [path] });
    }, every);
    return () => clearInterval(timer);
  }, [client, path, every]);
  // Rows that say the same are the same object, so this is once for each thing that is new.
  const { rows } = source;
  useEffect(() => {
    if (rows.length > 0) void client.invalidateQueries({ queryKey: ['/webhooks', 'one', webhookId] });
  }, [client, webhookId, rows]);
  return source;
}
