import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation, type Target } from '#kernel/operation.ts';
import { runTarget } from '../../model/store.ts';
import { findPlan, planView } from '../planning.ts';
import { WorkflowPlan } from '../schemas.ts';

export const PlanId = z.uuid().meta({ title: 'Plan' });

/** Who may look at what was planned may look at what it would do. */
export async function planTargets(ctx: ReadContext, { id }: { id: string }): Promise<Target[]> {
  const { workflowId, version } = await findPlan(ctx.db, ctx.tenantId, id);
  return [await runTarget(ctx, { id: workflowId, version: version ?? 'draft' })];
}

export const plansGet = defineOperation({
  name: 'plans.get',
  summary: 'Show a plan of a workflow',
  permission: 'workflows:debug',
  risk: 'read',
  input: z.object({ id: PlanId }),
  output: WorkflowPlan,
  targets: planTargets,
  run: async (ctx, { id }) => planView(ctx.db, await findPlan(ctx.db, ctx.tenantId, id)),
});
