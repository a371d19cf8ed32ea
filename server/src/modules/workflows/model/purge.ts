import { and, eq, lt } from '#kernel/drizzle.ts';
import type { WorkContext } from '#kernel/work.ts';
import { workflows } from '../tables.ts';

/** For so long a deleted workflow can be brought back (workflows.md 2). */
export const RESTORABLE_DAYS = 30;

/** By the clock: what was deleted long enough ago goes for good, with its versions, triggers, tests and executions. */
export async function purgeDeleted(ctx: WorkContext): Promise<void> {
  const before = new Date(ctx.now().getTime() - RESTORABLE_DAYS * 86_400_000);
  const gone = await ctx.db
    .delete(workflows)
    .where(and(eq(workflows.tenantId, ctx.tenantId), lt(workflows.deletedAt, before)))
    .returning({ id: workflows.id, name: workflows.name });
  for (const { id, name } of gone) ctx.emit('workflow.purged', { workflowId: id, name });
}
