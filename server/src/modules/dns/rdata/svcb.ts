import ipaddr from 'ipaddr.js';
import { isIPv4, isIPv6 } from 'node:net';
import { Invalid } from '../invalid.ts';
import type { Name } from '../names.ts';
import { u16, u8, type Reader } from '../wire/reader.ts';
import { name, short, type Field } from './fields.ts';
import { octets, quote, type Token } from './tokens.ts';
import { recordType } from './type.ts';

/** Service parameters (RFC 9460 14.3.2), by number. */
const KEYS = ['mandatory', 'alpn', 'no-default-alpn', 'port', 'ipv4hint', 'ech', 'ipv6hint', 'dohpath', 'ohttp'] as const;
type Params = ReadonlyMap<number, Buffer>;

const keyName = (key: number): string => KEYS[key] ?? `key${key}`;
function keyNumber(text: string): number {
  const known = (KEYS as readonly string[]).indexOf(text);
  if (known >= 0) return known;
  const number = /^key(0|[1-9]\d{0,4})$/.exec(text)?.[1];
  if (number === undefined || Number(number) > 65_534)
    throw new Invalid(`"${text.slice(0, 40)}" is not a parameter; use ${KEYS.join(', ')} or keyNNNNN`);
  return Number(number);
}

/** Commas separate; `\,` and `\\` stand for themselves (RFC 9460 A.1). */
function list(bytes: Buffer): string[] {
  const text = bytes.toString('latin1');
  const items: string[] = [];
  let item = '';
  for (let at = 0; at < text.length; at++) {
    if (text[at] === ',') {
      items.push(item);
      item = '';
    } else item += text[at] === '\\' && at + 1 < text.length ? text[++at]! : text[at]!;
  }
  return [...items, item];
}

const address =
  (isRight: (text: string) => boolean, what: string) =>
  (text: string): Buffer => {
    if (!isRight(text)) throw new Invalid(`"${text.slice(0, 45)}" is not an ${what} address`);
    return Buffer.from(ipaddr.parse(text).toByteArray());
  };

/** Wire form of a value from its text, by key. */
function encode(key: number, value: Buffer): Buffer {
  const text = value.toString('latin1');
  switch (keyName(key)) {
    case 'mandatory': {
      const keys = list(value)
        .map(keyNumber)
        .toSorted((a, b) => a - b);
      return Buffer.concat(keys.map(u16));
    }
    case 'alpn':
      return Buffer.concat(list(value).flatMap((id) => {
        if (id === '' || id.length > 255) throw new Invalid('an alpn id has 1 to 255 octets');
        return [u8(id.length), Buffer.from(id, 'latin1')];
      })); // prettier-ignore
    case 'port':
      if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new Invalid('port is 0 to 65535');
      return u16(Number(text));
    case 'ipv4hint':
      return Buffer.concat(list(value).map(address(isIPv4, 'IPv4')));
    case 'ipv6hint':
      return Buffer.concat(list(value).map(address((each) => isIPv6(each) && !each.includes('%'), 'IPv6')));
    case 'ech':
      if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) || text === '') throw new Invalid('ech is Base64');
      return Buffer.from(text, 'base64');
    default:
      return value;
  }
}

const chunks = (value: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.floor(value.length / size) }, (_, at) => value.subarray(at * size, at * size + size));

function decode(key: number, value: Buffer): Buffer | string {
  switch (keyName(key)) {
    case 'mandatory':
      return chunks(value, 2)
        .map((each) => keyName(each.readUInt16BE()))
        .join(',');
    case 'alpn': {
      const ids: string[] = [];
      for (let at = 0; at < value.length; at += value[at]! + 1)
        ids.push(value.toString('latin1', at + 1, at + 1 + value[at]!).replace(/[,\\]/g, '\\$&'));
      return Buffer.from(ids.join(','), 'latin1');
    }
    case 'port':
      return String(value.readUInt16BE());
    case 'ipv4hint':
      return chunks(value, 4)
        .map((each) => [...each].join('.'))
        .join(',');
    case 'ipv6hint':
      return chunks(value, 16)
        .map((each) => new ipaddr.IPv6([...each]).toRFC5952String())
        .join(',');
    case 'ech':
      return value.toString('base64');
    default:
      return value;
  }
}

/** Sizes that RFC 9460 demands, by key; a received record with others is malformed. */
const SIZES: Record<string, (value: Buffer) => boolean> = {
  'mandatory': ({ length }) => length > 0 && length % 2 === 0,
  'alpn': isIdList,
  'no-default-alpn': ({ length }) => length === 0,
  'port': ({ length }) => length === 2,
  'ipv4hint': ({ length }) => length > 0 && length % 4 === 0,
  'ipv6hint': ({ length }) => length > 0 && length % 16 === 0,
  'ohttp': ({ length }) => length === 0,
}; // prettier-ignore

function isIdList(value: Buffer): boolean {
  let at = 0;
  while (at < value.length && value[at]! > 0) at += value[at]! + 1;
  return at > 0 && at === value.length;
}

function checkSize(key: number, value: Buffer): void {
  if (SIZES[keyName(key)]?.(value) === false) throw new Invalid(`${keyName(key)} has a value of the wrong length`);
}

function parameter(token: Token, value: Token | undefined): [number, Buffer] {
  const equals = token.text.indexOf('=');
  const key = keyNumber((equals < 0 ? token.text : token.text.slice(0, equals)).toLowerCase());
  const text = value ?? (equals < 0 ? undefined : { ...token, text: token.text.slice(equals + 1) });
  const bytes = encode(key, text ? octets(text) : Buffer.alloc(0));
  checkSize(key, bytes);
  return [key, bytes];
}

const params: Field<Params> = {
  parse(tokens) {
    const found = new Map<number, Buffer>();
    const rest = tokens.rest();
    for (let at = 0; at < rest.length; at++) {
      const token = rest[at]!;
      const next = rest[at + 1];
      const quoted = token.text.endsWith('=') && next?.quoted === true && next.glued ? next : undefined;
      if (quoted) at++;
      if (token.quoted) throw new Invalid('a parameter begins with its key', token.at);
      const [key, bytes] = tokens.at(token, () => parameter(token, quoted));
      if (found.has(key)) throw new Invalid(`${keyName(key)} is given twice`, token.at);
      found.set(key, bytes);
    }
    return new Map([...found].toSorted(([a], [b]) => a - b));
  },
  format: (values) =>
    [...values]
      .map(([key, value]) => {
        if (value.length === 0) return keyName(key);
        const text = decode(key, value);
        return `${keyName(key)}=${typeof text === 'string' ? text : quote(text)}`;
      })
      .join(' '),
  write: (values) => Buffer.concat([...values].flatMap(([key, value]) => [u16(key), u16(value.length), value])),
  read(reader: Reader, end: number) {
    const found = new Map<number, Buffer>();
    let last = -1;
    while (reader.at < end) {
      const key = reader.u16();
      const value = Buffer.from(reader.take(reader.u16()));
      if (key <= last) throw new Invalid('parameters are out of order');
      checkSize(key, value);
      found.set((last = key), value);
    }
    return found;
  },
};

function check(priority: number, _target: Name, values: Params): string | undefined {
  if (priority === 0) return values.size > 0 ? 'priority 0 makes an alias, which has no parameters' : undefined;
  if (values.has(2) && !values.has(1)) return 'no-default-alpn needs alpn';
  const mandatory = values.get(0);
  if (!mandatory) return undefined;
  const keys = chunks(mandatory, 2).map((each) => each.readUInt16BE());
  if (keys.includes(0)) return 'mandatory does not list itself';
  if (new Set(keys).size < keys.length) return 'mandatory names a parameter twice';
  const missing = keys.find((key) => !values.has(key));
  return missing === undefined ? undefined : `mandatory names ${keyName(missing)}, which is not given`;
}

const fields = [short('the priority'), name('the target'), params] as const;
export const SVCB = recordType<[number, Name, Params]>('SVCB', 64, [...fields], check);
export const HTTPS = recordType<[number, Name, Params]>('HTTPS', 65, [...fields], check);
