import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { told } from '../events.ts';
import { called, observed, secretChange } from '../plans.ts';
import { findLiving, oneLiving, requireSeen, requireUnused, secretTarget, secretView } from '../rows.ts';
import { DAY_MS, LIMITS } from '../rules.ts';
import { id, Secret } from '../schemas.ts';
import { secrets } from '../tables.ts';

export const secretsDelete = defineOperation({
  name: 'secrets.delete',
  summary: 'Delete a secret',
  description: `Refused while anything refers to it. It can be restored for ${LIMITS.recoverDays} days; then it is deleted for good, with all versions.`,
  permission: 'secrets:write',
  risk: 'high',
  input: z.object({ id }),
  output: Secret,
  targets: async (ctx, input) => [secretTarget(await oneLiving(ctx, input.id))],
  async plan(ctx, input) {
    const row = await oneLiving(ctx, input.id);
    requireSeen(row, ctx);
    await requireUnused(ctx, row);
    return {
      summary: `Delete secret ${called(row)}, which nothing refers to`,
      changes: [secretChange('secret', row, 'delete', [{ path: 'references', before: [], after: [] }])],
      ...observed(row),
      reversible: `Within ${LIMITS.recoverDays} days with secrets.restore.`,
      facts: { references: 0 },
    };
  },
  async run(ctx, input) {
    const row = await findLiving(ctx, 'secret', input.id, true);
    requireSeen(row, ctx);
    await requireUnused(ctx, row);
    const at = ctx.now();
    const [after] = await ctx.db
      .update(secrets)
      .set({ deletedAt: at, purgeAfter: new Date(at.getTime() + LIMITS.recoverDays * DAY_MS), version: row.version + 1, updatedAt: at })
      .where(and(eq(secrets.tenantId, ctx.tenantId), eq(secrets.id, row.id)))
      .returning();
    ctx.emit('secret.deleted', { ...told(row), purgeAfter: after!.purgeAfter!.toISOString() });
    return secretView(after!, at);
  },
});
