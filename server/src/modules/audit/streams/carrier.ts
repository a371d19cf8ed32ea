import type { Clock } from '#kernel/clock.ts';
import type { LookUp } from '#kernel/outbound.ts';
import type { Linked } from '../chain/read.ts';
import type { Carried, Carrier, Destination } from './port.ts';
import { fitting, frame, syslogMessage, testMessage } from './rules.ts';
import { sendSyslog, syslogFault, syslogTarget } from './syslog.ts';

/** One signed message over HTTPS, as webhooks are sent. */
export type Post = (
  message: { url: string; id: string; body: string; headers: Readonly<Record<string, string>>; secrets: readonly string[] },
  signal: AbortSignal,
) => Promise<{ outcome: string; status: number | null; error: string | null; retryAfterMs: number }>;

export interface CarrierOptions {
  /** A laboratory: receivers may be at private addresses, and without TLS. */
  allowPrivateTargets: boolean;
  /** Name that syslog messages come from. */
  host: string;
  now: Clock;
  post: () => Post;
  urlFault: (url: string) => string | null;
  look?: LookUp;
  /** Milliseconds that a syslog receiver has to take everything. */
  takeMs?: number;
}

const all = (count: number): Carried => ({ arrived: count, fault: null, retryAfterMs: 0 });
const none = (fault: string): Carried => ({ arrived: 0, fault, retryAfterMs: 0 });

export function createCarrier({ allowPrivateTargets, host, now, post, urlFault, look, takeMs }: CarrierOptions): Carrier {
  async function bySyslog({ address, ca }: Destination, messages: Iterable<string>, count: number, signal: AbortSignal): Promise<Carried> {
    const target = syslogTarget(address);
    const fault = syslogFault(address, allowPrivateTargets);
    if (!target || fault !== null) return none(`the address must not be called: ${fault}`);
    function* frames(): Generator<string> {
      for (const message of messages) yield frame(message);
    }
    try {
      await sendSyslog({ ...target, ca }, frames(), { allowPrivateTargets, look, signal, ...(takeMs ? { takeMs } : {}) });
      return all(count);
    } catch (error) {
      return none((error as Error).message);
    }
  }

  async function byWebhook(
    { id, tenantId, address, secret }: Destination,
    type: string,
    entries: readonly Linked[],
    signal: AbortSignal,
  ): Promise<Carried> {
    const sent = fitting(entries);
    const [first, last] = [sent[0]?.seq ?? 0, sent.at(-1)?.seq ?? 0];
    const at = now();
    // The same entries have the same name however often they are sent, so that a receiver can tell.
    const name = sent.length > 0 ? `aud_${id}_${first}_${last}` : `aud_${id}_test_${at.getTime()}`;
    const body = JSON.stringify({ type, timestamp: at.toISOString(), tenantId, data: { streamId: id, entries: sent } });
    const { outcome, status, error, retryAfterMs } = await post()(
      { url: address, id: name, body, headers: {}, secrets: secret === null ? [] : [secret] },
      signal,
    );
    return outcome === 'delivered' ? all(sent.length) : { arrived: 0, fault: error ?? `the receiver answered ${status}`, retryAfterMs };
  }

  function* messagesOf(entries: readonly Linked[], facility: number): Generator<string> {
    for (const one of entries) yield syslogMessage(one, facility, host);
  }

  return {
    addressFault: (kind, address) => (kind === 'syslog' ? syslogFault(address, allowPrivateTargets) : urlFault(address)),
    send: (destination, entries, signal) =>
      destination.kind === 'syslog'
        ? bySyslog(destination, messagesOf(entries, destination.facility), entries.length, signal)
        : byWebhook(destination, 'audit.entries', entries, signal),
    hello: (destination, signal) =>
      destination.kind === 'syslog'
        ? bySyslog(destination, [testMessage(now(), destination.facility, host)], 0, signal)
        : byWebhook(destination, 'audit.test', [], signal),
  };
}
