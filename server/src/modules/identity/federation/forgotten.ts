import type { Database } from '#kernel/database.ts';
import { eq } from '#kernel/drizzle.ts';
import { oauthAccounts, oauthFlows } from './tables.ts';

/** Identities that nobody can prove any more; whoever has no other way in sets a password by mail. */
export async function forgetProvider(db: Database, provider: string): Promise<void> {
  await db.delete(oauthFlows).where(eq(oauthFlows.provider, provider));
  await db.delete(oauthAccounts).where(eq(oauthAccounts.provider, provider));
}
