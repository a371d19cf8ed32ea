import { Invalid } from '../invalid.ts';
import type { Name } from '../names.ts';
import { Reader } from '../wire/reader.ts';
import { A, AAAA } from './addresses.ts';
import { DS, SSHFP, TLSA } from './digests.ts';
import { hex } from './fields.ts';
import { CNAME, MX, NS, PTR, RP, SOA, SRV } from './hosts.ts';
import { CAA, HINFO, NAPTR, TXT } from './strings.ts';
import { HTTPS, SVCB } from './svcb.ts';
import { tokenize, Tokens, type Token } from './tokens.ts';
import type { RecordType } from './type.ts';

const ALL: readonly RecordType[] = [A, AAAA, CAA, CNAME, DS, HINFO, HTTPS, MX, NAPTR, NS, PTR, RP, SOA, SRV, SSHFP, SVCB, TLSA, TXT];
const byName = new Map(ALL.map((type) => [type.name, type]));
const byCode = new Map(ALL.map((type) => [type.code, type]));

/** Types that may be edited and are validated in full, in alphabetical order. Others are kept as `TYPEnnn` (RFC 3597). */
export const EDITABLE_TYPES: readonly string[] = ALL.map(({ name }) => name).filter((name) => name !== 'SOA');

/** Made by a signing server; never ours to keep or to send. RRSIG, NSEC, DNSKEY, NSEC3, NSEC3PARAM, CDS, CDNSKEY, ZONEMD and BIND's private 65534. */
const SIGNING: ReadonlyMap<number, string> = new Map([[46, 'RRSIG'], [47, 'NSEC'], [48, 'DNSKEY'], [50, 'NSEC3'], [51, 'NSEC3PARAM'], [59, 'CDS'], [60, 'CDNSKEY'], [63, 'ZONEMD'], [65_534, 'TYPE65534']]); // prettier-ignore
const SIGNING_NAMES = new Set(SIGNING.values());
export const isSigningType = (type: string): boolean => SIGNING_NAMES.has(type);

export const typeName = (code: number): string => byCode.get(code)?.name ?? SIGNING.get(code) ?? `TYPE${code}`;

/** Number of a type; throws Invalid for words that are no type and for numbers that are not data (OPT, 128 to 255). */
export function typeCode(type: string): number {
  const known = byName.get(type)?.code ?? [...SIGNING].find(([, name]) => name === type)?.[0];
  if (known !== undefined) return known;
  const number = /^TYPE(0|[1-9]\d{0,4})$/.exec(type)?.[1];
  if (number === undefined)
    throw new Invalid(`"${type.slice(0, 20)}" is not a record type that is known here; others can be written as TYPEnnn with \\# (RFC 3597)`);
  const code = Number(number);
  if (code === 0 || code === 41 || (code >= 128 && code <= 255) || code > 65_535) throw new Invalid(`TYPE${code} is not a type of data`);
  return code;
}

/** The one way in which a type is written: mnemonics in capitals, and known numbers by name. */
export const canonicalType = (type: string): string => typeName(typeCode(type.toUpperCase()));

const anyData = hex('the data');

/** `\# length hex` (RFC 3597 5): for types without a form of their own, and possible for all. */
function generic(tokens: readonly Token[]): Buffer {
  const reader = new Tokens(tokens.slice(1));
  const length = reader.next('the length');
  if (!/^\d{1,5}$/.test(length.text)) throw new Invalid('\\# is followed by the number of octets', length.at);
  const data = length.text === '0' ? Buffer.alloc(0) : anyData.parse(reader);
  reader.end();
  if (data.length !== Number(length.text)) throw new Invalid(`\\# promises ${length.text} octets, but ${data.length} follow`, length.at);
  return data;
}

const isGeneric = (tokens: readonly Token[]): boolean => tokens[0]?.text === '\\#' && !tokens[0].quoted;

function parts(
  type: string,
  tokens: readonly Token[],
  origin: Name | undefined,
): { known: RecordType | undefined; values: readonly unknown[]; raw: Buffer } {
  const known = byName.get(type);
  if (!known || isGeneric(tokens)) {
    if (!isGeneric(tokens)) throw new Invalid(`data of ${type} is written as \\# length hex (RFC 3597)`, tokens[0]?.at);
    const raw = generic(tokens);
    return { known, values: known ? readValues(known, new Reader(raw), raw.length) : [], raw };
  }
  const reader = new Tokens(tokens, origin);
  const values = known.fields.map((field) => field.parse(reader));
  reader.end();
  return { known, values, raw: Buffer.alloc(0) };
}

function readValues(type: RecordType, reader: Reader, length: number): readonly unknown[] {
  const end = reader.at + length;
  const values = type.fields.map((field) => field.read(reader, end));
  if (reader.at !== end) throw new Invalid(`the data of a ${type.name} record does not fit its length`);
  return values;
}

const formatValues = (type: RecordType, values: readonly unknown[]): string =>
  type.fields
    .map((field, at) => field.format(values[at]))
    .filter((text) => text !== '')
    .join(' ');

const formatRaw = (raw: Buffer): string => (raw.length === 0 ? '\\# 0' : `\\# ${raw.length} ${raw.toString('hex').toUpperCase()}`);

/** The one presentation form of a record's data. Hosts are relative to `origin` where one is given (zone files), else absolute. Throws Invalid. */
export function canonicalValue(type: string, tokens: readonly Token[], origin?: Name): string {
  const { known, values, raw } = parts(type, tokens, origin);
  known?.check(values);
  return known ? formatValues(known, values) : formatRaw(raw);
}

/** Wire form (uncompressed) of data in presentation form. Its meaning is not judged: what another server holds must be sendable as it is. */
export function encodeValue(type: string, value: string): Buffer {
  const { known, values, raw } = parts(type, tokenize(value), undefined);
  return known ? Buffer.concat(known.fields.map((field, at) => field.write(values[at]))) : raw;
}

/** Presentation form of data on the wire, not judged either; the reader stands at its first octet. */
export function decodeValue(code: number, reader: Reader, length: number): string {
  const known = byCode.get(code);
  return known ? formatValues(known, readValues(known, reader, length)) : formatRaw(Buffer.from(reader.take(length)));
}
