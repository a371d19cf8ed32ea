import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { egressFault, opensName, type EgressRules } from './outbound-egress.ts';
import { TooLate } from './outbound-http.ts';
import { Forbidden, Unreachable } from './outbound.ts';

export interface NameQuery {
  name: string;
  /** Of the records, such as MX. */
  type: string;
  timeoutMs: number;
  signal: AbortSignal;
}
/** What resolvers know of a name, as node:dns tells it. Throws `TooLate` or `Unreachable`. */
export type AskNames = (query: NameQuery) => Promise<unknown[]>;

const NOTHING: ReadonlySet<string> = new Set(['ENODATA', 'ENOTFOUND']);

/** Asks the resolvers of this machine. */
export const askNamesHere: AskNames = async ({ name, type, timeoutMs, signal }) => {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
  const stop = (): void => resolver.cancel();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return [(await resolver.resolve(name, type)) as unknown].flat();
  } catch (error) {
    signal.throwIfAborted();
    const { code } = error as NodeJS.ErrnoException;
    if (NOTHING.has(code ?? '')) return [];
    if (code === 'ETIMEOUT') throw new TooLate(`the resolver did not answer within ${timeoutMs / 1_000} s`);
    throw new Unreachable(`the resolver does not answer: ${code}`, { cause: error });
  } finally {
    signal.removeEventListener('abort', stop);
  }
};

/** A record of any type as one line, as zone files write it. */
const lineOf = (record: unknown): string =>
  typeof record === 'string' ? record : Array.isArray(record) ? record.join('') : Object.entries(record as object).flatMap(([name, value]) => (name === 'type' ? [] : [String(value)])).join(' '); // prettier-ignore

/** Names that only a resolver inside of a network knows (RFC 6761, 6762, 8375, and the one that ICANN set aside). */
const INNER = /(^|\.)(localhost|local|internal|intranet|private|corp|home|lan|home\.arpa)$/;
const plainName = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** The address that a reverse name is of; what a zone leaves open counts as its first. */
function addressIn(name: string): string | undefined {
  const [, labels = '', family] = /^([\w.]*?)\.?(in-addr|ip6)\.arpa$/.exec(name) ?? [];
  if (family === undefined) return undefined;
  const parts = labels.split('.').filter(Boolean).toReversed();
  if (family === 'in-addr') return Array.from({ length: 4 }, (_, at) => parts[at] ?? '0').join('.');
  const nibbles = Array.from({ length: 32 }, (_, at) => parts[at] ?? '0').join('');
  return (nibbles.match(/.{4}/g) ?? []).join(':');
}

/** Any open port will do: whether an address may be known is asked, not called. */
const PORT = 443;
const addressWhy = (host: string, address: string, rules: EgressRules): string | null =>
  egressFault(host, ipaddr.isValid(address) ? address : '', PORT, rules);

/** Why a name must not be asked for, or told of, or null. */
function nameFault(name: string, rules: EgressRules): string | null {
  const plain = plainName(name);
  const address = isIP(plain) === 0 ? addressIn(plain) : plain;
  if (address !== undefined) return addressWhy(plain, address, rules);
  if (rules.allowPrivateTargets || opensName(plain, rules)) return null;
  return !plain.includes('.') || INNER.test(plain) ? 'it is a name of a network of our own' : null;
}

/** Where records lead: names of hosts by the type, or by the field of a record that has several. */
const LEADING: ReadonlySet<string> = new Set(['CNAME', 'NS', 'PTR']);
const FIELDS = ['exchange', 'nsname', 'name', 'replacement', 'value'] as const;

function recordFault(host: string, type: string, record: unknown, rules: EgressRules): string | null {
  if (typeof record === 'string') {
    if (isIP(record) !== 0) return addressWhy(host, record, rules);
    return LEADING.has(type) ? nameFault(record, rules) : null;
  }
  if (record === null || typeof record !== 'object' || Array.isArray(record)) return null;
  const { address, type: own = type, ...fields } = record as Record<string, unknown>;
  if (typeof address === 'string') return addressWhy(host, address, rules);
  if (own === 'TXT' || own === 'CAA') return null;
  const names = FIELDS.map((field) => fields[field]).filter((value): value is string => typeof value === 'string' && value !== '' && value !== '.');
  return names.map((name) => nameFault(name, rules)).find((why) => why !== null) ?? null;
}

/**
 * What a name has of a type, as lines. Our resolvers know what lies inside: nobody learns of it by asking for names, for reverse names, or
 * for names that lead there. Throws `Forbidden`, `TooLate` or `Unreachable`.
 */
export async function outboundNames(query: NameQuery, rules: EgressRules, ask: AskNames = askNamesHere): Promise<string[]> {
  const { name, type } = query;
  const shown = `"${name.slice(0, 200)}"`;
  const why = nameFault(name, rules);
  if (why !== null) throw new Forbidden(`${shown} must not be asked for: ${why}`);
  const records = await ask(query);
  // Not which one: that would be the answer.
  if (records.some((record) => recordFault(plainName(name), type, record, rules) !== null)) throw new Forbidden(`${shown} leads to where nobody may go`);
  return records.map(lineOf);
} // prettier-ignore
