import type { Database } from '#kernel/database.ts';
import { asc, eq, ne, sql } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import { Problem } from '#kernel/problem.ts';
import { PLANS } from '../plans.ts';
import type { TenantRecord } from '../providers/port.ts';
import { OPEN_STATUSES, tenants } from '../tables.ts';
import { moveStatus, tenantBySlug } from '../tenants.ts';

/** All tenants of the installation but those that are gone, by name of their address. */
export const allTenants = (db: Database): Promise<TenantRecord[]> => db.select().from(tenants).where(ne(tenants.status, 'deleted')).orderBy(asc(tenants.slug)); // prettier-ignore

export async function requireTenant(db: Database, slug: string): Promise<TenantRecord> {
  const found = await tenantBySlug(db, slug);
  if (!found || found.status === 'deleted') throw new Problem('tenant-not-found', `There is no tenant "${slug}".`);
  return found;
}

/** Nobody works in the tenant until it is activated; nothing at providers is touched. Runs as the platform. */
export async function suspendTenant(db: Database, slug: string, reason: string, at: Date): Promise<TenantRecord> {
  const row = await requireTenant(db, slug);
  const moved = await moveStatus(db, row.id, OPEN_STATUSES, { status: 'suspended', previousStatus: row.status, suspendedReason: reason }, at);
  if (!moved) throw new Problem('invalid-transition', `${row.name} is ${row.status}; only a tenant in which people work can be suspended.`);
  await appendEvents(db, row.id, [{ type: 'tenant.suspended', data: { tenantId: row.id, reason } }], null);
  return moved;
}

export async function activateTenant(db: Database, slug: string, at: Date): Promise<TenantRecord> {
  const row = await requireTenant(db, slug);
  const back = { status: row.previousStatus ?? 'active', previousStatus: null, suspendedReason: null } as const;
  const moved = await moveStatus(db, row.id, ['suspended'], back, at);
  if (!moved) throw new Problem('invalid-transition', `${row.name} is ${row.status}; only a suspended tenant can be activated.`);
  await appendEvents(db, row.id, [{ type: 'tenant.activated', data: { tenantId: row.id } }], null);
  return moved;
}

/** Puts the tenant on a plan, without a trial and without payment. */
export async function setPlan(db: Database, slug: string, plan: string, at: Date): Promise<TenantRecord> {
  if (!(plan in PLANS)) throw new Problem('validation-failed', `There is no plan "${plan}"; plans are: ${Object.keys(PLANS).join(', ')}.`);
  const row = await requireTenant(db, slug);
  const ended = row.status === 'trialing' ? { status: 'active' as const, trialEndsAt: null } : {};
  const [after] = await db
    .update(tenants)
    .set({ plan, ...ended, version: sql`${tenants.version} + 1`, updatedAt: at })
    .where(eq(tenants.tenantId, row.id))
    .returning();
  await appendEvents(db, row.id, [{ type: 'tenant.updated', data: { tenantId: row.id, fields: ['plan'] } }], null);
  return after!;
}
