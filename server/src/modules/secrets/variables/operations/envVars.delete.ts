import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { told } from '../../events.ts';
import { called, observed, secretChange } from '../../plans.ts';
import { findLiving, oneLiving, requireSeen, requireUnused, secretTarget } from '../../rows.ts';
import { id } from '../../schemas.ts';
import { secrets } from '../../tables.ts';

export const envVarsDelete = defineOperation({
  name: 'envVars.delete',
  summary: 'Delete an environment variable',
  description: 'With all its versions, at once. Refused while anything refers to it.',
  permission: 'secrets:write',
  risk: 'write',
  route: { method: 'DELETE', path: '/env-vars/{id}' },
  aliases: [{ method: 'DELETE', path: '/env-vars' }],
  input: z.object({ id }),
  output: z.object({ id: z.string(), name: z.string() }),
  targets: async (ctx, input) => [secretTarget(await oneLiving(ctx, input.id, 'variable'))],
  async plan(ctx, input) {
    const row = await oneLiving(ctx, input.id, 'variable');
    requireSeen(row, ctx);
    await requireUnused(ctx, row);
    return {
      summary: `Delete variable ${called(row)}, which nothing refers to`,
      changes: [secretChange('variable', row, 'delete')],
      ...observed(row),
      dataLoss: row.type === 'secret' ? 'The value, which nobody can read any more.' : null,
      reversible: row.type === 'secret' ? null : 'Set it again.',
    };
  },
  async run(ctx, input) {
    const row = await findLiving(ctx, 'variable', input.id, true);
    requireSeen(row, ctx);
    await requireUnused(ctx, row);
    await ctx.db.delete(secrets).where(and(eq(secrets.tenantId, ctx.tenantId), eq(secrets.id, row.id)));
    ctx.emit('secret.deleted', { ...told(row), purgeAfter: null });
    return { id: row.id, name: row.name };
  },
});
