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

/** What a receiver answers may hold what it was sent, so values of secrets are taken out before it is shown or kept. */
export const cleaned = (sent: Sent, tenantId: string): Sent => ({
  ...sent,
  error: sent.error === null ? null : plain(scrub(sent.error, tenantId)),
  responseHeaders: scrubValue(sent.responseHeaders, tenantId),
  responseBody: sent.responseBody === null ? null : plain(scrub(sent.responseBody, tenantId)),
});

/** An attempt as it is kept. */
export const attemptRow = ({ tenantId, deliveryId, webhookId, number, url }: Of, sent: Sent): typeof attempts.$inferInsert => {
  const { at, ms, outcome, status, error, requestHeaders, responseHeaders, responseBody } = cleaned(sent, tenantId);
  const of = { tenantId, id: newId(), deliveryId, webhookId, number, url };
  return { ...of, at, ms, outcome, status, error, requestHeaders, responseHeaders, responseBody, createdAt: at, updatedAt: at };
};
