import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { findVersion } from '../model/frozen.ts';
import { findWorkflow, workflowTarget } from '../model/store.ts';
import { versionView } from '../model/versions.ts';
import { VersionNumber, WorkflowId, WorkflowVersion } from '../schemas.ts';

export const workflowsVersionsGet = defineOperation({
  name: 'workflows.versions.get',
  summary: 'Show a version of a workflow with its graph',
  permission: 'workflows:read',
  risk: 'read',
  route: { method: 'GET', path: '/workflows/{id}/versions/{number}' },
  input: z.object({ id: WorkflowId, number: VersionNumber }),
  output: WorkflowVersion,
  targets: workflowTarget,
  async run(ctx, { id, number }) {
    const workflow = await findWorkflow(ctx, id);
    return versionView(await findVersion(ctx, workflow, number), workflow);
  },
});
