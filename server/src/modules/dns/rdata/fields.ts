import ipaddr from 'ipaddr.js';
import { isIPv4, isIPv6 } from 'node:net';
import { Invalid, within } from '../invalid.ts';
import { labelsOf, parseName, withDot, type Name } from '../names.ts';
import { type Reader, u16, u32, u8 } from '../wire/reader.ts';
import { parseSeconds } from './time.ts';
import { octets, quote, type Token, type Tokens } from './tokens.ts';

/** One part of a record's data, in both of its forms: presentation text and wire. */
export interface Field<T> {
  parse(tokens: Tokens): T;
  format(value: T): string;
  write(value: T): Uint8Array;
  /** `end`: where the data of the record ends. */
  read(reader: Reader, end: number): T;
}

const number = (title: string, max: number, write: (value: number) => Buffer, read: (reader: Reader) => number): Field<number> => ({
  parse(tokens) {
    const { text, at, quoted } = tokens.next(title);
    if (quoted || !/^\d{1,10}$/.test(text) || Number(text) > max)
      throw new Invalid(`${title} is a whole number from 0 to ${max}, not "${text.slice(0, 40)}"`, at);
    return Number(text);
  },
  format: String,
  write,
  read,
});
export const byte = (title: string): Field<number> => number(title, 255, u8, (reader) => reader.u8());
export const short = (title: string): Field<number> => number(title, 65_535, u16, (reader) => reader.u16());
export const long = (title: string): Field<number> => number(title, 4_294_967_295, u32, (reader) => reader.u32());

/** A time in seconds; zone files may write it with units (1h30m). */
export const seconds = (title: string): Field<number> => ({
  ...long(title),
  parse(tokens) {
    const { text, at } = tokens.next(title);
    const value = parseSeconds(text);
    if (value === undefined || value > 4_294_967_295)
      throw new Invalid(`${title} is a time in seconds, or such as 1h30m, not "${text.slice(0, 40)}"`, at);
    return value;
  },
});

export const wireName = (name: Name): Buffer =>
  Buffer.concat([...labelsOf(name).flatMap((label) => [u8(label.length), Buffer.from(label, 'latin1')]), u8(0)]);

/** A name in RDATA: relative text is completed in a zone file and absolute in the API. */
export const name = (title: string): Field<Name> => ({
  parse(tokens) {
    const { text, at } = tokens.next(title);
    return within(at, () => parseName(text, tokens.origin), title);
  },
  format: withDot,
  write: wireName,
  read: (reader) => reader.name(),
});

export const ipv4: Field<string> = {
  parse(tokens) {
    const { text, at } = tokens.next('the address');
    if (!isIPv4(text)) throw new Invalid(`"${text.slice(0, 45)}" is not an IPv4 address such as 192.0.2.1`, at);
    return text;
  },
  format: String,
  write: (value) => Uint8Array.from(ipaddr.parse(value).toByteArray()),
  read: (reader) => [...reader.take(4)].join('.'),
};

export const ipv6: Field<string> = {
  parse(tokens) {
    const { text, at } = tokens.next('the address');
    if (!isIPv6(text) || text.includes('%')) throw new Invalid(`"${text.slice(0, 45)}" is not an IPv6 address such as 2001:db8::1`, at);
    return ipaddr.IPv6.parse(text).toRFC5952String();
  },
  format: String,
  write: (value) => Uint8Array.from(ipaddr.parse(value).toByteArray()),
  read: (reader) => new ipaddr.IPv6([...reader.take(16)]).toRFC5952String(),
};

const string = (token: Token, title: string): Buffer => {
  const bytes = octets(token);
  if (bytes.length > 255) throw new Invalid(`${title} has ${bytes.length} octets; a string holds 255`, token.at);
  return bytes;
};

/** A character-string (RFC 1035 3.3): up to 255 octets. */
export const text = (title: string): Field<Buffer> => ({
  parse: (tokens) => string(tokens.next(title), title),
  format: quote,
  write: (value) => Buffer.concat([u8(value.length), value]),
  read: (reader) => Buffer.from(reader.take(reader.u8())),
});

/** One or more character-strings. A longer one is cut into pieces of 255 octets: readers join them again (RFC 7208 3.3). */
export const texts: Field<Buffer[]> = {
  parse(tokens) {
    const all = [tokens.next('the text'), ...tokens.rest()];
    return all.flatMap((token) => split(octets(token)));
  },
  format: (strings) => strings.map(quote).join(' '),
  write: (strings) => Buffer.concat(strings.flatMap((each) => [u8(each.length), each])),
  read(reader, end) {
    const strings: Buffer[] = [];
    while (reader.at < end) strings.push(Buffer.from(reader.take(reader.u8())));
    if (strings.length === 0) throw new Invalid('a text record without a string');
    return strings;
  },
};

function split(bytes: Buffer): Buffer[] {
  if (bytes.length <= 255) return [bytes];
  return Array.from({ length: Math.ceil(bytes.length / 255) }, (_, piece) => bytes.subarray(piece * 255, piece * 255 + 255));
}

/** Octets to the end of the data, as one quoted string without the 255 limit (CAA, RFC 8659). */
export const longText = (title: string): Field<Buffer> => ({
  parse: (tokens) => octets(tokens.next(title)),
  format: quote,
  write: (value) => value,
  read: (reader, end) => remaining(reader, end),
});

const remaining = (reader: Reader, end: number): Buffer => Buffer.from(reader.take(Math.max(0, end - reader.at)));

/** Octets to the end of the data in hexadecimal; the text may have spaces between the digits. */
export const hex = (title: string): Field<Buffer> => ({
  parse(tokens) {
    const all = [tokens.next(title), ...tokens.rest()];
    const digits = all.map((token) => token.text).join('');
    if (!/^(?:[0-9a-f]{2})+$/i.test(digits)) throw new Invalid(`${title} is an even number of hexadecimal digits`, all[0]!.at);
    return Buffer.from(digits, 'hex');
  },
  format: (value) => value.toString('hex').toUpperCase(),
  write: (value) => value,
  read(reader, end) {
    const value = remaining(reader, end);
    if (value.length === 0) throw new Invalid(`${title} is empty`);
    return value;
  },
});
