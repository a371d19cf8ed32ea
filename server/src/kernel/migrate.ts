import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { ROLES, rolePassword } from './database.ts';
import { sha256 } from './ids.ts';
import { JOBS_VERSION, prepareJobs } from './jobs-schema.ts';
import { findRoot, keepRoot } from './master-keys-root.ts';
import { masterKeysOf } from './master-keys.ts';
import type { Module } from './module.ts';
import { SECURITY_VERSION, secureTables } from './tenant-security.ts';

interface Migration {
  module: string;
  number: number;
  name: string;
  sql: string;
  hash: string;
}

export interface Migrated {
  applied: string[];
  /** Of what everything of the installation is derived: its first master key. */
  root: Uint8Array;
}

const LOCK = 7_305_801_120; // any constant; it only has to be the same in every process

/** Modules in an order in which each comes after those it names. */
export function inOrder<M extends Pick<Module, 'name' | 'after'>>(modules: readonly M[]): M[] {
  const byName = new Map(modules.map((module) => [module.name, module]));
  const twice = modules.find((module) => byName.get(module.name) !== module);
  if (twice) throw new Error(`module "${twice.name}" is registered twice`);
  const done = new Set<string>();
  const ordered: M[] = [];
  const visit = (module: M, path: readonly string[]): void => {
    if (done.has(module.name)) return;
    if (path.includes(module.name)) throw new Error(`modules wait for each other: ${[...path, module.name].join(' -> ')}`);
    for (const name of module.after ?? []) {
      const before = byName.get(name);
      if (!before) throw new Error(`module "${module.name}" comes after "${name}", which is not registered`);
      visit(before, [...path, module.name]);
    }
    done.add(module.name);
    ordered.push(module);
  };
  for (const module of modules) visit(module, []);
  return ordered;
}

function read(module: string, folder: URL): Migration[] {
  return readdirSync(fileURLToPath(folder))
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const match = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file);
      if (!match) throw new Error(`${module}: migration "${file}" is not named NNNN_name.sql`);
      const sql = readFileSync(new URL(file, folder), 'utf8');
      return { module, number: Number(match[1]), name: match[2]!, sql, hash: sha256(sql) };
    });
}

export function allMigrations(modules: readonly Pick<Module, 'name' | 'after' | 'migrations'>[]): Migration[] {
  const kernel = read('kernel', new URL('./migrations/', import.meta.url));
  return [...kernel, ...inOrder(modules).flatMap((module) => (module.migrations ? read(module.name, module.migrations) : []))];
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Roles belong to the whole cluster, and our lock to one database: another installation may be at them in the same moment. */
async function ensureRoles(client: pg.Client, root: Uint8Array): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await makeRoles(client, root);
    } catch (error) {
      if (tries === 10 || !/tuple concurrently (updated|deleted)/.test((error as Error).message)) throw error;
      await pause(20 * tries);
    }
  }
}

async function makeRoles(client: pg.Client, root: Uint8Array): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles where rolname = any($1)', [Object.values(ROLES)]);
  const present = new Set(rows.map((row) => row.rolname));
  for (const role of Object.values(ROLES)) {
    const login = role === ROLES.owner ? 'NOLOGIN' : `LOGIN PASSWORD ${quoted(rolePassword(root, role))}`;
    await client.query(`${present.has(role) ? 'ALTER' : 'CREATE'} ROLE ${role} ${login} NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT`);
  }
  await client.query(`GRANT ${ROLES.owner} TO CURRENT_USER`);
  const { rows: db } = await client.query<{ name: string }>('select quote_ident(current_database()) as name');
  await client.query(`GRANT CREATE, CONNECT ON DATABASE ${db[0]!.name} TO ${ROLES.owner}`);
  await client.query(`GRANT CONNECT ON DATABASE ${db[0]!.name} TO ${ROLES.app}, ${ROLES.platform}, ${ROLES.probe}`);
  await client.query(
    `REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT ALL ON SCHEMA public TO ${ROLES.owner}; GRANT USAGE ON SCHEMA public TO ${ROLES.app}, ${ROLES.platform}, ${ROLES.probe}`,
  );
}

/** The row goes in first: two processes that start together meet at its key instead of both running the file. */
async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query(`BEGIN; SET LOCAL ROLE ${ROLES.owner}`);
  try {
    await client.query('insert into switchyard_migrations (module, number, name, sha256) values ($1, $2, $3, $4)', [
      migration.module,
      migration.number,
      migration.name,
      migration.hash,
    ]);
    await client.query(migration.sql);
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    throw new Error(`migration ${migration.module}/${migration.number}_${migration.name} failed: ${(cause as Error).message}`, { cause });
  }
}

/** Migrations that `known` lacks. Throws when one that it has was edited since, before anything is done. */
function missing(modules: readonly Module[], known: ReadonlyMap<string, string>): Migration[] {
  return allMigrations(modules).filter(({ module, number, name, hash }) => {
    const before = known.get(`${module}/${number}`);
    if (before !== undefined && before !== hash)
      throw new Error(`migration ${module}/${number}_${name} was edited after it had been applied: add a new one instead`);
    return before === undefined;
  });
}

const record = async (client: pg.Client, module: string, number: number, name: string): Promise<void> => {
  await client.query('insert into switchyard_migrations (module, number, name, sha256) values ($1, $2, $3, $4) on conflict do nothing', [
    module,
    number,
    name,
    '',
  ]);
};

/**
 * Brings the database to the modules' newest schema: roles, tables, row-level security and grants, job queues.
 * Safe to call from several processes at once, and again after it was killed. Throws when an applied file was edited afterwards, and
 * MasterKeyError, before anything is done, when the database was sealed under another master key.
 */
export async function migrate(
  url: string,
  modules: readonly Module[],
  { masterKey, previousMasterKeys }: { masterKey: Uint8Array; previousMasterKeys?: readonly Uint8Array[] },
): Promise<Migrated> {
  const keys = masterKeysOf(masterKey, previousMasterKeys);
  const client = new pg.Client({ connectionString: url, application_name: 'switchyard:migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const root = await findRoot(client, keys);
    await ensureRoles(client, root);
    await client.query(`SET ROLE ${ROLES.owner}`);
    await client.query(`create table if not exists switchyard_migrations (module text not null, number integer not null, name text not null, sha256 text not null,
      applied_at timestamptz not null default now(), primary key (module, number))`);
    const { rows } = await client.query<{ module: string; number: number; sha256: string }>(
      'select module, number, sha256 from switchyard_migrations',
    );
    const known = new Map(rows.map((row) => [`${row.module}/${row.number}`, row.sha256]));
    const todo = missing(modules, known);
    const [queues, security] = [!known.has(`jobs/${JOBS_VERSION}`), todo.length > 0 || !known.has(`security/${SECURITY_VERSION}`)];
    // Taken away first, so that whoever comes after a kill in between knows that new tables may still be open.
    if (security) await client.query(`delete from switchyard_migrations where module = 'security'`);
    await client.query('RESET ROLE');
    for (const migration of todo) await apply(client, migration);
    if (queues) await prepareJobs(url);
    if (security) await secureTables(client);
    await client.query(`SET ROLE ${ROLES.owner}`);
    if (queues) await record(client, 'jobs', JOBS_VERSION, 'queues');
    if (security) await record(client, 'security', SECURITY_VERSION, 'tenant_isolation');
    await keepRoot(client, keys, root);
    const applied = todo.map(({ module, number, name }) => `${module}/${number}_${name}`);
    return { applied: queues ? [...applied, `jobs/${JOBS_VERSION}_queues`] : applied, root };
  } finally {
    await client.end(); // also lets the advisory lock go
  }
}

/** Migrations that the database lacks; empty when it is current. */
export async function pendingMigrations(url: string, modules: readonly Module[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: found } = await client.query<{ there: boolean }>(`select to_regclass('switchyard_migrations') is not null as there`);
    const { rows } = found[0]!.there
      ? await client.query<{ key: string }>(`select module || '/' || number as key from switchyard_migrations`)
      : { rows: [] };
    const known = new Set(rows.map((row) => row.key));
    return allMigrations(modules)
      .filter(({ module, number }) => !known.has(`${module}/${number}`))
      .map(({ module, number, name }) => `${module}/${number}_${name}`);
  } finally {
    await client.end();
  }
}
