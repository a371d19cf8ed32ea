import { createHmac } from 'node:crypto';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { pgTable, primaryKey, timestamp, uuid, type PgColumnBuilderBase } from './columns.ts';
import { plannedOnce, together } from './planned.ts';
import { Problem } from './problem.ts';
import { prepareReads, readerOf, type ReadContext } from './read.ts';
import { asLost, crossedTable } from './sql-errors.ts';

/** Queries inside one transaction, in one tenant's context (or as the platform). */
export type Database = NodePgDatabase & { $client: pg.PoolClient };

/** For who works in no tenant. Public operations reach what they need through ports, which see to their own transactions. */
export const NO_DATABASE = new Proxy({} as Database, {
  get(_target, name) {
    throw new Error(`a public operation has no database of a tenant (asked for ${String(name)})`);
  },
});

/**
 * The database roles: the owner migrates, the app serves tenants under row-level security, the platform does what no tenant is known
 * for, and the probe may see of every tenant's rows whose they are and nothing else.
 */
export const ROLES = { owner: 'sy_owner', app: 'sy_app', platform: 'sy_platform', probe: 'sy_probe' } as const;

/** Login of a role, derived from the installation's root so that it is stored nowhere. */
export const rolePassword = (root: Uint8Array, role: string): string =>
  createHmac('sha256', root).update(`database-role:${role}`).digest('base64url');

/** The same server and database as `url`, signed in as `role`. */
export function urlFor(url: string, role: string, root: Uint8Array): string {
  const parsed = new URL(url);
  parsed.username = role;
  parsed.password = rolePassword(root, role);
  return parsed.href;
}

export interface TenantWork {
  tenantId: string;
  actorId?: string;
  requestId?: string;
  /** What the work is for, for whoever looks into a fault. */
  operation?: string;
  readOnly?: boolean;
  /** Milliseconds for which locks of others are waited for (SQLSTATE 55P03 after that); until they are given back when left out. */
  patienceMs?: number;
}

/** A statement with its values; one with a name is planned once for each connection. */
export type Statement = pg.QueryConfig;
export type Ask = <R extends pg.QueryResultRow>(query: Statement) => Promise<pg.QueryResult<R>>;

/** For what ends a transaction with one round trip instead of two. */
export interface Ending {
  /** The last statement, with COMMIT behind it in one packet: answers once that has come about. Nothing is done after it. */
  last: Ask;
  /** Read behind that, in the same packet: what is committed by then. */
  after: Ask;
}

export interface Databases {
  /**
   * One transaction as `sy_app` with row-level security set to the tenant; with `readOnly` each query has one of its own, which sees
   * what is committed when it begins, as it would within one. Nothing else can get such a connection.
   */
  tenant: <T>(who: TenantWork, work: (db: Database, ending: Ending) => Promise<T>) => Promise<T>;
  /**
   * One transaction as `sy_platform`: sign-in and system jobs, before or across tenants. The reason goes to the database log context.
   * With `flush: 'later'` everybody sees at once what it did, and it reaches the disk with the next transaction that does, or within a
   * second: for what is worth nothing to anybody until another transaction has followed it.
   */
  platform: <T>(reason: string, work: (db: Database) => Promise<T>, options?: { flush: 'later' }) => Promise<T>;
  /**
   * As `sy_platform`, each statement in a transaction of its own: for what is looked up at every call. Two statements that must both
   * take effect, or neither, belong into `platform`.
   */
  lookUp: <T>(work: (db: Database) => Promise<T>) => Promise<T>;
  /** One transaction as `sy_probe`: whose row is this? For detection alone, behind the caller's back. */
  probe: <T>(work: (db: Database) => Promise<T>) => Promise<T>;
  /** Round trip to the server; throws when it does not answer. */
  ping: () => Promise<void>;
  /** Busy and idle connections, for metrics. */
  usage: () => { total: number; idle: number; waiting: number };
  close: () => Promise<void>;
}

/** Sees no tenant's rows. */
const NOBODY: ReadContext = ['', '', ''];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isUuid = (text: string): boolean => UUID.test(text);
const SAFE = /^[\w.:@-]{1,128}$/;

function contextOf({ tenantId, actorId = '', requestId = '' }: TenantWork): ReadContext {
  if (!UUID.test(tenantId)) throw new Error('tenant context must be a UUID');
  for (const value of [actorId, requestId]) if (value && !SAFE.test(value)) throw new Error('context value has characters that are not allowed');
  return [tenantId, actorId, requestId];
}

/** BEGIN and the context in one message, where they cannot be parameters; hence the check of every value. */
function opening(who: TenantWork): string {
  const [tenantId, actorId, requestId] = contextOf(who);
  const patience = who.patienceMs === undefined ? '' : `; SET LOCAL lock_timeout = ${Math.trunc(who.patienceMs)}`;
  return `BEGIN; SET LOCAL app.tenant_id = '${tenantId}'; SET LOCAL app.actor_id = '${actorId}'; SET LOCAL app.request_id = '${requestId}'${patience}`;
}

const wrapped = new WeakMap<pg.PoolClient, Database>();
/** With what is asked again and again planned once: of a call's statements most are those of the call before. */
function databaseOf(client: pg.PoolClient): Database {
  let db = wrapped.get(client);
  if (!db) wrapped.set(client, (db = drizzle<Record<string, never>, pg.PoolClient>(plannedOnce(client))));
  return db;
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (cause) {
    throw new Problem(
      'dependency-unavailable',
      'The database does not answer. Nothing was changed; try again in a few seconds.',
      { retryAfterSeconds: 5 },
      { cause },
    );
  }
}

async function transaction<T>(pool: pg.Pool, begin: string, work: (db: Database, ending: Ending) => Promise<T>, context?: ReadContext): Promise<T> {
  const client = await connect(pool);
  let broken: Error | undefined;
  let committed: Promise<unknown> | undefined;
  const ending: Ending = {
    last: async <R extends pg.QueryResultRow>(query: pg.QueryConfig) => {
      together(client);
      const answer = client.query<R>(query);
      committed = client.query('COMMIT'); // of a transaction in which a statement failed it is a ROLLBACK
      const [found] = await Promise.all([answer, committed]);
      return found;
    },
    after: (query) => readingThrough(client, context ?? NOBODY).query(query),
  };
  try {
    // Not waited for: the first query follows it on the wire, and is refused by row-level security if the context should not stand.
    together(client);
    const begun = client.query(begin);
    begun.catch(() => undefined);
    const result = await work(databaseOf(client), ending);
    await begun;
    await (committed ?? client.query('COMMIT'));
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((cause: Error) => (broken = cause));
    const lost = asLost(error);
    if (lost) broken ??= error as Error;
    throw lost ?? error;
  } finally {
    client.release(broken);
  }
}

/** Each query by itself, in a transaction of PostgreSQL's own making: neither BEGIN nor COMMIT to wait for. */
async function singly<T>(pool: pg.Pool, dbOf: (client: pg.PoolClient) => Database, work: (db: Database) => Promise<T>): Promise<T> {
  const client = await connect(pool);
  let broken: Error | undefined;
  try {
    return await work(dbOf(client));
  } catch (error) {
    const lost = asLost(error);
    if (lost) broken = error as Error;
    throw lost ?? error;
  } finally {
    client.release(broken);
  }
}

/** The connection, with the context before each query in one packet; see read.ts. */
function readingThrough(client: pg.PoolClient, context: ReadContext): pg.PoolClient {
  const reader = readerOf(client);
  reader.context = context;
  return reader.client;
}

const reading = <T>(pool: pg.Pool, context: ReadContext, work: (db: Database, ending: Ending) => Promise<T>): Promise<T> =>
  singly(
    pool,
    (client) => databaseOf(readingThrough(client, context)),
    (db) => work(db, { last: (query) => db.$client.query(query), after: (query) => db.$client.query(query) }),
  );

export interface DatabaseOptions {
  url: string;
  /** The first one, which the installation's root is. */
  masterKey: Uint8Array;
  poolSize?: number;
  onError?: (error: Error) => void;
  /** Told when row-level security refused to write a row of another tenant: a fault of ours that an attacker may have found. */
  onCrossing?: (who: TenantWork, table: string) => void;
}

export function openDatabases({ url, masterKey, poolSize = 10, onError = () => undefined, onCrossing }: DatabaseOptions): Databases {
  const poolAs = (role: string, max: number): pg.Pool => {
    const pool = new pg.Pool({
      connectionString: urlFor(url, role, masterKey),
      max,
      // A burst waits its turn: who is sent away comes back and makes it longer.
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 30_000,
      pipeline: true,
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 30_000,
      application_name: `switchyard:${role}`,
    });
    pool.on('error', () => undefined); // an idle connection died and says so itself; the pool opens another
    pool.on('connect', (client) => {
      // One that dies in use, between two queries, tells nobody else; unheard, it would end the process.
      client.on('error', onError);
      if (role === ROLES.app) prepareReads(client);
    });
    return pool;
  };
  const app = poolAs(ROLES.app, poolSize);
  const platform = poolAs(ROLES.platform, Math.max(4, Math.ceil(poolSize / 2)));
  // One look at a time: whoever makes us look must not be able to make us busy.
  const probe = poolAs(ROLES.probe, 1);
  return {
    async tenant(who, work) {
      try {
        return await (who.readOnly ? reading(app, contextOf(who), work) : transaction(app, opening(who), work, contextOf(who)));
      } catch (error) {
        const table = onCrossing && crossedTable(error);
        if (table !== undefined) onCrossing?.(who, table);
        throw error;
      }
    },
    platform(reason, work, options) {
      const begin = `BEGIN; SET LOCAL app.platform_reason = '${reason.replaceAll(/[^\w .:-]/g, '')}'`;
      return transaction(platform, options ? `${begin}; SET LOCAL synchronous_commit = off` : begin, work);
    },
    lookUp: (work) => singly(platform, databaseOf, work),
    probe: (work) => transaction(probe, `BEGIN READ ONLY; SET LOCAL statement_timeout = '5s'`, work),
    ping: async () => void (await app.query('SELECT 1')),
    usage: () => ({
      total: app.totalCount + platform.totalCount,
      idle: app.idleCount + platform.idleCount,
      waiting: app.waitingCount + platform.waitingCount,
    }),
    close: async () => void (await Promise.all([app.end(), platform.end(), probe.end()])),
  };
}

/** Columns every tenant table has. `id` is a UUIDv7 made by the server. */
const tenantColumns = {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
};

/** A table of rows that belong to one tenant: keyed by (tenant_id, id), under row-level security (applied by the migration runner). */
export const tenantTable = <N extends string, C extends Record<string, PgColumnBuilderBase>>(name: N, columns: C) =>
  pgTable(name, { ...tenantColumns, ...columns }, (table) => [primaryKey({ columns: [table.tenantId, table.id] as never })]);
