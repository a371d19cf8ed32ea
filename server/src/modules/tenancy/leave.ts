import type { Database } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { members, memberships } from './tables.ts';

/** Ends a membership without a successor, with the sessions, keys and grants that hang on it. Runs as the platform. */
export async function leaveTenant(db: Database, tenantId: string, userId: string): Promise<void> {
  await db.delete(members).where(and(eq(members.tenantId, tenantId), eq(members.id, userId)));
  await db.delete(memberships).where(and(eq(memberships.tenantId, tenantId), eq(memberships.userId, userId)));
}

/** Does the person belong to any tenant at all? Runs as the platform. */
export const isAnywhere = async (db: Database, userId: string): Promise<boolean> =>
  (await db.select({ userId: memberships.userId }).from(memberships).where(eq(memberships.userId, userId)).limit(1)).length > 0;
