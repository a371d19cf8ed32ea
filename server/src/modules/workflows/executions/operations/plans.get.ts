import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { workflowTarget } from '../../model/store.ts';
import { findPlan, planView } from '../planning.ts';
import { WorkflowPlan } from '../schemas.ts';

export const PlanId = z.uuid().meta({ title: 'Plan' });

/** Who may look at the workflow may look at what it would do. */
export const planTargets = async (ctx: ReadContext, { id }: { id: string }) =>
  workflowTarget(ctx, { id: (await findPlan(ctx.db, ctx.tenantId, id)).workflowId });

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
