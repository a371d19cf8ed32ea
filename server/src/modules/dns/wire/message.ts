import { Invalid } from '../invalid.ts';
import { parentOf, type Name } from '../names.ts';
import { wireName } from '../rdata/fields.ts';
import { decodeValue, encodeValue, typeName } from '../rdata/types.ts';
import { Reader, u16, u32 } from './reader.ts';

/** Numbers of RFC 1035, 2136 and 6895 that we speak. */
export const CLASS = { IN: 1, NONE: 254, ANY: 255 } as const;
export const TYPE = { SOA: 6, OPT: 41, TSIG: 250, AXFR: 252, ANY: 255 } as const;
export const OPCODE = { QUERY: 0, UPDATE: 5 } as const;
export const FLAG = {
  RESPONSE: 0x8000,
  AUTHORITATIVE: 0x0400,
  TRUNCATED: 0x0200,
  WANTS_RECURSION: 0x0100,
  RECURSION: 0x0080,
  AUTHENTIC: 0x0020,
} as const;
export const RCODE = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  YXDOMAIN: 6,
  YXRRSET: 7,
  NXRRSET: 8,
  NOTAUTH: 9,
  NOTZONE: 10,
  BADVERS: 16,
} as const;
const RCODE_NAMES = new Map(Object.entries(RCODE).map(([name, code]) => [code as number, name]));
export const rcodeName = (rcode: number): string => RCODE_NAMES.get(rcode) ?? `RCODE${rcode}`;

export interface Question {
  name: Name;
  type: number;
  class: number;
}

/** `data` is uncompressed and, for types that are known, in lower case: equal records have equal octets. */
export interface ResourceRecord extends Question {
  ttl: number;
  data: Buffer;
}

export interface Message {
  id: number;
  /** Bits of `FLAG`; opcode and rcode have fields of their own. */
  flags: number;
  opcode: number;
  rcode: number;
  questions: Question[];
  answers: ResourceRecord[];
  authority: ResourceRecord[];
  additional: ResourceRecord[];
  /** Where the TSIG record begins, if the message ends in one. */
  tsigAt?: number | undefined;
}

const FLAG_BITS = Object.values(FLAG).reduce((all, bit) => all | bit, 0);

function readRecord(reader: Reader): ResourceRecord {
  const name = reader.name();
  const [type, klass, ttl, length] = [reader.u16(), reader.u16(), reader.u32(), reader.u16()];
  const end = reader.at + length;
  const known = klass === CLASS.IN && length > 0;
  const data = known ? encodeValue(typeName(type), decodeValue(type, reader, length)) : Buffer.from(reader.take(length));
  reader.at = end;
  return { name, type, class: klass, ttl, data };
}

/** Throws Invalid for bytes that are no message. */
export function decodeMessage(bytes: Uint8Array): Message {
  const reader = new Reader(bytes);
  const [id, bits] = [reader.u16(), reader.u16()];
  const counts = [reader.u16(), reader.u16(), reader.u16(), reader.u16()] as const;
  const questions = Array.from({ length: counts[0] }, () => ({ name: reader.name(), type: reader.u16(), class: reader.u16() }));
  let last = 0;
  const section = (count: number): ResourceRecord[] => {
    const records: ResourceRecord[] = [];
    for (let each = 0; each < count; each++) {
      last = reader.at;
      records.push(readRecord(reader));
    }
    return records;
  };
  const [answers, authority, additional] = [section(counts[1]), section(counts[2]), section(counts[3])];
  if (reader.at !== reader.bytes.length) throw new Invalid('there are octets behind the message');
  if ([...answers, ...authority, ...additional.slice(0, -1)].some(({ type }) => type === TYPE.TSIG)) throw new Invalid('TSIG is not the last record');
  const opt = additional.find(({ type }) => type === TYPE.OPT);
  const rcode = (bits & 15) | (opt ? (opt.ttl >>> 24) << 4 : 0);
  const tsigAt = additional.at(-1)?.type === TYPE.TSIG ? last : undefined;
  return { id, flags: bits & FLAG_BITS, opcode: (bits >>> 11) & 15, rcode, questions, answers, authority, additional, tsigAt };
}

/** Octets of a message. Owner names are compressed (RFC 1035 4.1.4), names inside data are not. */
export function encodeMessage({ id, flags, opcode, rcode, questions, answers, authority, additional }: Message): Buffer {
  const parts: Buffer[] = [
    Buffer.concat([
      u16(id),
      u16(flags | (opcode << 11) | (rcode & 15)),
      ...[questions, answers, authority, additional].map(({ length }) => u16(length)),
    ]),
  ];
  const places = new Map<Name, number>();
  let size = 12;
  const push = (...pieces: Buffer[]): void => {
    for (const piece of pieces) {
      parts.push(piece);
      size += piece.length;
    }
  };
  const pushName = (name: Name): void => {
    let rest: Name = name;
    const labels: Buffer[] = [];
    let at = size;
    while (rest !== '' && !places.has(rest)) {
      if (at < 0x4000) places.set(rest, at);
      const whole = wireName(rest);
      const label = whole.subarray(0, whole[0]! + 1);
      labels.push(label);
      at += label.length;
      rest = parentOf(rest)!;
    }
    push(...labels, rest === '' ? Buffer.from([0]) : u16(0xc000 | places.get(rest)!));
  };
  for (const { name, type, class: klass } of questions) {
    pushName(name);
    push(u16(type), u16(klass));
  }
  for (const { name, type, class: klass, ttl, data } of [...answers, ...authority, ...additional]) {
    pushName(name);
    push(u16(type), u16(klass), u32(ttl), u16(data.length), data);
  }
  return Buffer.concat(parts);
}

export const emptyMessage = (id: number): Message => ({
  id,
  flags: 0,
  opcode: OPCODE.QUERY,
  rcode: RCODE.NOERROR,
  questions: [],
  answers: [],
  authority: [],
  additional: [],
});

/** Presentation form of a received record's data. */
export const valueOf = ({ type, data }: ResourceRecord): string => decodeValue(type, new Reader(data), data.length);

/** EDNS(0) (RFC 6891): how large an answer by UDP may be. */
export const optRecord = (size: number, extendedRcode = 0): ResourceRecord => ({
  name: '',
  type: TYPE.OPT,
  class: size,
  ttl: (extendedRcode >>> 4) << 24,
  data: Buffer.alloc(0),
});
