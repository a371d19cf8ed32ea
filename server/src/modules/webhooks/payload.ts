import { scrubValue } from '#kernel/taint.ts';
import { redacted, WEBHOOKS } from './rules.ts';

interface Told {
  id: string;
  type: string;
  tenantId: string;
  occurredAt: Date;
  sequence: number;
  data: Readonly<Record<string, unknown>>;
}

const IDS = /^(id|\w+Id)$/;
/** What a large event is known by: the ids in it, and nothing else. */
const idsOf = (data: Told['data']): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).filter(([name, value]) => IDS.test(name) && typeof value === 'string' && value.length <= 100));

/**
 * The body of an event's message, the same over all attempts: without what the webhook leaves out and without values of secrets. One
 * that would be larger than 256 KiB says where to read the event instead.
 */
export function bodyOf(event: Told, { redact, apiVersion }: { redact: readonly string[]; apiVersion: string }, publicUrl: string): string {
  const { type, tenantId, sequence } = event;
  const head = { type, timestamp: event.occurredAt.toISOString() };
  const tail = { tenantId, apiVersion, sequence };
  // Value by value: in the JSON text a secret that looks like a part of it would break the message.
  const data = scrubValue(redacted(event.data, redact), tenantId);
  const whole = JSON.stringify({ ...head, data, ...tail });
  if (Buffer.byteLength(whole) <= WEBHOOKS.payloadBytes) return whole;
  const reference = { eventId: event.id, url: `${publicUrl}/api/v1/events/${event.id}` };
  return JSON.stringify({ ...head, data: { ...idsOf(data), reference }, ...tail });
}
