import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, type JSONWebKeySet, type JWK } from 'jose';
import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { desc, gt, lt, sql } from '#kernel/drizzle.ts';
import { decrypt, encrypt } from '#kernel/seal.ts';
import { signingKeys } from './tables.ts';

const DAY = 86_400_000;
/** A key signs for 90 days and is served for 30 more, long after the last token it signed is over (platform.md 4.4). */
export const KEYS = { signs: 90 * DAY, served: 120 * DAY } as const;
/** Another process may have made a newer key. */
const LOOK_AGAIN_MS = 60_000;
/** A made-up kid costs one look a second and no more. */
const LOOK_FOR_UNKNOWN_MS = 1_000;

interface SigningKey {
  kid: string;
  privateKey: KeyObject;
}
export interface SigningKeys {
  /** The key of today; makes one when the last is 90 days old. In the caller's platform transaction. */
  current: (db: Database) => Promise<SigningKey>;
  /** Undefined for a key that never was ours or is no longer served. */
  publicKey: (kid: string) => Promise<KeyObject | undefined>;
  jwks: () => Promise<JSONWebKeySet>;
}

type Row = typeof signingKeys.$inferSelect;
interface Served {
  rows: Row[];
  publicKeys: Map<string, KeyObject>;
  readAt: number;
}
const place = (kid: string): string => `signing-key\0${kid}`;

export function createSigningKeys({ databases, now, key }: { databases: Databases; now: Clock; key: Uint8Array }): SigningKeys {
  let known: Served | undefined;
  let looking: Promise<Served> | undefined;
  let signing: (SigningKey & { createdAt: Date }) | undefined;

  const isGood = (createdAt: Date): boolean => now().getTime() - createdAt.getTime() < KEYS.signs;

  async function make(db: Database): Promise<Row> {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = pair.publicKey.export({ format: 'jwk' }) as JWK;
    const kid = await calculateJwkThumbprint(jwk);
    const der = pair.privateKey.export({ format: 'der', type: 'pkcs8' });
    const row = {
      kid,
      publicJwk: { ...jwk, kid, alg: 'ES256', use: 'sig' },
      privateSealed: encrypt(key, der, place(kid)),
      createdAt: now(),
    };
    await db.insert(signingKeys).values(row);
    await db.delete(signingKeys).where(lt(signingKeys.createdAt, new Date(now().getTime() - KEYS.served)));
    known = undefined;
    return row;
  }

  const newest = async (db: Database): Promise<Row | undefined> =>
    (await db.select().from(signingKeys).orderBy(desc(signingKeys.createdAt)).limit(1))[0];

  async function look(): Promise<Served> {
    const readAt = now().getTime();
    const rows = await databases.platform('signing keys', (db) =>
      db
        .select()
        .from(signingKeys)
        .where(gt(signingKeys.createdAt, new Date(readAt - KEYS.served)))
        .orderBy(desc(signingKeys.createdAt)),
    );
    const publicKeys = new Map(rows.map((row) => [row.kid, createPublicKey({ key: row.publicJwk, format: 'jwk' })]));
    return (known = { rows, publicKeys, readAt });
  }

  /** As they were so many milliseconds ago at most; who asks while somebody looks waits for the same answer. */
  async function servedKeys(oldestMs: number): Promise<Served> {
    if (known && now().getTime() - known.readAt < oldestMs) return known;
    return (looking ??= look().finally(() => (looking = undefined)));
  }

  return {
    async current(db) {
      if (signing && isGood(signing.createdAt)) return signing;
      let row = await newest(db);
      if (!row || !isGood(row.createdAt)) {
        // Processes that find the key too old at the same time take turns, so that one makes the next.
        await db.execute(sql`select pg_advisory_xact_lock(hashtextextended('signing-keys', 0))`);
        row = await newest(db);
        if (!row || !isGood(row.createdAt)) return signer(await make(db), key); // remembered once it is committed
      }
      return (signing = { ...signer(row, key), createdAt: row.createdAt });
    },
    async publicKey(kid) {
      const found = (await servedKeys(LOOK_AGAIN_MS)).publicKeys.get(kid);
      // Another process may have made it a moment ago.
      return found ?? (await servedKeys(LOOK_FOR_UNKNOWN_MS)).publicKeys.get(kid);
    },
    jwks: async () => ({ keys: (await servedKeys(LOOK_AGAIN_MS)).rows.map(({ publicJwk }) => publicJwk) }),
  };
}

const signer = (row: Row, key: Uint8Array): SigningKey => ({
  kid: row.kid,
  privateKey: createPrivateKey({ key: decrypt(key, row.privateSealed, place(row.kid)), format: 'der', type: 'pkcs8' }),
});
