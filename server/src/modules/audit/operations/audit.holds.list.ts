import { z } from 'zod';
import { and, desc, eq, isNotNull, isNull } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { holds, holdView, HoldView } from '../retention/holds.ts';

export const auditHoldsList = defineOperation({
  name: 'audit.holds.list',
  summary: 'List legal holds',
  permission: 'audit:read',
  risk: 'read',
  sensitive: true,
  route: { method: 'GET', path: '/audit/holds' },
  input: z.object({ open: z.boolean().optional().meta({ title: 'Only those in force' }) }),
  output: z.object({ items: z.array(HoldView) }),
  targets: 'none',
  async run(ctx, { open }) {
    const state = open === undefined ? undefined : open ? isNull(holds.liftedAt) : isNotNull(holds.liftedAt);
    const rows = await ctx.db
      .select()
      .from(holds)
      .where(and(eq(holds.tenantId, ctx.tenantId), state))
      .orderBy(desc(holds.id))
      .limit(500);
    return { items: rows.map(holdView) };
  },
});
