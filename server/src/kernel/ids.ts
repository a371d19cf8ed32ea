import { createHmac, createSecretKey, hash, randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

/** UUIDv7 (RFC 9562): sorts by time of making, so indexes grow at one end. */
export const newId = (): string => v7();

/** The least UUIDv7 of a moment (RFC 9562, 5.7): ranges of time become ranges of the primary key. */
export const idAt = (at: Date): string => {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`;
};

export const sha256 = (text: string | Uint8Array): string => hash('sha256', text, 'hex');

/** `bytes` of randomness as URL-safe text. */
export const randomToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');

/** JSON with sorted keys: equal values give equal text, so it can be hashed. Takes what JSON.stringify takes. */
export function canonicalJson(value: unknown): string {
  const plain = (value as { toJSON?: () => unknown } | null)?.toJSON ? (value as { toJSON: () => unknown }).toJSON() : value;
  if (plain === null || typeof plain !== 'object') return JSON.stringify(plain) ?? 'null';
  if (Array.isArray(plain)) return `[${plain.map(canonicalJson).join(',')}]`;
  const fields = plain as Record<string, unknown>;
  const names = Object.keys(fields).filter((name) => fields[name] !== undefined && typeof fields[name] !== 'function');
  return `{${names.sort().map((name) => `${JSON.stringify(name)}:${canonicalJson(fields[name])}`).join(',')}}`; // prettier-ignore
}

/** HMAC-SHA-256 (RFC 2104) in hex. The key is made ready once: from plain bytes that costs ten times the hash. */
export function keyedHash(key: Uint8Array): (text: string) => string {
  const secret = createSecretKey(key);
  return (text) => createHmac('sha256', secret).update(text).digest('hex');
}
