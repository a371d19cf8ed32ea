import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { findWorkflow, workflowTarget } from '../model/store.ts';
import { workflowView } from '../model/view.ts';
import { Workflow, WorkflowId } from '../schemas.ts';

export const workflowsGet = defineOperation({
  name: 'workflows.get',
  summary: 'Show a workflow with its draft',
  description: 'The `ETag` is the revision of the draft; send it as `If-Match` with an edit.',
  permission: 'workflows:read',
  risk: 'read',
  input: z.object({ id: WorkflowId }),
  output: Workflow,
  targets: workflowTarget,
  run: async (ctx, { id }) => workflowView(ctx, await ctx.once(`workflow ${id}`, () => findWorkflow(ctx, id))),
});
