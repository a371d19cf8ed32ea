import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { workflowTarget } from '../model/store.ts';
import { findTest, nameTaken, testView } from '../model/tests.ts';
import { testFields, WorkflowId, WorkflowTest } from '../schemas.ts';
import { workflowTests } from '../tables.ts';

export const workflowsTestsUpdate = defineOperation({
  name: 'workflows.tests.update',
  summary: 'Change a test of a workflow',
  permission: 'workflows:update',
  risk: 'write',
  change: 'none',
  route: { method: 'PATCH', path: '/workflows/{id}/tests/{testId}' },
  input: z.object({
    id: WorkflowId,
    testId: z.uuid().meta({ title: 'Test' }),
    name: testFields.name.optional(),
    inputs: testFields.inputs.optional(),
    mocks: testFields.mocks.optional(),
    assertions: testFields.assertions.optional(),
    enabled: testFields.enabled.optional(),
  }),
  output: WorkflowTest,
  targets: workflowTarget,
  async run(ctx, { id, testId, ...wish }) {
    const test = await findTest(ctx, id, testId);
    const set = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
    // What it said before was said of another test.
    const [row] = await ctx.db
      .update(workflowTests)
      .set({ ...set, lastResult: null, updatedAt: ctx.now() })
      .where(and(eq(workflowTests.tenantId, ctx.tenantId), eq(workflowTests.id, testId)))
      .returning()
      .catch(nameTaken(wish.name ?? test.name));
    return testView(row!);
  },
});
