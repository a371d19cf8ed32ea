import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';
import { newId } from './ids.ts';

/** Where a sealed value lives. It is bound to that place: a copy in another tenant, table or row does not open. */
export interface SealedPlace {
  tenantId: string;
  table: string;
  row: string;
  field: string;
}

export interface Sealer {
  /** Makes the first data key of a new tenant, in the platform transaction that makes the tenant. */
  begin: (db: Database, tenantId: string) => Promise<void>;
  seal: (db: Database, place: SealedPlace, plaintext: string) => Promise<string>;
  /** Throws when the value was changed, moved, or sealed under a key that is gone. */
  open: (db: Database, place: SealedPlace, sealed: string) => Promise<string>;
}

const dataKeys = pgTable('data_keys', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  wrapped: text('wrapped').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});

/** 256 bits for one purpose, so that no key is used for two things; the same in every process of the installation. */
export const deriveKey = (masterKey: Uint8Array, purpose: string): Buffer => createHmac('sha256', masterKey).update(`key:${purpose}`).digest();

/** Without it a value that was cut short would be accepted with a tag of 32 bits, which can be guessed. */
const TAG = { authTagLength: 16 };
const bytesOf = (value: string | Uint8Array): Uint8Array => (typeof value === 'string' ? Buffer.from(value) : value);

/** AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D): nonce | tag | ciphertext, in base64url. */
export function encrypt(key: Uint8Array, plaintext: Uint8Array, aad: string | Uint8Array): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, TAG).setAAD(bytesOf(aad));
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}
/** Throws when anything of it, the key or `aad` differs. */
export function decrypt(key: Uint8Array, sealed: string, aad: string | Uint8Array): Buffer {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), TAG).setAAD(bytesOf(aad)).setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
}

const aadOf = ({ tenantId, table, row, field }: SealedPlace): string => [tenantId, table, row, field].join('\0');
const keyAad = (tenantId: string, id: string): string => `data-key\0${tenantId}\0${id}`;

/** Envelope encryption: values under a data key per tenant, data keys under the master key. */
export function createSealer(masterKey: Uint8Array): Sealer {
  const unwrap = (row: { tenantId: string; id: string; wrapped: string }): Buffer => decrypt(masterKey, row.wrapped, keyAad(row.tenantId, row.id));

  async function make(db: Database, tenantId: string): Promise<{ id: string; key: Buffer }> {
    const id = newId();
    const key = randomBytes(32);
    await db.insert(dataKeys).values({ tenantId, id, wrapped: encrypt(masterKey, key, keyAad(tenantId, id)) });
    return { id, key };
  }

  /** Tenants that were made before keys were made along with them get theirs with their first secret. */
  async function current(db: Database, tenantId: string): Promise<{ id: string; key: Buffer }> {
    const [row] = await db.select().from(dataKeys).where(eq(dataKeys.tenantId, tenantId)).orderBy(desc(dataKeys.id)).limit(1);
    return row ? { id: row.id, key: unwrap(row) } : make(db, tenantId);
  }

  return {
    begin: async (db, tenantId) => void (await make(db, tenantId)),
    async seal(db, place, plaintext) {
      const { id, key } = await current(db, place.tenantId);
      return `v1.${id}.${encrypt(key, Buffer.from(plaintext), aadOf(place))}`;
    },
    async open(db, place, sealed) {
      const [version, id, body] = sealed.split('.');
      if (version !== 'v1' || !id || !body) throw new Error('not a sealed value');
      const [row] = await db
        .select()
        .from(dataKeys)
        .where(and(eq(dataKeys.tenantId, place.tenantId), eq(dataKeys.id, id)));
      if (!row) throw new Error('the data key of this value is gone');
      return decrypt(unwrap(row), body, aadOf(place)).toString('utf8');
    },
  };
}
