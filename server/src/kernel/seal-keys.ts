import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';
import { bigint, pgTable, text, timestamp, uuid } from './columns.ts';
import type { Database } from './database.ts';
import { and, desc, eq, sql } from './drizzle.ts';
import { newId } from './ids.ts';
import { unwrap, wrap, type MasterKeys } from './master-keys.ts';

export const dataKeys = pgTable('data_keys', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  wrapped: text('wrapped').notNull(),
  wrappedBy: text('wrapped_by'),
  sealed: bigint('sealed', { mode: 'number' }).notNull().default(0),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});

interface DataKey {
  id: string;
  key: Buffer;
}

/** How long an unwrapped key stays in memory, and so how long a process may seal under a key that is no longer the newest. */
export const HELD_MS = 5 * 60_000;
/** A key seals for 90 days or 2^30 values: a quarter of what SP 800-38D allows random nonces under one key. */
export const DATA_KEY = { ms: 90 * 86_400_000, seals: 2 ** 30 } as const;
/** Processes take room for so many values at a time, so that counting costs one statement in thousands of sealings. */
const ROOM = 4_096;

/** Is it time for a new key? */
const isWorn = ({ createdAt, sealed }: { createdAt: Date; sealed: number }, at: Date): boolean =>
  at.getTime() - createdAt.getTime() >= DATA_KEY.ms || sealed >= DATA_KEY.seals;

export const dataKeyAad = (tenantId: string, id: string): string => `data-key\0${tenantId}\0${id}`;

const rowOf = (tenantId: string, id: string) => and(eq(dataKeys.tenantId, tenantId), eq(dataKeys.id, id));

/** Keys as they are unwrapped, for a few minutes each. A timer lets go of them, so that none stays because nobody asks. */
function createHeld() {
  const held = new Map<string, Buffer>();
  const nameOf = (tenantId: string, id: string): string => `${tenantId} ${id}`;
  return {
    get: (tenantId: string, id: string): Buffer | undefined => held.get(nameOf(tenantId, id)),
    put(tenantId: string, id: string, key: Buffer): void {
      held.set(nameOf(tenantId, id), key);
      setTimeout(() => held.delete(nameOf(tenantId, id)), HELD_MS).unref();
    },
    drop: (tenantId: string, id: string): boolean => held.delete(nameOf(tenantId, id)),
  };
}

/** A key that is gone, was altered, or is wrapped under a master key that this process does not have. */
export type KeyFault = 'key-gone' | 'altered' | 'master-key-gone';

export interface DataKeys {
  /** Makes a key in the caller's transaction, from which on it is the newest. */
  make: (db: Database, tenantId: string) => Promise<DataKey>;
  /** The key to seal under; makes one when there is none, or the newest is worn. Asks nothing of the database in the warm case. */
  newest: (db: Database, tenantId: string) => Promise<DataKey>;
  find: (db: Database, tenantId: string, id: string) => Promise<Buffer | KeyFault>;
  drop: (tenantId: string, id: string) => void;
}

// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createDataKeys(keys: MasterKeys, now: Clock): DataKeys {
  const held = createHeld();
  const newest = new Map<string, { id: string; createdAt: Date; until: number }>();
  /** How many values this process may still seal under a key. */
  const room = new Map<string, number>();

  async function make(db: Database, tenantId: string): Promise<DataKey> {
    const id = newId();
    const key = randomBytes(32);
    await db.insert(dataKeys).values({ tenantId, id, ...wrap(keys, key, dataKeyAad(tenantId, id)) });
    newest.delete(tenantId);
    return { id, key };
  }

  async function find(db: Database, tenantId: string, id: string): Promise<Buffer | KeyFault> {
    const known = held.get(tenantId, id);
    if (known) return known;
    const [row] = await db.select({ wrapped: dataKeys.wrapped, wrappedBy: dataKeys.wrappedBy }).from(dataKeys).where(rowOf(tenantId, id));
    if (!row) return 'key-gone';
    const key = unwrap(keys, row, dataKeyAad(tenantId, id));
    if (!key) return row.wrappedBy === null || keys.all.some((master) => master.id === row.wrappedBy) ? 'altered' : 'master-key-gone';
    held.put(tenantId, id, key);
    return key;
  }

  /**
   * Counts one value. Nobody is waited for: when another transaction counts at the moment, this one is counted with the next. What a
   * transaction that fails has taken is not counted either; the limit is a quarter of the true one.
   */
  async function isFull(db: Database, tenantId: string, id: string): Promise<boolean> {
    const left = room.get(id) ?? 0;
    room.set(id, left - 1);
    if (left > 0) return false;
    const { rows } = await db.execute<{ sealed: string }>(sql`
      update data_keys set sealed = sealed + ${ROOM - left} where tenant_id = ${tenantId} and id in
        (select id from data_keys where tenant_id = ${tenantId} and id = ${id} for no key update skip locked) returning sealed`);
    if (rows[0]) room.set(id, ROOM - 1);
    return Number(rows[0]?.sealed ?? 0) >= DATA_KEY.seals;
  }

  const readNewest = async (db: Database, tenantId: string) =>
    (
      await db
        // A key that this very transaction made may be rolled back with it: others must not be given it.
        .select({ id: dataKeys.id, createdAt: dataKeys.createdAt, sealed: dataKeys.sealed, settled: sql<boolean>`created_at < now()` })
        .from(dataKeys)
        .where(eq(dataKeys.tenantId, tenantId))
        .orderBy(desc(dataKeys.id))
        .limit(1)
    )[0];

  /** One transaction makes the next key; whoever comes meanwhile goes on with the old one. */
  async function renewed(db: Database, tenantId: string, wornId: string): Promise<DataKey | undefined> {
    const { rows } = await db.execute<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended(${`data-key ${tenantId}`}, 0)) as mine`,
    );
    if (!rows[0]!.mine || (await readNewest(db, tenantId))?.id !== wornId) return undefined;
    return make(db, tenantId);
  }

  async function keyOf(db: Database, tenantId: string, id: string): Promise<DataKey> {
    const key = await find(db, tenantId, id);
    if (typeof key === 'string') throw new Error(`the newest data key of the tenant cannot be used (${key})`);
    return { id, key };
  }

  return {
    make,
    find,
    drop: (tenantId, id) => {
      held.drop(tenantId, id);
      newest.delete(tenantId);
    },
    async newest(db, tenantId) {
      const at = now();
      const known = newest.get(tenantId);
      if (known && known.until > at.getTime() && !isWorn({ ...known, sealed: 0 }, at) && !(await isFull(db, tenantId, known.id)))
        return keyOf(db, tenantId, known.id);
      newest.delete(tenantId);
      const row = await readNewest(db, tenantId);
      // Tenants that were made before keys were made along with them get theirs with their first secret.
      if (!row) return make(db, tenantId);
      if (isWorn(row, at)) {
        const next = await renewed(db, tenantId, row.id);
        if (next) return next;
      } else if (row.settled) {
        newest.set(tenantId, { id: row.id, createdAt: row.createdAt, until: at.getTime() + HELD_MS });
        await isFull(db, tenantId, row.id);
      }
      return keyOf(db, tenantId, row.id);
    },
  };
}
