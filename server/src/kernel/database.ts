import { createHmac } from 'node:crypto';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { pgTable, primaryKey, timestamp, uuid, type PgColumnBuilderBase } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { Problem } from './problem.ts';

/** Queries inside one transaction, in one tenant's context (or as the platform). */
export type Database = NodePgDatabase & { $client: pg.PoolClient };

/** The three database roles: the owner migrates, the app serves tenants under row-level security, the platform does what no tenant is known for. */
export const ROLES = { owner: 'sy_owner', app: 'sy_app', platform: 'sy_platform' } as const;

/** Login of a role, derived from the master key so that it is stored nowhere. */
export const rolePassword = (masterKey: Uint8Array, role: string): string =>
  createHmac('sha256', masterKey).update(`database-role:${role}`).digest('base64url');

/** The same server and database as `url`, signed in as `role`. */
export function urlFor(url: string, role: string, masterKey: Uint8Array): string {
  const parsed = new URL(url);
  parsed.username = role;
  parsed.password = rolePassword(masterKey, role);
  return parsed.href;
}

export interface TenantWork {
  tenantId: string;
  actorId?: string;
  requestId?: string;
  readOnly?: boolean;
}

export interface Databases {
  /** One transaction as `sy_app` with row-level security set to the tenant. Nothing else can get such a connection. */
  tenant: <T>(who: TenantWork, work: (db: Database) => Promise<T>) => Promise<T>;
  /** One transaction as `sy_platform`: sign-in and system jobs, before or across tenants. The reason goes to the database log context. */
  platform: <T>(reason: string, work: (db: Database) => Promise<T>) => Promise<T>;
  /** Round trip to the server; throws when it does not answer. */
  ping: () => Promise<void>;
  /** Busy and idle connections, for metrics. */
  usage: () => { total: number; idle: number; waiting: number };
  close: () => Promise<void>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isUuid = (text: string): boolean => UUID.test(text);
const SAFE = /^[\w.:@-]{1,128}$/;

/** BEGIN and the context in one message: a round trip saved on every call. Values are checked, since they cannot be parameters here. */
function opening({ tenantId, actorId = '', requestId = '', readOnly = false }: TenantWork): string {
  if (!UUID.test(tenantId)) throw new Error('tenant context must be a UUID');
  for (const value of [actorId, requestId]) if (value && !SAFE.test(value)) throw new Error('context value has characters that are not allowed');
  return (
    `BEGIN${readOnly ? ' READ ONLY' : ''}; SELECT set_config('app.tenant_id', '${tenantId}', true), ` +
    `set_config('app.actor_id', '${actorId}', true), set_config('app.request_id', '${requestId}', true)`
  );
}

const wrapped = new WeakMap<pg.PoolClient, Database>();
function databaseOf(client: pg.PoolClient): Database {
  let db = wrapped.get(client);
  if (!db) wrapped.set(client, (db = drizzle<Record<string, never>, pg.PoolClient>(client)));
  return db;
}

const CONNECTION_LOST = /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|terminat|Connection|timeout exceeded/;
const isConnectionLoss = (error: unknown): boolean => {
  const code = (error as { code?: string }).code ?? '';
  return code.startsWith('08') || code.startsWith('57P') || (error instanceof Error && CONNECTION_LOST.test(`${code} ${error.message}`));
};

async function transaction<T>(pool: pg.Pool, begin: string, work: (db: Database) => Promise<T>): Promise<T> {
  let client: pg.PoolClient;
  try {
    client = await pool.connect();
  } catch (cause) {
    throw new Problem(
      'dependency-unavailable',
      'The database does not answer. Nothing was changed; try again in a few seconds.',
      { retryAfterSeconds: 5 },
      { cause },
    );
  }
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(databaseOf(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((cause: Error) => (broken = cause));
    if (!(error instanceof Problem) && isConnectionLoss(rootCause(error))) {
      broken ??= error as Error;
      throw new Problem(
        'dependency-unavailable',
        'The connection to the database was lost. Look whether the call took effect before you repeat it, or repeat it with the same Idempotency-Key.',
        { retryAfterSeconds: 5 },
        { cause: error },
      );
    }
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Drizzle wraps what the driver threw. */
export const rootCause = (error: unknown): unknown => (error instanceof Error && error.cause !== undefined ? rootCause(error.cause) : error);

/** SQLSTATE and constraint of a refused statement, if the database refused it. */
export function sqlError(error: unknown): { code: string; constraint: string | undefined } | undefined {
  const cause = rootCause(error) as { code?: unknown; constraint?: string };
  return typeof cause?.code === 'string' && /^[0-9A-Z]{5}$/.test(cause.code) ? { code: cause.code, constraint: cause.constraint } : undefined;
}
export const isUniqueViolation = (error: unknown, constraint?: string): boolean => {
  const found = sqlError(error);
  return found?.code === '23505' && (constraint === undefined || found.constraint === constraint);
};

export interface DatabaseOptions {
  url: string;
  masterKey: Uint8Array;
  poolSize?: number;
  onError?: (error: Error) => void;
}

export function openDatabases({ url, masterKey, poolSize = 10, onError = () => undefined }: DatabaseOptions): Databases {
  const poolAs = (role: string, max: number): pg.Pool => {
    const pool = new pg.Pool({
      connectionString: urlFor(url, role, masterKey),
      max,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 30_000,
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 30_000,
      application_name: `switchyard:${role}`,
    });
    pool.on('error', onError); // an idle connection died; the pool opens another
    return pool;
  };
  const app = poolAs(ROLES.app, poolSize);
  const platform = poolAs(ROLES.platform, Math.max(4, Math.ceil(poolSize / 2)));
  return {
    tenant: async (who, work) => transaction(app, opening(who), work),
    platform: (reason, work) =>
      transaction(platform, `BEGIN; SELECT set_config('app.platform_reason', '${reason.replaceAll(/[^\w .:-]/g, '')}', true)`, work),
    ping: async () => void (await app.query('SELECT 1')),
    usage: () => ({
      total: app.totalCount + platform.totalCount,
      idle: app.idleCount + platform.idleCount,
      waiting: app.waitingCount + platform.waitingCount,
    }),
    close: async () => void (await Promise.all([app.end(), platform.end()])),
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
