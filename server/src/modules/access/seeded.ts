import type { Database } from '#kernel/database.ts';
import { and, eq, inArray } from '#kernel/drizzle.ts';
import { unended } from './rights.ts';
import { grants, roles } from './tables.ts';

const inForce = (tenantId: string, role: string, at: Date) =>
  and(eq(grants.tenantId, tenantId), eq(grants.subjectKind, 'user'), eq(roles.key, role), unended(at));
const ofRole = and(eq(roles.tenantId, grants.tenantId), eq(roles.id, grants.roleId));

/** Who holds a role in a tenant now. Runs as the platform. */
export async function holdersOf(db: Database, tenantId: string, role: string, at: Date): Promise<Set<string>> {
  const rows = await db
    .select({ id: grants.subjectId })
    .from(grants)
    .innerJoin(roles, ofRole)
    .where(inForce(tenantId, role, at));
  return new Set(rows.map(({ id }) => id));
}

/** Takes a role back from a person, however it was given; the installation itself does it. Runs as the platform. */
export async function takeRole(
  db: Database,
  { tenantId, personId, role }: { tenantId: string; personId: string; role: string },
  at: Date,
): Promise<void> {
  const held = db
    .select({ id: grants.id })
    .from(grants)
    .innerJoin(roles, ofRole)
    .where(and(inForce(tenantId, role, at), eq(grants.subjectId, personId)));
  await db
    .update(grants)
    .set({ revokedAt: at, updatedAt: at })
    .where(and(eq(grants.tenantId, tenantId), inArray(grants.id, held)));
}
