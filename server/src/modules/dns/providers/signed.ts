import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Invalid } from '../invalid.ts';
import { isWithin, type Name } from '../names.ts';
import { isSigningType, typeName } from '../rdata/types.ts';
import type { SetChange } from '../sets.ts';
import { askTcp, NetworkFault, type Endpoint } from '../wire/exchange.ts';
import {
  CLASS,
  decodeMessage,
  emptyMessage,
  encodeMessage,
  RCODE,
  rcodeName,
  TYPE,
  valueOf,
  type Message,
  type ResourceRecord,
} from '../wire/message.ts';
import { TsigFault, tsigExchange, type TsigKey } from '../wire/tsig.ts';
import { DnsServerFault, type ServedZone } from './port.ts';
import { updateMessage } from './update.ts';

export interface SignedOptions {
  endpoint: Endpoint;
  key: TsigKey;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Milliseconds; for connecting and for each wait during an answer. */
  connectMs?: number;
  answerMs?: number;
}

/** Talks to one server by TCP with one key. Every answer is believed only when it is signed. */
export interface SignedTalk {
  /** All records of a zone (AXFR, RFC 5936). */
  transfer: (zone: Name, signal: AbortSignal) => Promise<ServedZone>;
  /** Sends one UPDATE (RFC 2136) and answers the rcode. */
  update: (zone: Name, changes: readonly SetChange[], signal: AbortSignal) => Promise<number>;
}

const MAX_RECORDS = 200_000;

export function signedTalk({ endpoint, key, now, connectMs = 5_000, answerMs = 30_000 }: SignedOptions): SignedTalk {
  async function ask(query: Buffer, signal: AbortSignal, take: (message: Message) => boolean): Promise<void> {
    const tsig = tsigExchange(key, now);
    try {
      await askTcp(endpoint, tsig.sign(query), (bytes) => {
        const message = decodeMessage(bytes);
        if (message.id !== query.readUInt16BE(0)) return false;
        tsig.verify(bytes);
        return take(message);
      }, { connectMs, answerMs, signal }); // prettier-ignore
      tsig.end();
    } catch (error) {
      throw faultOf(error);
    }
  }

  return {
    async transfer(zone, signal) {
      const query = encodeMessage({ ...emptyMessage(randomInt(65_536)), questions: [{ name: zone, type: TYPE.AXFR, class: CLASS.IN }] });
      const found: ResourceRecord[] = [];
      const take = ({ rcode, answers }: Message): boolean => {
        if (rcode !== RCODE.NOERROR) throw refusal(zone, rcode, 'the transfer of');
        if (found.length === 0 && answers[0]?.type !== TYPE.SOA)
          throw new DnsServerFault('rejected', `the transfer of ${zone} does not begin with its SOA record`);
        found.push(...answers);
        if (found.length > MAX_RECORDS) throw new DnsServerFault('rejected', `${zone} has more than ${MAX_RECORDS} records`);
        return found.length > 1 && found.at(-1)!.type === TYPE.SOA;
      };
      await ask(query, signal, take).catch((error: unknown) => {
        // Reading has no outcome that could be unknown.
        throw error instanceof DnsServerFault && error.kind === 'unknown'
          ? new DnsServerFault('unavailable', error.message, { cause: error })
          : error;
      });
      return served(zone, found);
    },
    async update(zone, changes, signal) {
      const answered = { rcode: -1 };
      await ask(updateMessage(randomInt(65_536), zone, changes), signal, ({ rcode }) => ((answered.rcode = rcode), true));
      return answered.rcode;
    },
  };
}

/** Records of a transfer: the SOA stands at both ends, and what the signer made, or what lies outside, is not ours. */
function served(zone: Name, found: readonly ResourceRecord[]): ServedZone {
  const soa = { ttl: found[0]!.ttl, value: valueOf(found[0]!) };
  const records = found
    .filter((each) => each.class === CLASS.IN && each.type !== TYPE.SOA && !isSigningType(typeName(each.type)) && isWithin(each.name, zone))
    .map((each) => ({ name: each.name, type: typeName(each.type), ttl: each.ttl, value: valueOf(each) }));
  return { serial: Number(soa.value.split(' ')[2]), soa, records };
}

export function refusal(zone: Name, rcode: number, what: string): DnsServerFault {
  const said = `the server refused ${what} ${zone} (${rcodeName(rcode)})`;
  switch (rcode) {
    case RCODE.NOTAUTH:
    case RCODE.NOTZONE:
      return new DnsServerFault('absent', `${said}: it is not authoritative for the zone, or does not know the key for it`);
    case RCODE.REFUSED:
      return new DnsServerFault('auth', `${said}: the key is not allowed to do this`);
    case RCODE.SERVFAIL:
      return new DnsServerFault('unavailable', `${said}: it has a trouble of its own`);
    default:
      return new DnsServerFault('rejected', said);
  }
}

export function faultOf(error: unknown): unknown {
  if (error instanceof TsigFault) return new DnsServerFault('auth', error.message, { cause: error });
  if (error instanceof Invalid) return new DnsServerFault('unknown', `the server's answer could not be read: ${error.message}`, { cause: error });
  if (!(error instanceof NetworkFault)) return error;
  if (error.sent) return new DnsServerFault('unknown', error.message, { cause: error });
  return new DnsServerFault(error.kind === 'timeout' ? 'timeout' : 'unavailable', error.message, { cause: error });
}

const ATTEMPTS = 4;

/** Full jitter over 250 ms, doubling, at most 5 s. Answers false when there have been enough attempts. */
export async function anotherAttempt(attempt: number, signal: AbortSignal): Promise<boolean> {
  if (attempt >= ATTEMPTS) return false;
  await pause(Math.random() * Math.min(5_000, 250 * 2 ** attempt), undefined, { signal }).catch(() => {
    throw signal.reason;
  });
  return true;
}

/** Faults of the moment are handed back, others thrown. */
export function passing(error: unknown): DnsServerFault {
  if (error instanceof DnsServerFault && (error.kind === 'unavailable' || error.kind === 'timeout' || error.kind === 'unknown')) return error;
  throw error;
}

export async function retried<T>(signal: AbortSignal, read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read();
    } catch (error) {
      const fault = passing(error);
      if (!(await anotherAttempt(attempt, signal))) throw fault;
    }
  }
}
