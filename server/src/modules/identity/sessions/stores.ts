import type { Database } from '#kernel/database.ts';
import { timed, type ObserveSession } from './figures.ts';
import { createPostgresStore } from './postgres.ts';
import type { Sealing } from './sealing.ts';
import type { EndReason, Found, SessionStore, StoredSession, Which } from './store.ts';
import type { TokenType } from './types.ts';

/** Pairs stay in PostgreSQL, so that signed access tokens and their refresh go on when another store is down. */
export interface Stores {
  of: (kind: TokenType) => SessionStore;
  /** By the secret of a cookie or bearer session. */
  use: (db: Database, secretHash: string, at: Date) => Promise<Found | undefined>;
  find: (db: Database, id: string, at: Date) => Promise<Found | undefined>;
  pair: (db: Database, id: string, at: Date) => Promise<Found | undefined>;
  change: SessionStore['change'];
  list: (db: Database, which: Which, at: Date) => Promise<StoredSession[]>;
  end: (db: Database, ids: readonly string[], reason: EndReason, at: Date) => Promise<string[]>;
  sweep: (db: Database, at: Date) => Promise<void>;
  close: () => Promise<void>;
}

/** `web`: where cookie and bearer sessions live when that is not PostgreSQL. */
export function createStores(sealing: Sealing, web?: SessionStore, observe?: ObserveSession): Stores {
  const measured = (store: SessionStore, backend: string): SessionStore => (observe ? timed(store, backend, observe) : store);
  const postgres = measured(createPostgresStore(sealing, web ? ['pair'] : undefined), 'postgres');
  const elsewhere = web && measured(web, 'redis');
  const all = elsewhere ? [postgres, elsewhere] : [postgres];
  const first = elsewhere ?? postgres;
  return {
    of: (kind) => (kind === 'pair' ? postgres : first),
    use: (db, secretHash, at) => first.use(db, secretHash, at),
    pair: (db, id, at) => postgres.find(db, id, at),
    async find(db, id, at) {
      for (const store of all) {
        const found = await store.find(db, id, at);
        if (found) return found;
      }
      return undefined;
    },
    async change(db, id, at, edit, secretHash) {
      for (const store of all) {
        const changed = await store.change(db, id, at, edit, secretHash);
        if (changed) return changed;
      }
      return undefined;
    },
    list: async (db, which, at) =>
      (await Promise.all(all.map((store) => store.list(db, which, at)))).flat().sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime()),
    end: async (db, ids, reason, at) => (await Promise.all(all.map((store) => store.end(db, ids, reason, at)))).flat(),
    sweep: async (db, at) => void (await Promise.all(all.map((store) => store.sweep(db, at)))),
    close: async () => void (await Promise.all(all.map((store) => store.close()))),
  };
}
