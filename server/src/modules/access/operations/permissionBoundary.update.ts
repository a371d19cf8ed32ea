import { z } from 'zod';
import { eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Boundary, findBoundary, requireBoundable } from '../boundary.ts';
import { RightsChanged } from '../providers/port.ts';
import { requireSeen } from '../role-writes.ts';
import { boundaries } from '../tables.ts';

export const permissionBoundaryUpdate = defineOperation({
  name: 'permissionBoundary.update',
  summary: 'Bound what any role of this tenant may hold',
  description: 'Felt at the next call of everybody, system roles and owners included. `null` takes the boundary away.',
  permission: 'roles:write',
  risk: 'high',
  route: { method: 'PUT', path: '/permission-boundary' },
  input: z.object({ patterns: z.array(z.string().max(100)).min(1).max(200).nullable().meta({ title: 'Permissions', widget: 'permissions' }) }),
  output: Boundary,
  targets: 'none',
  async plan(ctx, { patterns }) {
    await requireBoundable(ctx, patterns);
    const now = await findBoundary(ctx);
    requireSeen(ctx, 'The permission boundary', now.version);
    return {
      summary: patterns === null ? 'Take the permission boundary away' : `Bound all roles to ${patterns.length} permission patterns`,
      changes: [
        { action: 'update', type: 'boundary', name: 'permission boundary', fields: [{ path: 'patterns', before: now.patterns, after: patterns }] },
      ],
      reversible: 'Set the earlier boundary again.',
      observed: { boundary: String(now.version) },
    };
  },
  async run(ctx, { patterns }) {
    await requireBoundable(ctx, patterns);
    const now = await findBoundary(ctx);
    const next = { patterns: patterns ?? [], version: now.version + 1, updatedAt: ctx.now() };
    if (patterns === null) await ctx.db.delete(boundaries).where(eq(boundaries.tenantId, ctx.tenantId));
    else
      await ctx.db
        .insert(boundaries)
        .values({ tenantId: ctx.tenantId, ...next })
        .onConflictDoUpdate({ target: boundaries.tenantId, set: next });
    ctx.provider(RightsChanged).changing(ctx.tenantId);
    ctx.emit('boundary.updated', { before: now.patterns, after: patterns });
    return findBoundary(ctx);
  },
});
