import { createHash, createHmac } from 'node:crypto';
import type { Handler } from '../dialect.ts';
import { budget } from '../limits.ts';
import { spendDeep } from '../metering.ts';
import { Shape } from '../scalars.ts';
import { toCel, toJson, type Json } from '../values.ts';

export class JsonFunctions extends Shape {}
export class Base64Functions extends Shape {}
export class UrlFunctions extends Shape {}
export class HashFunctions extends Shape {}

function parseJson(text: string): unknown {
  budget().spend(text.length >> 4);
  try {
    return toCel(JSON.parse(text) as Json);
  } catch (error) {
    throw new RangeError('that is not JSON', { cause: error });
  }
}

function stringify(value: unknown, spaces = 0): string {
  spendDeep(value);
  return JSON.stringify(toJson(value), null, spaces);
}

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** Both alphabets of RFC 4648, with or without padding. */
function decode64(text: string): string {
  if (!BASE64.test(text)) throw new RangeError('that is not base64');
  return Buffer.from(text, 'base64').toString('utf8');
}

function parseUrl(text: string): unknown {
  const url = URL.parse(text);
  if (!url) throw new RangeError(`"${text.slice(0, 100)}" is not a whole URL`);
  const { protocol, hostname, port, pathname, hash, username } = url;
  const query: Record<string, Json> = {};
  for (const key of new Set(url.searchParams.keys())) {
    const all = url.searchParams.getAll(key);
    Object.defineProperty(query, key, { value: all.length === 1 ? all[0] : all, enumerable: true });
  }
  return toCel({ scheme: protocol.slice(0, -1), host: hostname, port: port === '' ? null : Number(port), path: pathname, query, fragment: hash.slice(1), user: username }); // prettier-ignore
}

const ALGORITHMS: ReadonlySet<string> = new Set(['sha256', 'sha384', 'sha512', 'sha1']);

function hmac(text: string, key: string, algorithm: string): string {
  if (!ALGORITHMS.has(algorithm)) throw new RangeError(`there is no algorithm "${algorithm}": take ${[...ALGORITHMS].join(', ')}`);
  budget().spend(text.length >> 6);
  return createHmac(algorithm, key).update(text).digest('hex');
}

function sha256(text: string): string {
  budget().spend(text.length >> 6);
  return createHash('sha256').update(text).digest('hex');
}

export const codecs: Readonly<Record<string, Handler>> = {
  'JsonFunctions.parse(string): dyn': (_: unknown, text: string) => parseJson(text),
  'JsonFunctions.stringify(dyn): string': (_: unknown, value: unknown) => stringify(value),
  'JsonFunctions.stringify(dyn, int): string': (_: unknown, value: unknown, spaces: bigint) => stringify(value, Math.min(8, Number(spaces))),
  'Base64Functions.encode(string): string': (_: unknown, text: string) => Buffer.from(text, 'utf8').toString('base64'),
  'Base64Functions.decode(string): string': (_: unknown, text: string) => decode64(text),
  'UrlFunctions.encode(string): string': (_: unknown, text: string) => encodeURIComponent(text.toWellFormed()),
  'UrlFunctions.parse(string): map<string, dyn>': (_: unknown, text: string) => parseUrl(text),
  'HashFunctions.sha256(string): string': (_: unknown, text: string) => sha256(text),
  'HashFunctions.hmac(string, string): string': (_: unknown, text: string, key: string) => hmac(text, key, 'sha256'),
  'HashFunctions.hmac(string, string, string): string': (_: unknown, text: string, key: string, algorithm: string) => hmac(text, key, algorithm),
};
