import type { Database } from '#kernel/database.ts';
import { and, eq, inArray, lte, sql } from '#kernel/drizzle.ts';
import { prepared } from '#kernel/prepared.ts';
import { unended } from './rights.ts';
import { grants, roles } from './tables.ts';

const privilegeQuery = (db: Database) =>
  prepared(db, 'privileged_anywhere', () => {
    const at = sql.placeholder('at') as unknown as Date;
    return db
      .select({ id: grants.id })
      .from(grants)
      .innerJoin(roles, and(eq(roles.tenantId, grants.tenantId), eq(roles.id, grants.roleId)))
      .where(and(eq(grants.subjectId, sql.placeholder('personId')), inArray(roles.key, ['owner', 'admin']), lte(grants.validFrom, at), unended(at)))
      .limit(1)
      .prepare('privileged_anywhere');
  });

/** Is this person owner or administrator of any tenant? Runs as the platform. */
export async function isPrivileged(db: Database, personId: string, at: Date): Promise<boolean> {
  const rows = await privilegeQuery(db).execute({ personId, at });
  return rows.length > 0;
}
