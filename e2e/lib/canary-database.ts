import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Watch } from './canary.ts';

export interface Client {
  connect: () => Promise<void>;
  query: (text: string, values?: readonly unknown[]) => Promise<{ rows: unknown[] }>;
  end: () => Promise<void>;
}
/** The server's own driver: journeys have no other reason to speak to a database than this and the clock. */
export const { Client: Connection } = createRequire(new URL('../../server/package.json', import.meta.url))('pg') as {
  Client: new (options: { connectionString: string }) => Client;
};

/** Where the embedded database lies: elsewhere than in the home when its account cannot enter that. */
export async function databasePlace(home: string): Promise<string> {
  const folder = join(home, 'postgres');
  return (await readFile(join(folder, 'where'), 'utf8').catch(() => folder)).trim();
}

/** Login of the embedded database's superuser; undefined when it does not run. */
export async function embeddedUrl(home: string): Promise<string | undefined> {
  const place = await databasePlace(home);
  const pid = await readFile(join(place, 'cluster', 'data', 'postmaster.pid'), 'utf8').catch(() => '');
  const port = pid.split('\n')[3]?.trim();
  if (!port) return undefined;
  const password = (await readFile(join(place, 'cluster', 'password'), 'utf8')).trim();
  return `postgres://postgres:${password}@127.0.0.1:${port}/switchyard`;
}

interface Table {
  name: string;
  /** Columns of bytes: parts of files lie there compressed. */
  bytes: string[];
}

/** Looks through every row of every table, as `pg_dump` would write them: what a backup holds. */
export async function searchDatabase(watch: Watch, { home, url }: { home: string; url?: string | undefined }): Promise<number> {
  const connectionString = url ?? (await embeddedUrl(home));
  if (connectionString === undefined) return 0;
  const client = new Connection({ connectionString });
  await client.connect();
  try {
    const { rows: tables } = await client.query(`select format('%I.%I', n.nspname, c.relname) as name,
        coalesce(array_agg(quote_ident(a.attname)) filter (where a.atttypid = 'bytea'::regtype), '{}') as bytes
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') group by 1`);
    const anyForm = watch.forms.map((_, at) => `position($${at + 1} in t::text) > 0`).join(' or ');
    for (const { name, bytes } of tables as Table[]) {
      const { rows } = await client.query(`select t::text as row from ${name} t where ${anyForm} limit 3`, watch.forms);
      for (const { row } of rows as { row: string }[]) watch.look(`table ${name}`, row);
      for (const column of bytes) {
        const packed = await client.query(`select ${column} as part from ${name} where substr(${column}, 1, 2) = '\\x1f8b'`);
        for (const { part } of packed.rows as { part: Buffer }[]) watch.look(`table ${name}, ${column} unpacked`, gunzipSync(part));
      }
    }
    return tables.length;
  } finally {
    await client.end();
  }
}
