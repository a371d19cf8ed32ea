import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import '../problems.ts';
import { egressExceptions } from '../tables.ts';

async function find({ db, tenantId }: Pick<ReadContext, 'db' | 'tenantId'>, id: string) {
  const query = db.select().from(egressExceptions).where(and(eq(egressExceptions.tenantId, tenantId), eq(egressExceptions.id, id))); // prettier-ignore
  const [row] = isUuid(id) ? await query : [];
  if (!row) throw new Problem('egress-exception-not-found', 'There is no such exception in this tenant. List them with egress.list.');
  return row;
}

export const egressDelete = defineOperation({
  name: 'egress.delete',
  summary: 'Close a network or a name to workflows again',
  description: 'Requests that are under way end as they would have. In force everywhere within 5 seconds.',
  permission: 'egress:manage',
  risk: 'write',
  input: z.object({ id: z.uuid().meta({ title: 'Exception' }) }),
  output: z.object({ id: z.uuid() }),
  async targets(ctx, { id }) {
    const { value } = await find(ctx, id);
    return [{ type: 'egressException', id, name: value }];
  },
  async plan(ctx, { id }) {
    const { value, updatedAt } = await find(ctx, id);
    return {
      summary: `Close ${value} to workflows again`,
      changes: [{ action: 'delete', type: 'egressException', id, name: value }],
      warnings: ['Workflows that ask there fail from then on.'],
      reversible: 'Open it anew.',
      observed: { [`egressException:${id}`]: updatedAt.toISOString() },
    };
  },
  async run(ctx, { id }) {
    await find(ctx, id);
    await ctx.db.delete(egressExceptions).where(and(eq(egressExceptions.tenantId, ctx.tenantId), eq(egressExceptions.id, id)));
    return { id };
  },
});
