import { newId } from '#kernel/ids.ts';
import { scrub, scrubValue } from '#kernel/taint.ts';
import type { Sent } from './providers/port.ts';
import type { attempts } from './tables.ts';

interface Of {
  tenantId: string;
  deliveryId: string;
  webhookId: string;
  number: number;
  url: string;
}

/** PostgreSQL takes no NUL in text, and receivers may send anything. */
const plain = (text: string): string => text.replaceAll('\0', '\u{fffd}');

/** An attempt as it is kept: what a receiver answers may hold what it was sent, so values of secrets are taken out. */
export const attemptRow = ({ tenantId, deliveryId, webhookId, number, url }: Of, sent: Sent): typeof attempts.$inferInsert => ({
  tenantId,
  id: newId(),
  deliveryId,
  webhookId,
  number,
  at: sent.at,
  ms: sent.ms,
  outcome: sent.outcome,
  status: sent.status,
  error: sent.error === null ? null : plain(scrub(sent.error, tenantId)),
  url,
  requestHeaders: sent.requestHeaders,
  responseHeaders: sent.responseHeaders === null ? null : scrubValue(sent.responseHeaders, tenantId),
  responseBody: sent.responseBody === null ? null : plain(scrub(sent.responseBody, tenantId)),
  createdAt: sent.at,
  updatedAt: sent.at,
});
