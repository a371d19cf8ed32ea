import type { Database } from '#kernel/database.ts';
import { and, eq, inArray, isNull } from '#kernel/drizzle.ts';
import { forgetProvider } from './federation/forgotten.ts';
import { identityProviders } from './federation/tables.ts';
import { serviceAccounts } from './keys/tables.ts';
import { fabricGrants, localCredentials } from './local/tables.ts';
import { apiKeys, users } from './tables.ts';

/**
 * What somebody leaves behind with a tenant: their name for signing in there, what a fabric of it gave them, and all of an account that
 * was a machine's there. Runs as the platform.
 */
export async function forgetMember(db: Database, tenantId: string, userId: string): Promise<void> {
  for (const table of [localCredentials, fabricGrants]) await db.delete(table).where(and(eq(table.tenantId, tenantId), eq(table.userId, userId)));
  const account = db
    .select({ id: serviceAccounts.id })
    .from(serviceAccounts)
    .where(and(eq(serviceAccounts.tenantId, tenantId), eq(serviceAccounts.id, userId)));
  await db.delete(users).where(and(inArray(users.id, account), eq(users.kind, 'service')));
}

/** Ends a member's keys of a tenant. Runs as the platform. */
export const endKeys = async (db: Database, tenantId: string, userId: string, at: Date): Promise<void> =>
  void (await db
    .update(apiKeys)
    .set({ revokedAt: at })
    .where(and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.userId, userId), isNull(apiKeys.revokedAt))));

/**
 * Everything here that a tenant leaves behind: keys, machines, names, and the identities of its providers, which nobody could prove any
 * more. People stay, they are their own. Runs as the platform, while the rows of its providers are still there.
 */
export async function forgetTenant(db: Database, tenantId: string): Promise<void> {
  const providers = await db.select({ id: identityProviders.id }).from(identityProviders).where(eq(identityProviders.tenantId, tenantId)); // prettier-ignore
  for (const { id } of providers) await forgetProvider(db, id);
  for (const table of [localCredentials, fabricGrants, apiKeys]) await db.delete(table).where(eq(table.tenantId, tenantId));
  const machines = db.select({ id: serviceAccounts.id }).from(serviceAccounts).where(eq(serviceAccounts.tenantId, tenantId)); // prettier-ignore
  await db.delete(users).where(and(inArray(users.id, machines), eq(users.kind, 'service')));
}
