import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { StartError, codeOf } from './start-error.ts';

/** Row-level security on views (`security_invoker`) begins with 15. */
const OLDEST_MAJOR = 15;
const CONNECT_MS = 5_000;
const STARTING_MS = 60_000;

/** Throws StartError, in one line and without the password, unless the server answers, lets us in and is new enough. */
export async function checkDatabaseUrl(url: string): Promise<void> {
  demandForm(url);
  const deadline = Date.now() + STARTING_MS;
  for (;;) {
    try {
      return await tryOnce(url);
    } catch (error) {
      if (error instanceof StartError) throw error;
      // A server that has just been started with us (compose, a reboot) gets a minute.
      if (codeOf(error) !== '57P03' || Date.now() > deadline) throw explain(error, url);
      await sleep(500);
    }
  }
}

/** `postgres://user@host:5432/database`: what may be printed. */
export function withoutPassword(url: string): string {
  const parsed = new URL(url);
  return `${parsed.protocol}//${parsed.username ? `${parsed.username}@` : ''}${parsed.host}${parsed.pathname}`;
}

function demandForm(url: string): void {
  const remedy =
    'Write it as postgres://user:password@host:5432/database (percent-encode special characters in the password), or unset it to use the embedded PostgreSQL.';
  if (!URL.canParse(url)) throw new StartError('DATABASE_URL is not a URL.', remedy);
  const { protocol, pathname } = new URL(url);
  if (protocol !== 'postgres:' && protocol !== 'postgresql:')
    throw new StartError(`DATABASE_URL begins with "${protocol}", not with "postgres:".`, remedy);
  if (pathname.length <= 1) throw new StartError('DATABASE_URL names no database.', remedy);
}

async function tryOnce(url: string): Promise<void> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: CONNECT_MS,
    application_name: 'switchyard-check',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ number: string; name: string; reader: boolean }>(
      `select current_setting('server_version_num') as number, current_setting('server_version') as name, pg_is_in_recovery() as reader`,
    );
    const [server] = rows;
    if (!server) return;
    if (Number(server.number) < OLDEST_MAJOR * 10_000) {
      throw new StartError(
        `The PostgreSQL at ${withoutPassword(url)} is version ${server.name}; Switchyard needs ${OLDEST_MAJOR} or newer.`,
        'Upgrade it, name another in DATABASE_URL, or unset DATABASE_URL to use the embedded PostgreSQL.',
      );
    }
    if (server.reader) throw new StartError(`The PostgreSQL at ${withoutPassword(url)} is a read-only replica.`, 'Name the primary in DATABASE_URL.');
  } finally {
    await client.end().catch(() => undefined);
  }
}

function explain(error: unknown, url: string): StartError {
  const shown = withoutPassword(url);
  const { hostname, port, pathname, username } = new URL(url);
  const say = (message: string, remedy: string) => new StartError(message, remedy, { cause: error });
  const code = codeOf(error) ?? firstCode(error);
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return say(`The host "${hostname}" in DATABASE_URL is not known.`, 'Check its spelling and the name servers of this machine.');
    case 'ECONNREFUSED':
      return say(`Nothing listens at ${hostname}:${port || 5432} (DATABASE_URL).`, 'Start that PostgreSQL, or correct host and port.');
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return say(`The host ${hostname} (DATABASE_URL) cannot be reached.`, 'Check the network and firewalls between here and there.');
    case '28P01':
    case '28000':
      return say(
        `The PostgreSQL at ${hostname} refuses the login "${decodeURIComponent(username)}" (DATABASE_URL).`,
        'Check user, password and that server’s pg_hba.conf.',
      );
    case '3D000':
      return say(
        `There is no database "${decodeURIComponent(pathname.slice(1))}" at ${hostname} (DATABASE_URL).`,
        `Create it: createdb ${decodeURIComponent(pathname.slice(1))}`,
      );
    case '53300':
      return say(`The PostgreSQL at ${hostname} has no connection left.`, 'Raise its max_connections, or end what uses them.');
    default:
      return explainMessage(error, shown, say);
  }
}

function explainMessage(error: unknown, shown: string, say: (message: string, remedy: string) => StartError): StartError {
  const message = error instanceof Error ? error.message : String(error);
  if (/timeout|timed out/i.test(message))
    return say(
      `The PostgreSQL at ${shown} does not answer within ${CONNECT_MS / 1000} seconds.`,
      'Check the network and firewalls between here and there.',
    );
  if (/does not support SSL/i.test(message))
    return say(`The PostgreSQL at ${shown} offers no TLS.`, 'Remove sslmode from DATABASE_URL, or turn TLS on at the server.');
  if (/password must be a string|no password/i.test(message))
    return say(`The PostgreSQL at ${shown} asks for a password and DATABASE_URL has none.`, 'Add it: postgres://user:password@host:5432/database');
  return say(`The PostgreSQL at ${shown} cannot be used: ${message}.`, 'Correct DATABASE_URL, or unset it to use the embedded PostgreSQL.');
}

/** A name with several addresses fails with one error per address. */
const firstCode = (error: unknown): string | undefined => (error instanceof AggregateError ? codeOf(error.errors[0]) : undefined);
