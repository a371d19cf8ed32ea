import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { rest } from '../model/activating.ts';
import { requireStatus } from '../model/status.ts';
import { findWorkflow, wholeTargets } from '../model/store.ts';
import { workflowView } from '../model/view.ts';
import { Workflow, WorkflowId } from '../schemas.ts';

export const workflowsPause = defineOperation({
  name: 'workflows.pause',
  summary: 'Turn the triggers of a workflow off',
  description: 'Neither webhooks nor schedules nor events start it; it can be run by hand. What runs goes on.',
  permission: 'workflows:publish',
  risk: 'write',
  input: z.object({ id: WorkflowId }),
  output: Workflow,
  targets: wholeTargets,
  async plan(ctx, { id }) {
    const row = await findWorkflow(ctx, id);
    requireStatus(row, ['active']);
    const fields = [{ path: 'status', before: row.status, after: 'paused' }];
    return { summary: `Pause workflow ${row.name}`, changes: [{ action: 'update', type: 'workflow', id, name: row.name, fields }], reversible: 'Activate it.' }; // prettier-ignore
  },
  async run(ctx, { id }) {
    const row = await findWorkflow(ctx, id, { lock: true });
    requireStatus(row, ['active']);
    return workflowView(ctx, await rest(ctx, row, 'paused'));
  },
});
