import pg from 'pg';
import { ROLES } from './database.ts';

export type Query = (sql: string) => Promise<{ rows: Record<string, unknown>[] }>;
/** One transaction as the owner of the tables. Row-level security is forced on the owner too, so it sees no tenant's rows. */
export type Upkeep = <T>(work: (query: Query) => Promise<T>) => Promise<T>;

/**
 * For what only the owner of the tables may do while the process runs: making and dropping partitions. Each use opens a connection of
 * its own, and gives up rather than let callers queue behind it for a lock.
 */
export const upkeepOf =
  (url: string): Upkeep =>
  async (work) => {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'switchyard:upkeep',
      statement_timeout: 60_000,
      connectionTimeoutMillis: 5_000,
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query(`BEGIN; SET LOCAL ROLE ${ROLES.owner}; SET LOCAL lock_timeout = '3s'`);
      const result = await work((sql) => client.query<Record<string, unknown>>(sql));
      await client.query('COMMIT');
      return result;
    } finally {
      await client.end(); // ends what was not committed, too
    }
  };
