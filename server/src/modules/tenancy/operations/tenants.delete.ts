import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { count, eq, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { requireSignedIn } from '../lifecycle/transfer.ts';
import { lockTenant, ownTenant } from '../own.ts';
import { TENANT } from '../rules.ts';
import { Tenant, tenant, tenantId } from '../schemas.ts';
import { readSettings } from '../settings/store.ts';
import { members, tenants, type TenantRow } from '../tables.ts';

function requireTyped(row: TenantRow, typed: string): void {
  if (typed.trim() === row.name) return;
  throw new Problem('confirmation-mismatch', `Type the name of the tenant exactly, "${row.name}", to have it deleted.`, {
    errors: [{ pointer: '/confirmName', message: 'Not the name of the tenant' }],
  });
}

/** How long it can be restored, in milliseconds: California grants people 45 days. */
async function graceOf(ctx: ReadContext): Promise<number> {
  const { value } = await readSettings(ctx);
  return value.data.framework === 'ccpa' ? TENANT.graceCcpaMs : TENANT.graceMs;
}

export const tenantsDelete = defineOperation({
  name: 'tenants.delete',
  summary: 'Delete a tenant',
  description:
    'Access ends at once. For 30 days (45 under CCPA) its owner can restore it; then all its data is deleted, but for the audit trail. What runs at providers goes on: nothing is destroyed there.',
  permission: 'tenants:delete',
  risk: 'high',
  stepUp: 300,
  route: { method: 'DELETE', path: '/tenants/{id}' },
  tenantField: 'id',
  input: z.object({ id: tenantId, confirmName: z.string().max(200).meta({ title: 'Name of the tenant', help: 'Typed, to be sure' }) }),
  output: Tenant,
  targets: 'none',
  async plan(ctx, { confirmName }) {
    requireSignedIn(ctx);
    const row = await ownTenant(ctx);
    requireTyped(row, confirmName);
    const days = (await graceOf(ctx)) / 86_400_000;
    const [people] = await ctx.db.select({ count: count() }).from(members).where(eq(members.tenantId, ctx.tenantId));
    return {
      summary: `Delete the tenant ${row.name}`,
      changes: [{ action: 'delete', type: 'tenant', id: row.id, name: row.name, fields: [{ path: 'status', before: row.status, after: 'deleting' }] }],
      downtime: { kind: 'outage', seconds: 0 },
      dataLoss: `Everything of this tenant but its audit trail, after ${days} days.`,
      warnings: [`${people!.count} member(s) lose access at once. Servers and records at providers go on, unmanaged and billed.`],
      reversible: `Its owner can restore it for ${days} days.`,
    };
  },
  async run(ctx, { confirmName }) {
    const row = await lockTenant(ctx);
    requireTyped(row, confirmName);
    const at = ctx.now();
    const [after] = await ctx.db
      .update(tenants)
      .set({
        status: 'deleting', previousStatus: row.status, deletionRequestedAt: at, deletionRequestedBy: ctx.actor.id,
        restorableUntil: new Date(at.getTime() + (await graceOf(ctx))), version: sql`${tenants.version} + 1`, updatedAt: at,
      })
      .where(eq(tenants.tenantId, ctx.tenantId))
      .returning();
    ctx.emit('tenant.deletion_requested', { tenantId: row.id, name: row.name, restorableUntil: after!.restorableUntil!.toISOString() });
    return tenant(after!);
  },
}); // prettier-ignore
