import { sha256 } from '#kernel/ids.ts';
import { decrypt, encrypt } from '#kernel/seal.ts';

/** Values at rest under one key, bound to where they belong; the key's id goes with them, so that one can tell what opens them. */
export interface Sealing {
  seal: (plain: unknown, place: string) => string;
  /** Undefined for what was sealed under another key, changed, or moved. */
  open: (sealed: string, place: string) => unknown;
}

export function createSealing(key: Uint8Array): Sealing {
  const keyId = sha256(key).slice(0, 8);
  return {
    seal: (plain, place) => `${keyId}.${encrypt(key, Buffer.from(JSON.stringify(plain)), place)}`,
    open(sealed, place) {
      const [id, body] = sealed.split('.');
      if (id !== keyId || !body) return undefined;
      try {
        return JSON.parse(decrypt(key, body, place).toString('utf8'));
      } catch {
        return undefined;
      }
    },
  };
}
