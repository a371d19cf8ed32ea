import type { Database } from '#kernel/database.ts';
import { and, eq, inArray, isNull, sql, sum, type Placeholder, type SQL } from '#kernel/drizzle.ts';
import { prepared } from '#kernel/prepared.ts';
import { Problem } from '#kernel/problem.ts';
import type { SecretUse } from '#kernel/secret-references.ts';
import { taint } from '#kernel/taint.ts';
import type { Access, Owned, Vault } from './providers/port.ts';
import { allInForce, type Place } from './rules.ts';
import { secrets, secretVersions, type SecretRow } from './tables.ts';

/** A secret or variable with the sealed value that is in force. */
export type Sealed = SecretRow & { sealed: string };

const inVersion = and(
  eq(secretVersions.tenantId, secrets.tenantId),
  eq(secretVersions.secretId, secrets.id),
  eq(secretVersions.number, secrets.currentVersion),
);
type Given = string | null | Placeholder;
const holdsAt = (tenantId: string | Placeholder, project: Given, environment: Given, which?: SQL) =>
  and(
    eq(secrets.tenantId, tenantId),
    isNull(secrets.deletedAt),
    which,
    sql`(${secrets.project} is null or ${secrets.project} = ${project})`,
    sql`(${secrets.environment} is null or ${secrets.environment} = ${environment})`,
  );

/** How many bytes everything has that applies at a place, or of some names; also what something nearer goes before. */
export async function bytesAt(db: Database, tenantId: string, { project, environment }: Place, names?: readonly string[]): Promise<number> {
  const [found] = await db
    .select({ bytes: sum(secretVersions.bytes) })
    .from(secrets)
    .innerJoin(secretVersions, inVersion)
    .where(holdsAt(tenantId, project, environment, names && inArray(secrets.name, [...names])));
  return Number(found?.bytes ?? 0);
}

/** Everything that applies at a place, its values sealed. A place without project or environment is reached by what is for all of them. */
const applying = (db: Database, name: string, which?: SQL) =>
  db
    .select({ secret: secrets, sealed: secretVersions.sealed })
    .from(secrets)
    .innerJoin(secretVersions, inVersion)
    .where(holdsAt(sql.placeholder('tenantId'), sql.placeholder('project'), sql.placeholder('environment'), which))
    .prepare(name);
const applyingAll = (db: Database) => prepared(db, 'secrets_applying', () => applying(db, 'secrets_applying'));
const applyingNamed = (db: Database) =>
  prepared(db, 'secrets_applying_named', () =>
    applying(db, 'secrets_applying_named', sql`${secrets.name} = any(${sql.placeholder('names')}::text[])`),
  );

/** By name, what holds at a place; of some names, or of all. */
export async function inForceAt(db: Database, tenantId: string, at: Place, names?: readonly string[]): Promise<Map<string, Sealed>> {
  const where = { tenantId, project: at.project, environment: at.environment };
  const rows = await (names ? applyingNamed(db).execute({ ...where, names: [...names] }) : applyingAll(db).execute(where));
  return allInForce(
    rows.map(({ secret, sealed }) => ({ ...secret, sealed })),
    at,
  );
}

const missing = (names: readonly string[]): Problem =>
  new Problem(
    'secret-reference-missing',
    `There is no secret ${names.map((name) => `"${name.slice(0, 64)}"`).join(', ')} here. Create it, or correct the reference.`,
  );

const accessOf = (row: Sealed, result: Access['result']): Access => ({ secret: row, version: row.currentVersion, result });

/**
 * Values of stored secrets, in the order given; logged before it answers. Throws `secret-undecryptable`, and then none is handed out and
 * the log says so.
 */
export async function openAll(vault: Vault, db: Database, use: SecretUse, rows: readonly Sealed[]): Promise<string[]> {
  const opened: string[] = [];
  for (const row of rows) {
    const owned: Owned = row;
    try {
      opened.push(await vault.open(db, owned, { number: row.currentVersion, sealed: row.sealed }));
    } catch (error) {
      await vault.log(use, [accessOf(row, 'failed')]);
      throw error;
    }
  }
  await vault.log(use, rows.map((row) => accessOf(row, 'success'))); // prettier-ignore
  return opened;
}

/** Values by name: of this run before the project's before the workspace's. Throws `secret-reference-missing` when a name stands for nothing. */
export async function resolveNames(vault: Vault, db: Database, use: SecretUse, names: readonly string[]): Promise<Map<string, string>> {
  const { tenantId, project = null, environment = null, runtime = {} } = use;
  const given = names.filter((name) => Object.hasOwn(runtime, name));
  const stored = names.filter((name) => !Object.hasOwn(runtime, name));
  const found = stored.length > 0 ? await inForceAt(db, tenantId, { project, environment }, stored) : new Map<string, Sealed>();
  const absent = stored.filter((name) => !found.has(name));
  if (absent.length > 0) throw missing(absent);
  const values = await openAll(vault, db, use, stored.map((name) => found.get(name)!)); // prettier-ignore
  for (const name of given) taint(runtime[name]!, name, tenantId);
  return new Map([...given.map((name) => [name, runtime[name]!] as const), ...stored.map((name, at) => [name, values[at]!] as const)]);
}
