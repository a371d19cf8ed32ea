import type { Context, ReadContext } from '#kernel/context.ts';
import { isUuid, type Database } from '#kernel/database.ts';
import { and, count, eq, inArray, isNull, sql } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { inForce, LIMITS, stateOf, type Place } from './rules.ts';
import type { Secret, ValueKind } from './schemas.ts';
import { secretReferences, secrets, secretVersions, type ReferenceRow, type SecretRow, type SecretVersionRow } from './tables.ts';

export interface Reader {
  db: Database;
  tenantId: string;
}

/** Of the kind that is asked for, or of both, deleted or not; `lock` holds the row until the transaction ends. */
export async function findAny({ db, tenantId }: Reader, kind: ValueKind | undefined, id: string, lock = false): Promise<SecretRow> {
  const query = db
    .select()
    .from(secrets)
    .where(and(eq(secrets.tenantId, tenantId), eq(secrets.id, id), kind && eq(secrets.kind, kind)));
  const [row] = isUuid(id) ? await (lock ? query.for('update') : query) : [];
  if (!row) throw new Problem('secret-not-found', `There is no ${kind ?? 'secret or variable'} "${id.slice(0, 64)}" in this tenant.`);
  return row;
}

/** The same of what is not deleted. */
export async function findLiving(reader: Reader, kind: ValueKind, id: string, lock = false): Promise<SecretRow> {
  const row = await findAny(reader, kind, id, lock);
  if (row.deletedAt) throw new Problem('secret-not-found', `"${row.name}" was deleted. Restore it first.`);
  return row;
}

/** Read once per call. */
export const oneSecret = (ctx: ReadContext, id: string, kind: ValueKind = 'secret'): Promise<SecretRow> =>
  ctx.once(`${kind}:${id}`, () => findAny(ctx, kind, id));
export const oneOfBoth = (ctx: ReadContext, id: string): Promise<SecretRow> => ctx.once(`either:${id}`, () => findAny(ctx, undefined, id));
export async function oneLiving(ctx: ReadContext, id: string, kind: ValueKind = 'secret'): Promise<SecretRow> {
  const row = await oneSecret(ctx, id, kind);
  return row.deletedAt ? findLiving(ctx, kind, id) : row;
}

/** What Scopes and policies see of a secret or variable. */
export const secretTarget = (row: Pick<SecretRow, 'id' | 'name' | 'environment' | 'tags'>): Target => ({
  type: 'secret',
  id: row.id,
  name: row.name,
  environment: row.environment,
  labels: row.tags,
});

const time = (date: Date | null): string | null => date?.toISOString() ?? null;

export const secretView = (row: SecretRow, now: Date): Secret => ({
  id: row.id,
  name: row.name,
  scope: row.scope,
  project: row.project,
  environment: row.environment,
  type: row.type,
  description: row.description,
  tags: row.tags,
  service: row.service,
  templateId: row.templateId,
  ownerTeam: row.ownerTeam,
  currentVersion: row.currentVersion,
  state: stateOf(row, now),
  rotatedAt: row.rotatedAt.toISOString(),
  expiresAt: time(row.expiresAt),
  rotateEvery: row.rotateEvery,
  maxInFlight: row.maxInFlight,
  rotateDueAt: time(row.rotateDueAt),
  lastAccessedAt: time(row.lastAccessedAt),
  createdBy: { id: row.createdBy, name: row.createdByName },
  deletedAt: time(row.deletedAt),
  purgeAfter: time(row.purgeAfter),
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** Refuses an edit of what the caller has seen another version of. */
export function requireSeen(row: Pick<SecretRow, 'name' | 'version'>, ctx: ReadContext): void {
  const ifMatch = (ctx as Partial<Context>).ifMatch?.replaceAll(/^W\/|"/g, '');
  if (ifMatch === undefined || ifMatch === '*' || ifMatch === String(row.version)) return;
  throw new Problem(
    'version-conflict',
    `"${row.name}" is at version ${row.version} and you have seen ${ifMatch}. Read it again and repeat your edit.`,
    { version: row.version },
  );
}

/** Everything living with one of these names, wherever it lies. `share` keeps it from being deleted until the transaction ends. */
export function livingNamed({ db, tenantId }: Reader, names: readonly string[], share = false): Promise<SecretRow[]> {
  const query = db
    .select()
    .from(secrets)
    .where(and(eq(secrets.tenantId, tenantId), inArray(secrets.name, [...names]), isNull(secrets.deletedAt)))
    .orderBy(secrets.id);
  return names.length === 0 ? Promise.resolve([]) : share ? query.for('key share') : query.execute();
}

const referencesNamed = ({ db, tenantId }: Reader, names: readonly string[]): Promise<ReferenceRow[]> =>
  db
    .select()
    .from(secretReferences)
    .where(and(eq(secretReferences.tenantId, tenantId), inArray(secretReferences.name, [...names])))
    .orderBy(secretReferences.userKind, secretReferences.userName, secretReferences.pointer)
    .execute();

/** Objects that name the secret and get this one, not another of the same name. */
export async function referencesTo(reader: Reader, row: Pick<SecretRow, 'id' | 'name'>): Promise<ReferenceRow[]> {
  const found = await referencesNamed(reader, [row.name]);
  if (found.length === 0) return [];
  const living = await livingNamed(reader, [row.name]);
  return found.filter((reference) => inForce(living, reference)?.id === row.id);
}

export const referenceView = ({ userKind, userId, userName, pointer }: ReferenceRow) => ({ kind: userKind, id: userId, name: userName, pointer });

/** Objects that name one of them and get another value now, and would get this one's once it is there. */
export async function wouldTakeOver(reader: Reader, wishes: readonly (Place & { name: string })[]): Promise<ReferenceRow[]> {
  const names = wishes.map(({ name }) => name);
  const found = names.length === 0 ? [] : await referencesNamed(reader, names);
  if (found.length === 0) return [];
  const living: (Place & { name: string })[] = await livingNamed(reader, names);
  return found.filter((reference) => {
    const wish = wishes.find(({ name }) => name === reference.name)!;
    return inForce([...living.filter(({ name }) => name === wish.name), wish], reference) === wish;
  });
}

/** Throws `secret-in-use` with what refers to it; the row must be locked for that to hold. */
export async function requireUnused(reader: Reader, row: Pick<SecretRow, 'id' | 'name'>): Promise<void> {
  const users = await referencesTo(reader, row);
  if (users.length === 0) return;
  const some = users.slice(0, 5).map(({ userKind, userName }) => `${userKind} "${userName}"`);
  throw new Problem(
    'secret-in-use',
    `"${row.name}" is referred to by ${some.join(', ')}${users.length > some.length ? ` and ${users.length - some.length} more` : ''}. Take it out of those first.`,
    { references: users.slice(0, 100).map(referenceView) },
  );
}

/** Makers of secrets in one tenant take turns, so that the count holds. Throws `secret-limit`. */
export async function takePlaces({ db, tenantId }: Reader, wanted = 1): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`secrets:${tenantId}`}, 0))`);
  const [living] = await db
    .select({ count: count() })
    .from(secrets)
    .where(and(eq(secrets.tenantId, tenantId), isNull(secrets.deletedAt)));
  if (living!.count + wanted > LIMITS.perTenant)
    throw new Problem('secret-limit', `The tenant has ${living!.count} secrets and variables; ${LIMITS.perTenant} is the most.`);
}

export async function findVersion({ db, tenantId }: Reader, row: Pick<SecretRow, 'id' | 'name'>, number: number): Promise<SecretVersionRow> {
  const [found] = await db
    .select()
    .from(secretVersions)
    .where(and(eq(secretVersions.tenantId, tenantId), eq(secretVersions.secretId, row.id), eq(secretVersions.number, number)));
  if (!found) throw new Problem('secret-version-not-found', `"${row.name}" has no version ${number} any more. See secrets.versions.`);
  return found;
}
