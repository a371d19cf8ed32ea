import type { Database } from '#kernel/database.ts';
import { eq } from '#kernel/drizzle.ts';
import { tenants, tenantSettings } from './tables.ts';

/** The plan of a tenant and the settings it has made; null and none for a tenant without a row. */
export async function planAndSettings(db: Database, tenantId: string): Promise<{ plan: string | null; settings: Record<string, unknown> }> {
  const [row] = await db
    .select({ plan: tenants.plan, settings: tenantSettings.value })
    .from(tenants)
    .leftJoin(tenantSettings, eq(tenantSettings.tenantId, tenants.tenantId))
    .where(eq(tenants.tenantId, tenantId));
  return { plan: row?.plan ?? null, settings: row?.settings ?? {} };
}
