import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { judged } from '../model/judging.ts';
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
  async run(ctx, { id }) {
    const items = [];
    for (const test of await testsOf(ctx, id)) items.push(testView({ ...test, lastResult: await judged(ctx, test) }));
    return { items };
  },
});
