import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import type { Database } from '#kernel/database.ts';
import type { People } from './providers/port.ts';
import type { Right } from './rules.ts';
import { grants, roles } from './tables.ts';

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

/** What a person holds in this tenant. Nothing, if they are no active member, whatever grants are left. */
export async function rightsOf(db: Database, people: People, tenantId: string, personId: string, at: Date): Promise<Right[]> {
  const member = (await people.named(db, tenantId, [personId])).get(personId);
  return member?.active ? grantsOf(db, tenantId, [personId], at) : [];
}

/** Roles in force by member. */
export async function rolesOf(
  db: Database,
  tenantId: string,
  memberIds: readonly string[],
  at: Date,
): Promise<Map<string, { key: string; name: string }[]>> {
  const found = new Map<string, { key: string; name: string }[]>();
  if (memberIds.length === 0) return found;
  const rows = await db
    .selectDistinct({ subjectId: grants.subjectId, key: roles.key, name: roles.name, level: roles.level, from: grants.validFrom })
    .from(grants)
    .innerJoin(roles, and(eq(roles.tenantId, grants.tenantId), eq(roles.id, grants.roleId)))
    .where(and(eq(grants.tenantId, tenantId), inArray(grants.subjectId, [...memberIds]), unended(at)))
    .orderBy(roles.level);
  for (const { subjectId, key, name, from } of rows) {
    const held = found.get(subjectId) ?? [];
    if (from <= at && !held.some((role) => role.key === key)) found.set(subjectId, [...held, { key, name }]);
  }
  return found;
}

export const rolesIn = (db: Database, tenantId: string) =>
  db.select().from(roles).where(eq(roles.tenantId, tenantId)).orderBy(roles.level, roles.key);
