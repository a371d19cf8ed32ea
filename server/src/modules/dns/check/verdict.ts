import { isWithin, type Name } from '../names.ts';
import { isSigningType, typeName } from '../rdata/types.ts';
import { textContent } from '../records.ts';
import { FLAG, RCODE, TYPE, valueOf, type Message, type ResourceRecord } from '../wire/message.ts';
import type { Heard, Silence } from './ask.ts';

export const VERDICTS = ['in_sync', 'old_serial', 'stale_cache', 'negative_cache', 'mismatch', 'lame', 'unreachable', 'timeout', 'servfail'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What an answer says inside the zone, as lines that compare: names and hosts have no case, TXT counts by its content. */
export type Said = ReadonlySet<string>;

export const lineOf = (name: Name, type: string, value: string): string =>
  `${name} ${type} ${type === 'TXT' ? textContent(value).toString('base64') : value}`;

const inZone = (zone: Name, records: readonly ResourceRecord[]): ResourceRecord[] =>
  records.filter(({ name, type }) => isWithin(name, zone) && !isSigningType(typeName(type)) && type !== TYPE.OPT);

export const said = (zone: Name, records: readonly ResourceRecord[]): Said =>
  new Set(inZone(zone, records).map((record) => lineOf(record.name, typeName(record.type), valueOf(record))));

const sameSaid = (a: Said, b: Said): boolean => a.size === b.size && [...a].every((line) => b.has(line));

/** Serial arithmetic (RFC 1982): true when `a` comes before `b`, round the clock of 32 bits. */
export const isOlder = (a: number, b: number): boolean => a !== b && (b - a) >>> 0 < 2 ** 31;

export const serialOf = (message: Message): number | undefined => {
  const soa = [...message.answers, ...message.authority].find(({ type }) => type === TYPE.SOA);
  return soa && Number(valueOf(soa).split(' ')[2]);
};

/** How things should be. */
export interface Wished {
  zone: Name;
  said: Said;
  /** Newest serial that anyone knows of. */
  newest: number;
  /** Earlier answers of ours, newest first. */
  past: readonly Said[];
  /** Only the serial is compared. */
  onlySerial: boolean;
}

const refused = (rcode: number): Verdict | undefined =>
  rcode === RCODE.SERVFAIL ? 'servfail' : rcode !== RCODE.NOERROR && rcode !== RCODE.NXDOMAIN ? 'lame' : undefined;

/** A server that is responsible for the zone. `soa` is its answer to the question for the serial. */
export function judgeAuthority(wished: Wished, answer: Heard | Silence, soa: Heard | Silence): Verdict {
  if (typeof answer === 'string') return answer;
  const no = refused(answer.message.rcode);
  if (no) return no;
  if ((answer.message.flags & FLAG.AUTHORITATIVE) === 0) return 'lame';
  const serial = typeof soa === 'string' ? undefined : serialOf(soa.message);
  if (serial !== undefined && isOlder(serial, wished.newest)) return 'old_serial';
  return wished.onlySerial || sameSaid(said(wished.zone, answer.message.answers), wished.said) ? 'in_sync' : 'mismatch';
}

/** A resolver: what it says may be as old as its cache. */
export function judgeResolver(wished: Wished, answer: Heard | Silence): Verdict {
  if (typeof answer === 'string') return answer;
  const { message } = answer;
  const no = refused(message.rcode);
  if (no) return no;
  if (wished.onlySerial) {
    const serial = serialOf(message);
    return serial === undefined ? 'negative_cache' : isOlder(serial, wished.newest) ? 'stale_cache' : 'in_sync';
  }
  const found = said(wished.zone, message.answers);
  if (sameSaid(found, wished.said)) return 'in_sync';
  if (found.size === 0) return 'negative_cache';
  return wished.past.some((old) => sameSaid(old, found)) ? 'stale_cache' : 'mismatch';
}

/** Seconds for which a resolver may go on saying what it says. */
export function secondsLeft(zone: Name, message: Message): number | null {
  const answers = inZone(zone, message.answers);
  if (answers.length > 0) return Math.min(...answers.map(({ ttl }) => ttl));
  const soa = message.authority.find(({ type }) => type === TYPE.SOA);
  return soa ? Math.min(soa.ttl, Number(valueOf(soa).split(' ')[6])) : null;
}
