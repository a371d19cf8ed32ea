import { realpath } from 'node:fs/promises';
import { Client } from 'pg';
import { DATABASE, SUPERUSER, type Cluster } from './cluster.ts';
import { codeOf } from './start-error.ts';

/** Taken by the process that must stop PostgreSQL when it ends. The server itself gives it up when that process dies. */
const OWNER_LOCK = 7_392_615;

const LATER = new Set(['57P03', '57P01', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE']);

export type Login = { client: Client; owner: boolean; sockets: string } | { later: true } | { refused: string };

/** Is the server on this port the one of our cluster? Proven by its password and its data directory. */
export async function login(cluster: Cluster, port: number): Promise<Login> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    password: cluster.password,
    database: 'postgres',
    ssl: false,
    application_name: 'switchyard-launcher',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // Losing the connection is told by `end`; an `error` without a listener would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string; owner: boolean; sockets: string }>(
      `select current_setting('data_directory') as folder, pg_try_advisory_lock($1) as owner, current_setting('unix_socket_directories') as sockets`,
      [OWNER_LOCK],
    );
    const [row] = rows;
    if (row?.folder !== (await realpath(cluster.data)) && row?.folder !== cluster.data) {
      await client.end();
      return { refused: `it serves ${row?.folder}` };
    }
    await ensureDatabase(client);
    return { client, owner: row.owner, sockets: row.sockets };
  } catch (error) {
    await client.end().catch(() => undefined);
    const code = codeOf(error);
    if ((code && LATER.has(code)) || (error instanceof Error && error.message.startsWith('Connection terminated'))) return { later: true };
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

/** Is the server ours to stop by now? Its owner may have been killed a moment before we came. */
export async function inherit(client: Client): Promise<boolean> {
  const answer = await client.query<{ owner: boolean }>('select pg_try_advisory_lock($1) as owner', [OWNER_LOCK]).catch(() => undefined);
  return answer?.rows[0]?.owner ?? false;
}

async function ensureDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
  if (rowCount) return;
  await client.query(`create database ${DATABASE}`).catch((error: unknown) => {
    // Two processes that start at once both find it absent.
    if (codeOf(error) !== '42P04' && codeOf(error) !== '23505') throw error;
  });
}

/** By the socket where there is one; whoever takes `host` out of it comes by the network. */
export function urlOf({ password }: Cluster, { port, sockets }: { port: number; sockets: string }): string {
  const url = new URL(`postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${DATABASE}`);
  if (sockets) url.searchParams.set('host', sockets);
  return url.href;
}
