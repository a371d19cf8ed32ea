import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { workflowTarget } from '../model/store.ts';
import { testsOf, testView } from '../model/tests.ts';
import { WorkflowId, WorkflowTest } from '../schemas.ts';

export const workflowsTestsList = defineOperation({
  name: 'workflows.tests.list',
  summary: 'List the tests of a workflow',
  permission: 'workflows:read',
  risk: 'read',
  route: { method: 'GET', path: '/workflows/{id}/tests' },
  input: z.object({ id: WorkflowId }),
  output: z.object({ items: z.array(WorkflowTest) }),
  targets: workflowTarget,
  run: async (ctx, { id }) => ({ items: (await testsOf(ctx, id)).map(testView) }),
});
