import { z } from 'zod';
import type { Context } from '#kernel/context.ts';
import { and, eq, inArray } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { queryFlag } from '#kernel/page.ts';
import { SecretReferences } from '#kernel/secret-references.ts';
import { requestCancel } from '../engine/control.ts';
import { executions } from '../engine/tables.ts';
import { silence } from '../model/triggers.ts';
import { findWorkflow, wholeTargets } from '../model/store.ts';
import { RESTORABLE_DAYS } from '../model/purge.ts';
import { Engine } from '../providers/port.ts';
import { WorkflowId } from '../schemas.ts';
import { workflows } from '../tables.ts';

const OPEN = ['running', 'waiting', 'paused'] as const;

/** What waits in the queue does not begin; what runs may end, unless it is forced. */
async function cancelAll(ctx: Context, workflowId: string, force: boolean): Promise<number> {
  const { db, tenantId, actor } = ctx;
  const states = force ? (['queued', ...OPEN] as const) : (['queued'] as const);
  const rows = await db
    .select({ tenantId: executions.tenantId, id: executions.id })
    .from(executions)
    .where(and(eq(executions.tenantId, tenantId), eq(executions.workflowId, workflowId), inArray(executions.status, [...states])));
  const by = { id: actor.id, name: actor.name };
  for (const row of rows) await requestCancel(db, row, { reason: 'The workflow was deleted.', force, by });
  ctx.afterCommit(() => {
    for (const { id } of rows) ctx.provider(Engine).nudge(id);
  });
  return rows.length;
}

export const workflowsDelete = defineOperation({
  name: 'workflows.delete',
  summary: 'Delete a workflow',
  description: `Its triggers are off at once and queued executions are cancelled; those that run may end, unless \`force\` is set. It can be restored for ${RESTORABLE_DAYS} days.`,
  permission: 'workflows:delete',
  risk: 'high',
  input: z.object({
    id: WorkflowId,
    force: queryFlag.default(false).meta({ title: 'End what runs', help: 'Running and waiting executions are cancelled too' }),
  }),
  output: z.object({ id: z.uuid(), restorableUntil: z.iso.datetime(), cancelled: z.int() }),
  targets: wholeTargets,
  async plan(ctx, { id, force }) {
    const { name, activeVersion } = await findWorkflow(ctx, id);
    return {
      summary: `Delete workflow ${name}`,
      changes: [{ action: 'delete', type: 'workflow', id, name }],
      reversible: `Restore it within ${RESTORABLE_DAYS} days; its triggers stay off until it is activated.`,
      warnings: [
        ...(activeVersion === null ? [] : ['Nothing starts it any more from then on.']),
        ...(force ? ['Executions that run are cancelled.'] : []),
      ],
    };
  },
  async run(ctx, { id, force }) {
    const row = await findWorkflow(ctx, id, { lock: true });
    const at = ctx.now();
    await ctx.db
      .update(workflows)
      .set({ deletedAt: at, updatedAt: at, status: row.status === 'active' ? 'paused' : row.status })
      .where(and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, id)));
    await silence(ctx, row);
    // What lies in the bin holds no secret back from being deleted; activating it asks for them again.
    await ctx.provider(SecretReferences).unlink(ctx.db, ctx.tenantId, { kind: 'workflow', id });
    const cancelled = await cancelAll(ctx, id, force);
    ctx.emit('workflow.deleted', { workflowId: id, name: row.name, by: ctx.actor.id });
    return { id, restorableUntil: new Date(at.getTime() + RESTORABLE_DAYS * 86_400_000).toISOString(), cancelled };
  },
});
