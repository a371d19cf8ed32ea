import type { Database } from '#kernel/database.ts';
import { and, asc, eq, gt, inArray, isNull, or } from '#kernel/drizzle.ts';
import { groupContent } from './group-content.ts';
import { capped } from './patterns.ts';
import type { People } from './providers/port.ts';
import type { Deny, Right } from './rules.ts';
import { groupsIn, resolveGroups } from './scopes.ts';
import { boundaries, denies, grants, roles, type RoleRow } from './tables.ts';

/** Grants that are not revoked and not over; those still to begin are among them. */
export const unended = (at: Date) => and(isNull(grants.revokedAt), or(isNull(grants.validUntil), gt(grants.validUntil, at)));

const columns = {
  subjectId: grants.subjectId, grantId: grants.id, role: roles.key, level: roles.level, patterns: roles.patterns, maxRisk: roles.maxRisk,
  scope: grants.scope, validFrom: grants.validFrom, validUntil: grants.validUntil,
}; // prettier-ignore

const grantsOf = (db: Database, tenantId: string, subjectIds: readonly string[], at: Date) =>
  db
    .select(columns)
    .from(grants)
    .innerJoin(roles, and(eq(roles.tenantId, grants.tenantId), eq(roles.id, grants.roleId)))
    .where(and(eq(grants.tenantId, tenantId), inArray(grants.subjectId, [...subjectIds]), unended(at)))
    .orderBy(grants.createdAt, grants.id);

/** The most that roles hold in this tenant; null where there is no boundary. */
export async function boundaryOf(db: Database, tenantId: string): Promise<string[] | null> {
  const [row] = await db.select({ patterns: boundaries.patterns }).from(boundaries).where(eq(boundaries.tenantId, tenantId));
  return row?.patterns ?? null;
}

export const unendedDenies = (at: Date) => and(isNull(denies.revokedAt), or(isNull(denies.validUntil), gt(denies.validUntil, at)));

/** Denies not lifted and not over, by person. */
export async function deniesOf(db: Database, tenantId: string, subjectIds: readonly string[], at: Date): Promise<Map<string, Deny[]>> {
  if (subjectIds.length === 0) return new Map();
  const rows = await db
    .select({ id: denies.id, subjectId: denies.subjectId, patterns: denies.patterns, validUntil: denies.validUntil })
    .from(denies)
    .where(and(eq(denies.tenantId, tenantId), inArray(denies.subjectId, [...subjectIds]), unendedDenies(at)))
    .orderBy(asc(denies.id));
  return Map.groupBy(rows, (row) => row.subjectId);
}

export interface Holdings {
  rights: Right[];
  denies: Deny[];
}

/**
 * What a person holds in this tenant, with the Scopes as they were given: groups are still names. Nothing, if they are no active
 * member, whatever grants are left.
 */
export async function holdingsOf(db: Database, people: People, tenantId: string, personId: string, at: Date): Promise<Holdings> {
  const member = (await people.named(db, tenantId, [personId])).get(personId);
  if (!member?.active) return { rights: [], denies: [] };
  const boundary = await boundaryOf(db, tenantId);
  const held = await grantsOf(db, tenantId, [personId], at);
  const against = await deniesOf(db, tenantId, [personId], at);
  return { rights: held.map((right) => ({ ...right, patterns: capped(right.patterns, boundary) })), denies: against.get(personId) ?? [] };
}

/** The same rights with what groups hold at this moment in their place. */
export async function withGroups<R extends Pick<Right, 'scope'>>(db: Database, tenantId: string, rights: readonly R[]): Promise<R[]> {
  const named = [...new Set(rights.flatMap((right) => groupsIn(right.scope)))];
  if (named.length === 0) return [...rights];
  const content = await groupContent(db, tenantId, named);
  return rights.map((right) => ({ ...right, scope: resolveGroups(right.scope, (id) => content.get(id) ?? []) }));
}

interface RoleRef {
  id: string;
  key: string;
  name: string;
}

/** Roles in force by member. */
export async function rolesOf(db: Database, tenantId: string, memberIds: readonly string[], at: Date): Promise<Map<string, RoleRef[]>> {
  const found = new Map<string, RoleRef[]>();
  if (memberIds.length === 0) return found;
  const rows = await db
    .selectDistinct({ subjectId: grants.subjectId, id: roles.id, key: roles.key, name: roles.name, level: roles.level, from: grants.validFrom })
    .from(grants)
    .innerJoin(roles, and(eq(roles.tenantId, grants.tenantId), eq(roles.id, grants.roleId)))
    .where(and(eq(grants.tenantId, tenantId), inArray(grants.subjectId, [...memberIds]), unended(at)))
    .orderBy(roles.level);
  for (const { subjectId, id, key, name, from } of rows) {
    const held = found.get(subjectId) ?? [];
    if (from <= at && !held.some((role) => role.key === key)) found.set(subjectId, [...held, { id, key, name }]);
  }
  return found;
}

/** Roles of the tenant with what they hold within its boundary, the most powerful first. */
export async function rolesIn(db: Database, tenantId: string): Promise<RoleRow[]> {
  const boundary = await boundaryOf(db, tenantId);
  const rows = await db.select().from(roles).where(eq(roles.tenantId, tenantId)).orderBy(roles.level, roles.key);
  return rows.map((row) => ({ ...row, patterns: capped(row.patterns, boundary) }));
}
