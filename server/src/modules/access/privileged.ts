import { and, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import type { Database } from '#kernel/database.ts';
import { grants, roles } from './tables.ts';

/** Is this person owner or administrator of any tenant? Runs as the platform. */
export async function isPrivileged(db: Database, personId: string, at: Date): Promise<boolean> {
  const [row] = await db
    .select({ id: grants.id })
    .from(grants)
    .innerJoin(roles, and(eq(roles.tenantId, grants.tenantId), eq(roles.id, grants.roleId)))
    .where(
      and(
        eq(grants.subjectId, personId),
        inArray(roles.key, ['owner', 'admin']),
        isNull(grants.revokedAt),
        lte(grants.validFrom, at),
        or(isNull(grants.validUntil), gt(grants.validUntil, at)),
      ),
    )
    .limit(1);
  return row !== undefined;
}
