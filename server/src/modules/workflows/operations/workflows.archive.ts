import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { rest } from '../model/activating.ts';
import { requireStatus } from '../model/status.ts';
import { findWorkflow, wholeTargets } from '../model/store.ts';
import { workflowView } from '../model/view.ts';
import { Workflow, WorkflowId } from '../schemas.ts';

export const workflowsArchive = defineOperation({
  name: 'workflows.archive',
  summary: 'Put a workflow away',
  description: 'It can be read only, and nothing starts it, until it is activated again.',
  permission: 'workflows:delete',
  risk: 'write',
  input: z.object({ id: WorkflowId }),
  output: Workflow,
  targets: wholeTargets,
  async plan(ctx, { id }) {
    const row = await findWorkflow(ctx, id);
    requireStatus(row, ['draft', 'active', 'paused']);
    const fields = [{ path: 'status', before: row.status, after: 'archived' }];
    return { summary: `Archive workflow ${row.name}`, changes: [{ action: 'update', type: 'workflow', id, name: row.name, fields }], reversible: 'Activate it.' }; // prettier-ignore
  },
  async run(ctx, { id }) {
    const row = await findWorkflow(ctx, id, { lock: true });
    requireStatus(row, ['draft', 'active', 'paused']);
    return workflowView(ctx, await rest(ctx, row, 'archived'));
  },
});
