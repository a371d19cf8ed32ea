import { createHash, randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

/** UUIDv7 (RFC 9562): sorts by time of making, so indexes grow at one end. */
export const newId = (): string => v7();

export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

/** `bytes` of randomness as URL-safe text. */
export const randomToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');

/** JSON with sorted keys: equal values give equal text, so it can be hashed. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
