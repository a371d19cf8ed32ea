import { createHmac } from 'node:crypto';
import { decrypt, encrypt } from './seal-aes.ts';

/** 32 bytes that wrap other keys. Its id is public: it tells one key from another and nothing of either. */
interface MasterKey {
  id: string;
  key: Uint8Array;
}
export interface MasterKeys {
  /** Wraps what is wrapped from now on. */
  current: MasterKey;
  /** All that may unwrap; the current one first. */
  all: readonly MasterKey[];
}

/** A key under a master key, as it is stored. */
export interface Wrapped {
  wrapped: string;
  /** Null in rows from before master keys had ids. */
  wrappedBy: string | null;
}

/** Meant to be printed as it is, in one line: what is stored does not open with the master keys of this process. */
export class MasterKeyError extends Error {}

export const masterKeyId = (key: Uint8Array): string => `mk-${createHmac('sha256', key).update('master-key-id').digest('hex').slice(0, 8)}`;

const withId = (key: Uint8Array): MasterKey => ({ id: masterKeyId(key), key });

export function masterKeysOf(current: Uint8Array, previous: readonly Uint8Array[] = []): MasterKeys {
  const all = new Map([current, ...previous].map((key) => [masterKeyId(key), withId(key)]));
  return { current: withId(current), all: [...all.values()] };
}

export const idsOf = ({ all }: MasterKeys): string => all.map(({ id }) => id).join(', ');

/** Under the current master key. */
export const wrap = ({ current }: MasterKeys, key: Uint8Array, aad: string): { wrapped: string; wrappedBy: string } => ({
  wrapped: encrypt(current.key, key, aad),
  wrappedBy: current.id,
});

function opened({ key }: MasterKey, wrapped: string, aad: string): Buffer | undefined {
  try {
    return decrypt(key, wrapped, aad);
  } catch {
    return undefined;
  }
}

/** With whichever master key it was wrapped under; undefined when none of ours opens it, or it was changed. */
export function unwrap({ all }: MasterKeys, { wrapped, wrappedBy }: Wrapped, aad: string): Buffer | undefined {
  const candidates = wrappedBy === null ? all : all.filter(({ id }) => id === wrappedBy);
  for (const candidate of candidates) {
    const key = opened(candidate, wrapped, aad);
    if (key) return key;
  }
  return undefined;
}
