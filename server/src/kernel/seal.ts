import { createHmac } from 'node:crypto';
import type { Clock } from './clock.ts';
import { isUuid, type Database } from './database.ts';
import { masterKeysOf, type MasterKeys } from './master-keys.ts';
import { decrypt, encrypt } from './seal-aes.ts';
import { createDataKeys, type KeyFault } from './seal-keys.ts';

export { decrypt, encrypt } from './seal-aes.ts';

/** Where a sealed value lives. It is bound to that place: a copy in another tenant, table or row does not open. */
export interface SealedPlace {
  tenantId: string;
  table: string;
  row: string;
  field: string;
}

/** `not-sealed`: it is no sealed value; `altered`: it, or where it stands, is not what was sealed. */
export type SealFaultReason = 'not-sealed' | KeyFault;

const SAYS: Readonly<Record<SealFaultReason, string>> = {
  'not-sealed': 'not a sealed value',
  altered: 'unable to authenticate: the value was altered, or copied from another place',
  'key-gone': 'the data key of this value is gone',
  'master-key-gone': 'the data key of this value is wrapped under a master key that is not at hand',
};

/** A sealed value that does not open. The message says why and where, and nothing of the value. */
export class SealFault extends Error {
  readonly reason: SealFaultReason;
  readonly place: SealedPlace;

  constructor(reason: SealFaultReason, place: SealedPlace) {
    super(`${SAYS[reason]} (${place.table}.${place.field} of ${place.row})`);
    this.name = 'SealFault';
    this.reason = reason;
    this.place = place;
  }
}

export interface Sealer {
  /** Makes the first data key of a new tenant, in the platform transaction that makes the tenant. */
  begin: (db: Database, tenantId: string) => Promise<void>;
  /** In a transaction of the tenant that may write. */
  seal: (db: Database, place: SealedPlace, plaintext: string) => Promise<string>;
  /** In a transaction of the tenant. Throws SealFault when the value was changed, moved, or sealed under a key that is gone. */
  open: (db: Database, place: SealedPlace, sealed: string) => Promise<string>;
}

/** What moves a tenant's values from one data key to the next. */
export interface KeyRing extends Sealer {
  /** Makes a new data key; answers its id. Other processes seal under the one before for five minutes more. */
  renew: (db: Database, tenantId: string) => Promise<string>;
  /** The same value under this data key. Throws SealFault. */
  reseal: (db: Database, place: SealedPlace, sealed: string, keyId: string) => Promise<string>;
  /** Lets go of a data key in memory. */
  drop: (tenantId: string, keyId: string) => void;
}

/** 256 bits for one purpose, so that no key is used for two things; the same in every process of the installation. */
export const deriveKey = (root: Uint8Array, purpose: string): Buffer => createHmac('sha256', root).update(`key:${purpose}`).digest();

const aadOf = ({ tenantId, table, row, field }: SealedPlace): string => [tenantId, table, row, field].join('\0');

export interface SealerOptions {
  now?: Clock;
  /** Tables that modules declare to hold sealed values; for others nothing is sealed, as it would be lost with its data key. */
  tables?: ReadonlySet<string>;
  /** Told of every value that does not open. */
  onFault?: (fault: SealFault) => void;
}

/** Envelope encryption: values under a data key per tenant, data keys under the master key. */
export function createSealer(master: Uint8Array | MasterKeys, { now = () => new Date(), tables, onFault }: SealerOptions = {}): KeyRing {
  const dataKeys = createDataKeys(master instanceof Uint8Array ? masterKeysOf(master) : master, now);

  function fail(reason: SealFaultReason, place: SealedPlace): never {
    const fault = new SealFault(reason, place);
    onFault?.(fault);
    throw fault;
  }

  async function bytesOf(db: Database, place: SealedPlace, sealed: string): Promise<Buffer> {
    const [version, id, body] = sealed.split('.');
    if (version !== 'v1' || !id || !body || !isUuid(id)) return fail('not-sealed', place);
    const key = await dataKeys.find(db, place.tenantId, id);
    if (typeof key === 'string') return fail(key, place);
    try {
      return decrypt(key, body, aadOf(place));
    } catch {
      return fail('altered', place);
    }
  }

  const under = (id: string, key: Uint8Array, place: SealedPlace, plain: Uint8Array): string => `v1.${id}.${encrypt(key, plain, aadOf(place))}`;

  return {
    begin: async (db, tenantId) => void (await dataKeys.make(db, tenantId)),
    async seal(db, place, plaintext) {
      if (tables && !tables.has(place.table)) throw new Error(`no module declares that it keeps sealed values in ${place.table} (Module.sealed)`);
      const { id, key } = await dataKeys.newest(db, place.tenantId);
      return under(id, key, place, Buffer.from(plaintext));
    },
    open: async (db, place, sealed) => (await bytesOf(db, place, sealed)).toString('utf8'),
    renew: async (db, tenantId) => (await dataKeys.make(db, tenantId)).id,
    async reseal(db, place, sealed, keyId) {
      const plain = await bytesOf(db, place, sealed);
      const key = await dataKeys.find(db, place.tenantId, keyId);
      return typeof key === 'string' ? fail(key, place) : under(keyId, key, place, plain);
    },
    drop: dataKeys.drop,
  };
}
