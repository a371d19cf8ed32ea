import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Invalid } from '../invalid.ts';
import type { Name } from '../names.ts';
import { isSigningType, typeName } from '../rdata/types.ts';
import type { ZoneRecord } from '../records.ts';
import { sameAnswer, setKey, type SetChange, type SetState } from '../sets.ts';
import { askTcp, NetworkFault, type Endpoint } from '../wire/exchange.ts';
import {
  CLASS,
  decodeMessage,
  emptyMessage,
  encodeMessage,
  rcodeName,
  RCODE,
  TYPE,
  valueOf,
  type Message,
  type ResourceRecord,
} from '../wire/message.ts';
import { TsigFault, tsigExchange, type TsigKey } from '../wire/tsig.ts';
import { DnsServerFault, type DnsServer, type ServedZone } from './port.ts';
import { updateMessage, updateParts } from './update.ts';

export interface Rfc2136Options {
  endpoint: Endpoint;
  key: TsigKey;
  now?: () => number;
  /** Milliseconds; for connecting and for each wait during an answer. */
  connectMs?: number;
  answerMs?: number;
}

const ATTEMPTS = 4;
const MAX_RECORDS = 200_000;
/** Full jitter over 250 ms, doubling, at most 5 s. */
const rest = (attempt: number, signal: AbortSignal): Promise<void> =>
  pause(Math.random() * Math.min(5_000, 250 * 2 ** attempt), undefined, { signal }).catch(() => {
    throw signal.reason;
  });

/** A server that takes dynamic updates (RFC 2136) and zone transfers (RFC 5936), all signed (RFC 8945), all by TCP. */
export function rfc2136({ endpoint, key, now, connectMs = 5_000, answerMs = 30_000 }: Rfc2136Options): DnsServer {
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

  async function transfer(zone: Name, signal: AbortSignal): Promise<ServedZone> {
    const query = encodeMessage({ ...emptyMessage(randomInt(65_536)), questions: [{ name: zone, type: TYPE.AXFR, class: CLASS.IN }] });
    const found: ResourceRecord[] = [];
    await ask(query, signal, ({ rcode, answers }) => {
      if (rcode !== RCODE.NOERROR) throw refusal(zone, rcode, 'the transfer of');
      if (found.length === 0 && answers[0]?.type !== TYPE.SOA)
        throw new DnsServerFault('rejected', `the transfer of ${zone} does not begin with its SOA record`);
      found.push(...answers);
      if (found.length > MAX_RECORDS) throw new DnsServerFault('rejected', `${zone} has more than ${MAX_RECORDS} records`);
      return found.length > 1 && found.at(-1)!.type === TYPE.SOA;
    });
    return served(found);
  }

  async function update(zone: Name, changes: readonly SetChange[], signal: AbortSignal): Promise<number> {
    const answered = { rcode: -1 };
    await ask(updateMessage(randomInt(65_536), zone, changes), signal, ({ rcode }) => ((answered.rcode = rcode), true));
    return answered.rcode;
  }

  /** Where the zone stands against a change: all done, nothing done, or something else. */
  async function look(
    zone: Name,
    changes: readonly SetChange[],
    signal: AbortSignal,
  ): Promise<{ state: 'after' | 'before' | 'other'; serial: number }> {
    const { serial, records } = await transfer(zone, signal);
    const sets = new Map([...Map.groupBy(records, setKey)].map(([name, group]) => [name, stateOf(group)]));
    const all = (side: 'before' | 'after'): boolean => changes.every((change) => sameAnswer(sets.get(setKey(change)) ?? null, change[side]));
    return { serial, state: all('after') ? 'after' : all('before') ? 'before' : 'other' };
  }

  return {
    kind: 'rfc2136',
    endpoint,
    ownsZones: false,
    read: (zone, signal) => retried(signal, () => transfer(zone, signal)),
    create: async () => undefined,
    remove: async () => undefined,
    parts: updateParts,
    async apply(zone, changes, { signal }) {
      let sent = false;
      for (let attempt = 1; ; attempt++) {
        const rcode = await update(zone, changes, signal).catch(passing);
        sent ||= rcode === RCODE.NOERROR || (rcode instanceof DnsServerFault && rcode.kind === 'unknown');
        if (typeof rcode === 'number' && !WORTH_A_LOOK.has(rcode)) throw refusal(zone, rcode, 'the update of');
        // Done, not done, or unknown: the zone itself says which. A lost answer and a failed prerequisite look alike here.
        const seen = await retried(signal, () => look(zone, changes, signal)).catch((cause: Error) => {
          if (!sent) throw rcode instanceof DnsServerFault ? rcode : cause;
          throw new DnsServerFault('unknown', `whether the update of ${zone} was carried out is not known: ${cause.message}`, { cause });
        });
        if (seen.state === 'after') return seen.serial;
        const refused = typeof rcode === 'number' ? refusal(zone, rcode, 'the update of') : rcode;
        if (rcode === RCODE.NOERROR)
          throw new DnsServerFault('rejected', `the server took the update of ${zone}, but its records are not what was asked for`);
        // Our sets are untouched and yet a prerequisite fails, twice: the name has other data, which stands against an alias or is one.
        const blocked = typeof rcode === 'number' && PREREQUISITE_FAILED.has(rcode) && attempt > 1;
        if (seen.state === 'other' || blocked)
          throw new DnsServerFault('conflict', `${zone} was changed at the server by someone else; nothing was written`);
        if (attempt >= ATTEMPTS) throw refused;
        await rest(attempt, signal);
      }
    },
  };
}

const PREREQUISITE_FAILED: ReadonlySet<number> = new Set([RCODE.NXDOMAIN, RCODE.YXDOMAIN, RCODE.YXRRSET, RCODE.NXRRSET]);
/** After these the zone is compared; all others are a plain refusal. */
const WORTH_A_LOOK: ReadonlySet<number> = new Set([RCODE.NOERROR, RCODE.SERVFAIL, ...PREREQUISITE_FAILED]);

/** Faults of the moment are handed back, others thrown. */
function passing(error: unknown): DnsServerFault {
  if (error instanceof DnsServerFault && (error.kind === 'unavailable' || error.kind === 'timeout' || error.kind === 'unknown')) return error;
  throw error;
}

async function retried<T>(signal: AbortSignal, read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read();
    } catch (error) {
      const fault = passing(error);
      if (attempt >= ATTEMPTS) throw fault;
      await rest(attempt, signal);
    }
  }
}

const stateOf = (records: readonly ZoneRecord[]): SetState => ({
  ttl: records[0]!.ttl,
  entries: records.map(({ value }) => ({ id: '', value, comment: null })),
});

/** Records of a transfer: the SOA stands at both ends, and what the signer made is not ours. */
function served(found: readonly ResourceRecord[]): ServedZone {
  const soa = { ttl: found[0]!.ttl, value: valueOf(found[0]!) };
  const records = found
    .filter((each) => each.class === CLASS.IN && each.type !== TYPE.SOA && !isSigningType(typeName(each.type)))
    .map((each) => ({ name: each.name, type: typeName(each.type), ttl: each.ttl, value: valueOf(each) }));
  return { serial: Number(soa.value.split(' ')[2]), soa, records };
}

function refusal(zone: Name, rcode: number, what: string): DnsServerFault {
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
