import { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { findWorkflow, requireOpen, workflowTarget } from '../model/store.ts';
import { nameTaken, requireTestRoom, testView } from '../model/tests.ts';
import { testFields, WorkflowId, WorkflowTest } from '../schemas.ts';
import { workflowTests } from '../tables.ts';

export const workflowsTestsCreate = defineOperation({
  name: 'workflows.tests.create',
  summary: 'Attach a test to a workflow',
  description: 'It runs the draft with these inputs, takes mocks in place of nodes, and expects what its expressions say. Enabled tests must pass before a publish.',
  permission: 'workflows:update',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/workflows/{id}/tests' },
  input: z.object({
    id: WorkflowId,
    name: testFields.name,
    inputs: testFields.inputs.default({}),
    mocks: testFields.mocks.default({}),
    assertions: testFields.assertions.default([]),
    enabled: testFields.enabled.default(true),
  }),
  output: WorkflowTest,
  targets: workflowTarget,
  async run(ctx, { id, ...wish }) {
    requireOpen(await findWorkflow(ctx, id));
    await requireTestRoom(ctx, id);
    const times = { createdAt: ctx.now(), updatedAt: ctx.now() };
    const [row] = await ctx.db.insert(workflowTests).values({ tenantId: ctx.tenantId, id: newId(), workflowId: id, ...wish, ...times }).returning().catch(nameTaken(wish.name)); // prettier-ignore
    return testView(row!);
  },
}); // prettier-ignore
