import { randomBytes, timingSafeEqual } from 'node:crypto';
import { randomToken, sha256 } from '#kernel/ids.ts';

/** 256 random bits; only its SHA-256 is stored, so a copy of the database signs nobody in. */
export const mintSession = (): { token: string; hash: string } => {
  const token = randomToken(32);
  return { token, hash: sha256(token) };
};

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
/** 80 random bits in base32 (RFC 4648, lower case): 16 characters, to look a key up and to name it in lists and logs. */
const mintPublicId = (): string => [...randomBytes(16)].map((byte) => ALPHABET[byte & 31]).join('');

export interface MintedKey {
  key: string;
  publicId: string;
  hash: string;
}
export const mintKey = (publicId: string = mintPublicId()): MintedKey => {
  const key = `sy_${publicId}_${randomToken(32)}`;
  return { key, publicId, hash: sha256(key) };
};

export type Presented =
  | { kind: 'session'; hash: string }
  | { kind: 'access'; token: string; hash: string }
  | { kind: 'agent'; hash: string }
  | { kind: 'key'; publicId: string; hash: string };

/** Reads what a caller presents; undefined for what cannot be one of ours. The forms share no text, so none passes for another. */
export function readToken(token: string): Presented | undefined {
  const key = /^sy_([a-z2-7]{16})_[\w-]{43}$/.exec(token);
  if (key) return { kind: 'key', publicId: key[1]!, hash: sha256(token) };
  if (/^swa_[\w-]{43}$/.test(token)) return { kind: 'agent', hash: sha256(token) };
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return { kind: 'access', token, hash: sha256(token) };
  return /^[\w-]{43}$/.test(token) ? { kind: 'session', hash: sha256(token) } : undefined;
}

/** Compares two hex hashes without telling by time where they differ. */
export const sameHash = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
