import type { Databases } from '#kernel/database.ts';
import { sql } from '#kernel/drizzle.ts';
import type { Reading } from '#kernel/metrics.ts';
import type { SessionStore } from './store.ts';

/** Told how long each use of a store took. */
export type ObserveSession = (backend: string, op: string, seconds: number) => void;

/** The same store, timed. */
export function timed(store: SessionStore, backend: string, observe: ObserveSession): SessionStore {
  const time =
    <A extends unknown[], T>(op: string, work: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      const from = performance.now();
      return work(...args).finally(() => observe(backend, op, (performance.now() - from) / 1_000));
    };
  return {
    ...store,
    create: time('create', store.create),
    use: time('use', store.use),
    find: time('find', store.find),
    change: time('change', store.change),
    end: time('end', store.end),
    list: time('list', store.list),
  };
}

/** Sessions that somebody could use now, of those that are in PostgreSQL. */
export const activeSessions = (databases: Databases): Reading => ({
  name: 'sy_sessions_active',
  help: 'Sessions in PostgreSQL that are neither ended nor expired, by kind',
  label: 'kind',
  async read() {
    const rows = await databases.lookUp((db) =>
      db.execute<{ kind: string; count: number }>(
        sql`select kind, count(*)::int as count from auth.sessions where revoked_at is null and least(idle_expires_at, expires_at) > now() group by kind`,
      ),
    );
    return new Map(rows.rows.map(({ kind, count }) => [kind, count]));
  },
});
