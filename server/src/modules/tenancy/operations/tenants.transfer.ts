import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { requireHeir, requireOwner } from '../lifecycle/transfer.ts';
import { memberId } from '../members/schemas.ts';
import { lockTenant, ownTenant } from '../own.ts';
import { TENANT } from '../rules.ts';
import { tenantId } from '../schemas.ts';
import { tenantTransfers } from '../tables.ts';

export const tenantsTransfer = defineOperation({
  name: 'tenants.transfer',
  summary: 'Offer the ownership of a tenant to another member',
  description: 'It changes hands when they confirm within seven days. The owner before becomes an administrator. A new offer ends an earlier one.',
  permission: 'tenants:transfer',
  risk: 'high',
  stepUp: 300,
  route: { method: 'POST', path: '/tenants/{id}/transfer-ownership' },
  tenantField: 'id',
  input: z.object({ id: tenantId, userId: memberId }),
  output: z.object({ id: z.uuid(), toId: z.uuid(), expiresAt: z.iso.datetime() }),
  targets: async (ctx, { userId }) => [{ type: 'member', id: userId, name: (await requireHeir(ctx, userId)).name }],
  async plan(ctx, { id, userId }) {
    await requireOwner(ctx);
    const heir = await requireHeir(ctx, userId);
    const { name } = await ownTenant(ctx);
    return {
      summary: `Offer the ownership of ${name} to ${heir.name}`,
      changes: [{ action: 'update', type: 'tenant', id, name, fields: [{ path: 'owner', before: ctx.actor.name, after: heir.name }] }],
      warnings: ['Once it is confirmed, only the new owner can give it back.'],
      reversible: 'Until it is confirmed: make another offer.',
    };
  },
  async run(ctx, { id, userId }) {
    await lockTenant(ctx);
    await requireOwner(ctx);
    await requireHeir(ctx, userId);
    const at = ctx.now();
    const { tenantId: tenant } = ctx;
    await ctx.db
      .update(tenantTransfers)
      .set({ state: 'superseded', updatedAt: at })
      .where(and(eq(tenantTransfers.tenantId, tenant), eq(tenantTransfers.state, 'pending')));
    const expiresAt = new Date(at.getTime() + TENANT.transferMs);
    await ctx.db.insert(tenantTransfers).values({ tenantId: tenant, id: newId(), fromId: ctx.actor.id, toId: userId, expiresAt, createdAt: at, updatedAt: at });
    ctx.emit('tenant.transfer_offered', { tenantId: tenant, fromId: ctx.actor.id, toId: userId, expiresAt: expiresAt.toISOString() });
    return { id, toId: userId, expiresAt: expiresAt.toISOString() };
  },
}); // prettier-ignore
