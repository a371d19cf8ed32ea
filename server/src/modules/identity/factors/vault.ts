import { keyedHash } from '#kernel/ids.ts';
import { decrypt, encrypt } from '#kernel/seal.ts';

/** Keeps what the tables of second factors must not show: readable secrets encrypted, short codes as keyed hashes. */
export interface Vault {
  /** `place` names person and row: a copy in another row does not open. */
  seal: (place: readonly string[], secret: Uint8Array) => string;
  /** Throws when the value was changed or moved. */
  open: (place: readonly string[], sealed: string) => Buffer;
  /** Of a code with few digits: without the key it cannot be tried out on a copy of the database. */
  hash: (...parts: readonly string[]) => string;
}

const placeOf = (place: readonly string[]): string => place.join('\0');

export function createVault(keyFor: (purpose: string) => Uint8Array): Vault {
  const key = keyFor('second-factor-secrets');
  const hash = keyedHash(keyFor('second-factor-codes'));
  return {
    seal: (place, secret) => encrypt(key, secret, placeOf(place)),
    open: (place, sealed) => decrypt(key, sealed, placeOf(place)),
    hash: (...parts) => hash(placeOf(parts)),
  };
}
