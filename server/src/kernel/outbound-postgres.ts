import pg from 'pg';
import { POSTGRES, type EgressRules } from './outbound-egress.ts';
import { TooLate, TooMuch } from './outbound-http.ts';
import { judgedAddress } from './outbound-sockets.ts';
import { Unreachable, type LookUp } from './outbound.ts';

/** The database refused the statement, in its own words. */
export class SqlFault extends Error {
  /** SQLSTATE. */
  readonly code: string;
  /** The number of the error where the database has one (MySQL, MariaDB), which says more than SQLSTATE does there. */
  readonly number: number | undefined;
  constructor(code: string, message: string, number?: number) {
    super(message);
    this.code = code;
    this.number = number;
  }
}

export interface PostgresQuery {
  connection: string;
  text: string;
  values: readonly unknown[];
  readOnly: boolean;
  maxRows: number;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Dates and times without a zone stay as they are written: whoever reads them is JSON, and in no zone. */
const AS_WRITTEN: ReadonlySet<number> = new Set([1082, 1083, 1114, 1266]);
const readers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: Parameters<typeof pg.types.getTypeParser>[0], format?: 'text') =>
    AS_WRITTEN.has(oid) ? (text: string) => text : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

/** What is taken of one answer. */
export const MAX_BYTES = 26_214_400;
export const SSL = { disable: false, require: { rejectUnauthorized: false }, 'verify-full': { rejectUnauthorized: true } } as const;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SqlFault('08001', 'a percent sign in the connection is written as %25');
  }
}

const KINDS = { postgres: [/^postgres(ql)?:$/, 5432], mysql: [/^(mysql|mariadb):$/, 3306] } as const;

/** Where a connection leads, and as whom. Throws `SqlFault` where it says too little. */
export function placeOf(connection: string, kind: keyof typeof KINDS) {
  const [scheme, usual] = KINDS[kind];
  const url = URL.canParse(connection) ? new URL(connection) : undefined;
  if (!url || !scheme.test(url.protocol) || url.hostname === '')
    throw new SqlFault('08001', `the connection is not of the form ${kind}://user:password@host:${usual}/database`);
  const mode = url.searchParams.get('sslmode') ?? 'verify-full';
  if (!Object.hasOwn(SSL, mode)) throw new SqlFault('08001', 'sslmode is one of disable, require, verify-full');
  // Where a driver has none it takes that of our own environment, and would send it to them.
  if (url.username === '') throw new SqlFault('08001', 'the connection says no user');
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? usual : Number(url.port),
    user: decoded(url.username),
    password: decoded(url.password),
    database: decoded(url.pathname.slice(1)),
    mode: mode as keyof typeof SSL,
  };
}

/**
 * One statement on a database of somebody else, in a connection and a transaction of its own. Sent as a prepared statement, of which the
 * protocol takes one alone, and its parameters beside it: nothing is ever spliced. Throws `Forbidden`, `SqlFault`, `TooLate`, `TooMuch` or `Unreachable`.
 */
export async function outboundPostgres(query: PostgresQuery, rules: EgressRules, look?: LookUp) {
  const { host, port, mode, user, password, database } = placeOf(query.connection, 'postgres');
  const { address } = await judgedAddress(host, port, rules, look, POSTGRES);
  query.signal.throwIfAborted();
  const client = new pg.Client({
    user,
    // A function is asked instead of the environment, also when it is empty.
    password: () => password,
    database: database || 'postgres',
    host: address,
    port,
    ssl: mode === 'disable' ? false : { ...SSL[mode], servername: host },
    types: readers,
    connectionTimeoutMillis: Math.min(query.timeoutMs, 10_000),
    statement_timeout: query.timeoutMs,
    application_name: 'switchyard',
  });
  let isLate = false;
  const hangUp = (): void => void client.end().catch(() => undefined);
  const stop = (): void => (client.connection.stream.destroy(), undefined);
  const late = setTimeout(() => ((isLate = true), stop()), query.timeoutMs + 1_000);
  query.signal.addEventListener('abort', stop, { once: true });
  client.on('error', () => undefined); // told by the query that it interrupts
  try {
    await client.connect();
    return await inTransaction(client, query);
  } catch (error) {
    query.signal.throwIfAborted();
    if (error instanceof TooMuch) throw error;
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (isLate || code === '57014') throw new TooLate(`the database did not answer within ${query.timeoutMs / 1_000} s`);
    // Of the server: five characters; of the socket: words.
    if (/^[0-9A-Z]{5}$/.test(code) && !/^(08|57P|53)/.test(code)) throw new SqlFault(code, message);
    throw new Unreachable(`the database does not answer: ${code || message}`, { cause: error });
  } finally {
    clearTimeout(late);
    query.signal.removeEventListener('abort', stop);
    hangUp();
  }
}

/** Reads no more rows and bytes than were asked for: what a server sends beyond that is never kept. */
function answerOf(client: pg.Client, { text, values, maxRows }: PostgresQuery): Promise<{ rows: Record<string, unknown>[]; affected: number }> {
  // `queryMode` keeps to the extended protocol also without parameters: the simple one would take several statements.
  const config = { text, values: [...values], queryMode: 'extended' };
  const { stream } = client.connection;
  return new Promise((resolve, reject) => {
    const rows: Record<string, unknown>[] = [];
    let bytes = 0;
    const tooMuch = (what: string): void => (reject(new TooMuch(`the statement answers more than ${what}`)), void stream.destroy());
    stream.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > MAX_BYTES) tooMuch(`${MAX_BYTES} bytes`);
    });
    const query = client.query(new pg.Query<Record<string, unknown>>(config as pg.QueryConfig));
    query.on('row', (row) => (rows.length === maxRows ? tooMuch(`${maxRows} rows`) : void rows.push(row)));
    query.on('error', reject);
    query.on('end', ({ rowCount }) => resolve({ rows, affected: rowCount ?? 0 }));
  });
}

async function inTransaction(client: pg.Client, query: PostgresQuery) {
  await client.query(query.readOnly ? 'begin transaction read only' : 'begin');
  const answer = await answerOf(client, query);
  await client.query('commit');
  return answer;
}
