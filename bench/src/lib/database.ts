import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { MODULES } from '../../../server/src/app.ts';
import { startEmbedded } from '../../../server/src/embedded/index.ts';
import { migrate } from '../../../server/src/kernel/migrate.ts';

export interface Bench {
  /** The superuser's; for seeding. */
  url: string;
  masterKey: Buffer;
  /** A folder of this run, removed at its end. */
  home: string;
  /** Of the postmaster. */
  pid: number;
  sql: <R extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<R[]>;
}

const cacheDir = fileURLToPath(new URL('../../../.switchyard/cache', import.meta.url));

/** A real PostgreSQL with the product's schema, set as it is in production: it flushes to disk before it confirms. Gone afterwards. */
export async function withDatabase(work: (bench: Bench) => Promise<void>): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'switchyard-bench-'));
  const database = await startEmbedded({ dir: join(home, 'postgres'), cacheDir, log: () => undefined });
  const masterKey = randomBytes(32);
  const client = new pg.Client({ connectionString: database.url });
  try {
    await migrate(database.url, MODULES, { masterKey });
    await client.connect();
    const { rows } = await client.query<{ line: string }>(`select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as line`);
    await work({
      pid: Number(rows[0]!.line),
      url: database.url,
      masterKey,
      home,
      sql: async (text, values) => (await client.query(text, values)).rows,
    });
  } finally {
    await client.end();
    await database.stop();
    await rm(home, { recursive: true, force: true });
  }
}
