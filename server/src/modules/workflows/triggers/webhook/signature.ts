import { createHmac, timingSafeEqual } from 'node:crypto';
import { sha256 } from '#kernel/ids.ts';
import type { Hmac } from '../config.ts';

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

export const headerOf = (headers: Headers, name: string): string | undefined => {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value[0] : value;
};

/** In a time that tells nothing of where they differ, nor how long the secret is. */
export function same(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(sha256(given)), Buffer.from(sha256(wanted))];
  return timingSafeEqual(a, b);
}

type SignatureVerdict = 'fine' | 'missing' | 'wrong' | 'stale';

const SECONDS = /^\d{1,12}$/;

/** Seconds since 1970, or milliseconds, or RFC 3339. NaN for everything else. */
function timeOf(text: string): number {
  if (!SECONDS.test(text) && !/^\d{13}$/.test(text)) return Date.parse(text);
  return text.length === 13 ? Number(text) : Number(text) * 1_000;
}

/** Of several signatures (a secret that is being changed) one must fit; a prefix is taken off each. */
const given = (value: string, prefix: string): string[] =>
  value
    .split(/[\s,]+/)
    .filter((one) => one.startsWith(prefix) && one !== '')
    .map((one) => one.slice(prefix.length));

/** Judges the signature over the bytes of a body. What is wrong is told apart only as far as the sender needs it to find their mistake. */
export function judgeHmac(hmac: Hmac, secret: string, headers: Headers, body: Uint8Array, now: Date): SignatureVerdict {
  const signature = headerOf(headers, hmac.header);
  if (signature === undefined || signature.trim() === '') return 'missing';
  const timestamp = hmac.timestampHeader === undefined ? undefined : headerOf(headers, hmac.timestampHeader);
  if (hmac.timestampHeader !== undefined && timestamp === undefined) return 'missing';
  const digest = createHmac(hmac.algorithm, secret);
  if (timestamp !== undefined) digest.update(`${timestamp}.`);
  const wanted = digest.update(body).digest(hmac.encoding);
  const texts = given(signature, hmac.prefix).map((one) => (hmac.encoding === 'hex' ? one.toLowerCase() : one));
  // The time is looked at behind the signature: whoever cannot sign learns nothing about our clock.
  if (!texts.some((one) => same(one, wanted))) return 'wrong';
  if (timestamp === undefined) return 'fine';
  const age = Math.abs(now.getTime() - timeOf(timestamp));
  return age <= hmac.toleranceSeconds * 1_000 ? 'fine' : 'stale';
}

/** `user:password` of an `Authorization: Basic` (RFC 7617); undefined when there is none. */
export function basicOf(headers: Headers): string | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/=]{1,2048})$/i.exec(headerOf(headers, 'authorization') ?? '')?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
}

/** The token of an `Authorization: Bearer` (RFC 6750). */
export const bearerOf = (headers: Headers): string | undefined =>
  /^Bearer +([\x21-\x7e]{1,8192})$/i.exec(headerOf(headers, 'authorization') ?? '')?.[1];
