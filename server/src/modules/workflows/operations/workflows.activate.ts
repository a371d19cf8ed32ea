import { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { resume } from '../model/activating.ts';
import { findVersion } from '../model/frozen.ts';
import { requireRights, requireSchedule, requireValid } from '../model/publishing.ts';
import { requireStatus } from '../model/status.ts';
import { findWorkflow, wholeTargets } from '../model/store.ts';
import { workflowView } from '../model/view.ts';
import { Workflow, WorkflowId } from '../schemas.ts';
import { workflows, type WorkflowRow } from '../tables.ts';

/** What it goes on with. A workflow that was never published, and was put away, is a draft again. */
async function checked(ctx: ReadContext, row: WorkflowRow) {
  requireStatus(row, row.activeVersion === null ? ['archived'] : ['paused', 'archived']);
  if (row.activeVersion === null) return undefined;
  const version = await findVersion(ctx, row, row.activeVersion);
  await requireValid(ctx, row, version);
  await requireRights(ctx, row, version);
  await requireSchedule(ctx, row, undefined, version);
  return version;
}

async function asDraft(ctx: Context, row: WorkflowRow): Promise<WorkflowRow> {
  const mine = and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, row.id));
  const [saved] = await ctx.db.update(workflows).set({ status: 'draft', updatedAt: ctx.now() }).where(mine).returning();
  ctx.emit('workflow.activated', { workflowId: row.id, name: row.name, version: null, by: ctx.actor.id });
  return saved!;
}

export const workflowsActivate = defineOperation({
  name: 'workflows.activate',
  summary: 'Turn the triggers of a workflow on again',
  description: 'With the version that was active before. An archived workflow can be edited again from then on.',
  permission: 'workflows:publish',
  risk: 'write',
  input: z.object({ id: WorkflowId }),
  output: Workflow,
  targets: wholeTargets,
  async plan(ctx, { id }) {
    const row = await findWorkflow(ctx, id);
    const version = await checked(ctx, row);
    const fields = [{ path: 'status', before: row.status, after: version ? 'active' : 'draft' }];
    return {
      summary: `Activate workflow ${row.name}`,
      changes: [{ action: 'update', type: 'workflow', id, name: row.name, fields }],
      reversible: 'Pause it.',
    };
  },
  async run(ctx, { id }) {
    const row = await findWorkflow(ctx, id, { lock: true });
    const version = await checked(ctx, row);
    return workflowView(ctx, version ? await resume(ctx, row, version) : await asDraft(ctx, row));
  },
});
