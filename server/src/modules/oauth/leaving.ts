import type { Database } from '#kernel/database.ts';
import { and, eq, isNull } from '#kernel/drizzle.ts';
import { clients, grants } from './tables.ts';

/** Ends what a person has connected in a tenant that they leave. Runs as the platform. */
export const endAgents = async (db: Database, tenantId: string, userId: string, at: Date): Promise<void> =>
  void (await db
    .update(grants)
    .set({ revokedAt: at })
    .where(and(eq(grants.tenantId, tenantId), eq(grants.userId, userId), isNull(grants.revokedAt))));

/** Ends all that a person has connected anywhere; answers what it calls itself. Runs as the platform. */
export const endAllAgents = async (db: Database, userId: string, at: Date): Promise<string[]> =>
  (
    await db
      .update(grants)
      .set({ revokedAt: at })
      .where(and(eq(grants.userId, userId), isNull(grants.revokedAt)))
      .returning({ name: grants.clientName })
  ).map(({ name }) => name);

/** Agents and programs of a tenant that is about to be emptied. Runs as the platform. */
export async function forgetAgents(db: Database, tenantId: string): Promise<void> {
  await db.delete(grants).where(eq(grants.tenantId, tenantId));
  await db.delete(clients).where(eq(clients.tenantId, tenantId));
}
