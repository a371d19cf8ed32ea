import { Invalid } from './invalid.ts';
import { isWithin, labelsOf, parseName, type Name } from './names.ts';
import { canonicalValue, isSigningType, typeCode } from './rdata/types.ts';
import { octets, quote, tokenize } from './rdata/tokens.ts';

/** One record in canonical form: `name` absolute without final dot, `value` in presentation form. TTL in seconds; all records of a set have the same. */
export interface ZoneRecord {
  name: Name;
  type: string;
  ttl: number;
  value: string;
}

export const MAX_TTL = 2_147_483_647; // RFC 2181 8
export const LOW_TTL = 300;

/**
 * Owner name as people give it: `@`, relative to the zone, or absolute with or without the final dot.
 * Text that already ends in the zone's name is taken as absolute.
 */
export function ownerName(input: string, zone: Name): Name {
  const text = input.trim();
  const absolute = text === '@' ? zone : parseName(text);
  const name = isWithin(absolute, zone) ? absolute : text.endsWith('.') ? undefined : parseName(text, zone);
  if (name === undefined) throw new Invalid(`"${input.slice(0, 60)}" is not in the zone ${zone}`);
  checkOwner(name, zone);
  return name;
}

/** What a name of ours may look like beyond RFC 1035: no escapes, and a star only where it is a wildcard. */
function checkOwner(name: Name, zone: Name): void {
  const labels = labelsOf(name);
  labels.forEach((label, at) => {
    if (label === '*' && at === 0 && name !== zone) return;
    if (label.includes('*')) throw new Invalid('a star is possible only alone as the leftmost label (wildcard)');
    const allowed = name.endsWith('.arpa') ? /^[a-z0-9_/-]+$/ : /^[a-z0-9_-]+$/; // RFC 2317 delegates with a slash
    if (!allowed.test(label)) throw new Invalid(`the label "${label.slice(0, 30)}" has characters other than letters, digits, hyphen and underscore`);
    if (label.startsWith('-') || label.endsWith('-')) throw new Invalid(`the label "${label.slice(0, 30)}" begins or ends with a hyphen`);
  });
}

/** Origin of a zone: at least one label, no wildcard, no underscore at the top. */
export function zoneName(input: string): Name {
  const name = parseName(input.trim());
  if (name === '') throw new Invalid('the root cannot be a zone here');
  checkOwner(name, name);
  if (name.includes('*')) throw new Invalid('a zone cannot be a wildcard');
  if (/(^|\.)\d+$/.test(name)) throw new Invalid('the name looks like an address; a reverse zone ends in in-addr.arpa or ip6.arpa');
  return name;
}

/**
 * Data as people give it, in canonical form. Host names are absolute. TXT that does not begin with a quote is taken literally, as
 * UTF-8, and cut into strings of 255 octets.
 */
export function recordValue(type: string, input: string): string {
  typeCode(type);
  if (type === 'SOA') throw new Invalid('the SOA record is kept by the server');
  if (isSigningType(type)) throw new Invalid(`${type} records are made by the server that signs the zone`);
  if (type === 'TXT' && !/^\s*("|\\#)/.test(input)) {
    if (!input.isWellFormed()) throw new Invalid('the text is not valid Unicode');
    return canonicalValue(type, [{ text: quote(Buffer.from(input, 'utf8')).slice(1, -1), quoted: true, at: 0, glued: false }]);
  }
  return canonicalValue(type, tokenize(input.trim()));
}

/** Octets of a TXT value, its strings joined: what readers of the record see. */
export const textContent = (value: string): Buffer => Buffer.concat(tokenize(value).map(octets));
