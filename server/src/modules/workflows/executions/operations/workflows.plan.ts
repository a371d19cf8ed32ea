import { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Json } from '../../graph.ts';
import { runTarget } from '../../model/store.ts';
import { Engine } from '../../providers/port.ts';
import { WorkflowId } from '../../schemas.ts';
import { begin, runnable, said, startBy } from '../begin.ts';
import { findPlan, PLAN_DAYS, planView } from '../planning.ts';
import { ExecuteOptions, WorkflowPlan } from '../schemas.ts';
import { workflowPlans } from '../tables.ts';

const DAY = 86_400_000;
const { version, startNode, priority, tags, correlationId } = ExecuteOptions.shape;

export const workflowsPlan = defineOperation({
  name: 'workflows.plan',
  summary: 'Show what a workflow would do',
  description:
    'Runs it without its effects: what computes and what reads runs for real, and for each effect it is told what would be done, with the plan of each Change, what rules say of it and who would have to agree. Nothing is changed anywhere. The plan can be carried out by `plans.execute` for seven days.',
  permission: 'workflows:debug',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/workflows/{id}/plan' },
  input: z.object({
    id: WorkflowId,
    inputs: Json.default({}).meta({ title: 'Inputs' }),
    options: z.object({ version, startNode, priority, tags, correlationId }).prefault({}).meta({ title: 'Options' }),
    waitSeconds: z.int().min(1).max(120).default(30).meta({ title: 'Longest wait' }),
  }),
  output: WorkflowPlan,
  accepted: ({ status }) => status === 'running',
  location: ({ id }) => `/plans/${id}`,
  targets: async (ctx, { id, options: { version: asked } }) => [await runTarget(ctx, { id, version: asked })],
  async run(ctx, { id, inputs, options }) {
    const what = await runnable(ctx, id, options.version);
    const { version: _, startNode: trigger, ...more } = options;
    const start = await startBy(ctx, what, { inputs, startNode: trigger, more: { ...said(more), dryRun: true, awaited: true } });
    const { executionId } = await begin(ctx, start);
    const kept = { triggerNode: start.trigger.nodeId, ...more };
    const row = {
      tenantId: ctx.tenantId, id: newId(), workflowId: id, version: what.version === 'draft' ? null : what.version, inputs, options: kept, executionId,
      requestedBy: start.startedBy, requestedById: ctx.actor.id, expiresAt: new Date(ctx.now().getTime() + PLAN_DAYS * DAY), createdAt: ctx.now(),
    };
    const [made] = await ctx.db.insert(workflowPlans).values(row).returning();
    return planView(ctx.db, made!);
  },
  async finish({ provider, read, tenantId }, { waitSeconds }, { id, executionId }) {
    await provider(Engine).answered(executionId, 'end', waitSeconds * 1_000);
    return read(async (db) => planView(db, await findPlan(db, tenantId, id)));
  },
}); // prettier-ignore
