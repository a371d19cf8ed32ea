import type { Database, Databases } from '#kernel/database.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { Scope } from '#kernel/scope.ts';
import type { Catalogue } from './providers/port.ts';
import { unended } from './rights.ts';
import { OWNER, patternsOf, SYSTEM_ROLES, type SystemRole } from './system-roles.ts';
import { grants, roles } from './tables.ts';

/** Permissions that a role can hold. */
export const permissionsOf = (catalogue: Catalogue): string[] =>
  [
    ...new Set([...catalogue.operations.values()].filter((operation) => operation.access !== 'public').map((operation) => operation.permission)),
  ].sort();

const columnsOf = (role: SystemRole, permissions: readonly string[]) => ({
  key: role.key, name: role.name, description: role.description, level: role.level, maxRisk: role.maxRisk, patterns: patternsOf(role, permissions), system: true, assignable: role.key !== OWNER,
}); // prettier-ignore

/** Writes the system roles of one tenant; those that are there and as they should be stay untouched. Runs as the platform. */
async function seedRoles(db: Database, tenantId: string, permissions: readonly string[]): Promise<void> {
  await db
    .insert(roles)
    .values(SYSTEM_ROLES.map((role) => ({ tenantId, id: newId(), ...columnsOf(role, permissions) })))
    .onConflictDoNothing({ target: [roles.tenantId, roles.key] });
}

/** After a start with other operations than before: brings the system roles of every tenant up to date. Answers how many rows changed. */
export const ensureSystemRoles = (databases: Databases, catalogue: Catalogue): Promise<number> =>
  databases.platform('system roles follow the catalogue', async (db) => {
    const permissions = permissionsOf(catalogue);
    let changed = 0;
    for (const role of SYSTEM_ROLES) {
      const { key, ...columns } = columnsOf(role, permissions);
      const now = sql.join([columns.name, columns.description, columns.level, columns.maxRisk, columns.assignable].map((value) => sql`${value}`), sql`, `); // prettier-ignore
      const { rowCount } = await db
        .update(roles)
        .set({ ...columns, version: sql`${roles.version} + 1`, updatedAt: sql`now()` })
        .where(
          and(
            eq(roles.key, key),
            eq(roles.system, true),
            sql`((${roles.name}, ${roles.description}, ${roles.level}, ${roles.maxRisk}, ${roles.assignable}) is distinct from (${now}) or ${roles.patterns} is distinct from ${sql.param(columns.patterns)}::text[])`,
          ),
        );
      changed += rowCount ?? 0;
    }
    const lacking = await db.select({ tenantId: roles.tenantId }).from(roles).where(eq(roles.system, true)).groupBy(roles.tenantId).having(sql`count(*) < ${SYSTEM_ROLES.length}`); // prettier-ignore
    for (const { tenantId } of lacking) await seedRoles(db, tenantId, permissions);
    return changed + lacking.length;
  });

export interface SeededGrant {
  tenantId: string;
  personId: string;
  role: string;
  scope?: Scope;
  reason: string;
}

/** A grant that the installation gives by itself, once. Runs as the platform; the person must be a member. */
export async function seedGrant(
  db: Database,
  { tenantId, personId, role: key, scope = { all: true }, reason }: SeededGrant,
  at: Date,
): Promise<void> {
  const [role] = await db
    .select()
    .from(roles)
    .where(and(eq(roles.tenantId, tenantId), eq(roles.key, key)));
  if (!role) throw new Error(`there is no role "${key}"; roles are: ${SYSTEM_ROLES.map((one) => one.key).join(', ')}`);
  const [held] = await db.select({ id: grants.id }).from(grants).where(and(eq(grants.tenantId, tenantId), eq(grants.subjectId, personId), eq(grants.roleId, role.id), unended(at))).limit(1); // prettier-ignore
  if (!held) await db.insert(grants).values({ tenantId, id: newId(), subjectId: personId, roleId: role.id, scope, validFrom: at, reason });
}

/** For `createTenant`: the system roles and the first owner. */
export const createProvision =
  (catalogue: () => Catalogue) =>
  async (db: Database, tenantId: string, ownerId: string, at: Date): Promise<void> => {
    await seedRoles(db, tenantId, permissionsOf(catalogue()));
    await seedGrant(db, { tenantId, personId: ownerId, role: OWNER, reason: 'Created the tenant' }, at);
  };
