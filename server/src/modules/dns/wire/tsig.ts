import { createHmac, timingSafeEqual } from 'node:crypto';
import { Invalid } from '../invalid.ts';
import type { Name } from '../names.ts';
import { wireName } from '../rdata/fields.ts';
import { CLASS, decodeMessage, TYPE } from './message.ts';
import { Reader, u16, u32 } from './reader.ts';

export type TsigAlgorithm = 'hmac-sha256' | 'hmac-sha384' | 'hmac-sha512';

/** Shared secret of RFC 8945; `secret` in octets. */
export interface TsigKey {
  name: Name;
  algorithm: TsigAlgorithm;
  secret: Uint8Array;
}

/** An answer that must not be believed, or a refusal of our signature. */
export class TsigFault extends Error {}

const FUDGE_SECONDS = 300;
const ERRORS: Record<number, string> = { 16: 'BADSIG: the server computes another signature; the secret is wrong', 17: 'BADKEY: the server does not know the key', 18: 'BADTIME: the clocks differ by more than 5 minutes', 22: 'BADTRUNC: the signature is too short' }; // prettier-ignore
/** At most 99 messages of a stream may come unsigned between two signed ones (RFC 8945 5.3.1). */
const MAX_UNSIGNED = 99;

interface TsigData {
  algorithm: Name;
  /** Seconds since 1970. */
  time: number;
  fudge: number;
  mac: Buffer;
  originalId: number;
  error: number;
  other: Buffer;
}

function readTsig(data: Buffer): TsigData {
  const reader = new Reader(data);
  const algorithm = reader.name();
  const time = reader.u16() * 2 ** 32 + reader.u32();
  const fudge = reader.u16();
  const mac = Buffer.from(reader.take(reader.u16()));
  const [originalId, error] = [reader.u16(), reader.u16()];
  const other = Buffer.from(reader.take(reader.u16()));
  return { algorithm, time, fudge, mac, originalId, error, other };
}

const u48 = (value: number): Buffer => Buffer.concat([u16(Math.floor(value / 2 ** 32)), u32(value % 2 ** 32)]);
const sized = (bytes: Buffer): Buffer => Buffer.concat([u16(bytes.length), bytes]);
const timers = ({ time, fudge }: Pick<TsigData, 'time' | 'fudge'>): Buffer => Buffer.concat([u48(time), u16(fudge)]);

/** One signed exchange: `sign` the request, then `verify` each message of the answer. */
export interface TsigExchange {
  sign: (message: Buffer) => Buffer;
  /** Throws TsigFault unless the message, or the stream that it belongs to, is signed by the same key. */
  verify: (message: Buffer) => void;
  /** The stream has ended; its last message must have been signed. */
  end: () => void;
}

/** `now` in milliseconds. */
export function tsigExchange(key: TsigKey, now: () => number = Date.now): TsigExchange {
  const owner = wireName(key.name);
  const algorithm = wireName(key.algorithm);
  const hmac = (...parts: Buffer[]): Buffer => createHmac(key.algorithm.replace('hmac-', ''), key.secret).update(Buffer.concat(parts)).digest();
  const variables = ({ time, fudge, error, other }: Pick<TsigData, 'time' | 'fudge' | 'error' | 'other'>): Buffer =>
    Buffer.concat([owner, u16(CLASS.ANY), u32(0), algorithm, timers({ time, fudge }), u16(error), sized(other)]);

  let last: Buffer = Buffer.alloc(0);
  let first = true;
  let unsigned: Buffer[] = [];

  return {
    sign(message) {
      const signed = { time: Math.floor(now() / 1000), fudge: FUDGE_SECONDS, error: 0, other: Buffer.alloc(0) };
      last = hmac(message, variables(signed));
      const data = Buffer.concat([algorithm, timers(signed), sized(last), message.subarray(0, 2), u16(0), u16(0)]);
      const record = Buffer.concat([owner, u16(TYPE.TSIG), u16(CLASS.ANY), u32(0), sized(data)]);
      return withCount(Buffer.concat([message, record]), message.readUInt16BE(10) + 1);
    },
    verify(message) {
      const { tsigAt, additional } = decodeMessage(message);
      if (tsigAt === undefined) {
        if (first) throw new TsigFault('the answer is not signed');
        if (unsigned.push(message) > MAX_UNSIGNED) throw new TsigFault('too many messages in a row are not signed');
        return;
      }
      const { name, data } = additional.at(-1)!;
      const found = readTsig(data);
      if (found.error !== 0) throw new TsigFault(ERRORS[found.error] ?? `TSIG error ${found.error}`);
      if (name !== key.name || found.algorithm !== key.algorithm) throw new TsigFault('the answer is signed with another key');
      const bare = Buffer.from(message.subarray(0, tsigAt));
      bare.writeUInt16BE(found.originalId, 0);
      const stripped = withCount(bare, message.readUInt16BE(10) - 1);
      const wanted = hmac(sized(last), ...unsigned, stripped, first ? variables(found) : timers(found));
      if (found.mac.length !== wanted.length || !timingSafeEqual(found.mac, wanted)) throw new TsigFault('the signature of the answer is wrong');
      if (Math.abs(now() / 1000 - found.time) > FUDGE_SECONDS) throw new TsigFault('the answer was signed more than 5 minutes away from our clock');
      last = found.mac;
      first = false;
      unsigned = [];
    },
    end() {
      if (unsigned.length > 0) throw new TsigFault('the last message is not signed');
    },
  };
}

function withCount(message: Buffer, additional: number): Buffer {
  message.writeUInt16BE(additional, 10);
  return message;
}

/** Octets of a secret as servers print it (Base64, padded or not); throws Invalid for other text. */
export function tsigSecret(base64: string): Buffer {
  if (!/^[A-Za-z0-9+/]{2,}={0,2}$/.test(base64.trim())) throw new Invalid('the TSIG secret is not Base64');
  return Buffer.from(base64.trim(), 'base64');
}
