import { z } from 'zod';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { pendingTransfer, requireSignedIn } from '../lifecycle/transfer.ts';
import { lockTenant } from '../own.ts';
import { MemberRights } from '../providers/port.ts';
import { Tenant, tenant, tenantId } from '../schemas.ts';
import { tenants, tenantTransfers } from '../tables.ts';

export const tenantsTransferConfirm = defineOperation({
  name: 'tenants.transferConfirm',
  summary: 'Take over the ownership that was offered to you',
  permission: 'tenants:transfer',
  risk: 'high',
  change: 'none',
  access: 'self',
  stepUp: 300,
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/tenants/{id}/transfer-ownership/confirm' },
  tenantField: 'id',
  input: z.object({ id: tenantId }),
  output: Tenant,
  targets: 'none',
  async run(ctx) {
    requireSignedIn(ctx);
    const row = await lockTenant(ctx);
    const offer = await pendingTransfer(ctx, true);
    const at = ctx.now();
    // An offer by somebody who is no longer the owner is worth nothing.
    if (!offer || offer.toId !== ctx.actor.id || offer.expiresAt <= at || offer.fromId !== row.ownerId)
      throw new Problem('not-found', 'Nobody has offered you the ownership of this tenant, or the offer is over.');
    await ctx.provider(MemberRights).passOwnership(ctx, offer.fromId, offer.toId);
    await ctx.db
      .update(tenantTransfers)
      .set({ state: 'confirmed', updatedAt: at })
      .where(and(eq(tenantTransfers.tenantId, ctx.tenantId), eq(tenantTransfers.id, offer.id)));
    const [after] = await ctx.db
      .update(tenants)
      .set({ ownerId: offer.toId, version: sql`${tenants.version} + 1`, updatedAt: at })
      .where(eq(tenants.tenantId, ctx.tenantId))
      .returning();
    ctx.emit('tenant.transferred', { tenantId: ctx.tenantId, fromId: offer.fromId, toId: offer.toId });
    return tenant(after!);
  },
});
