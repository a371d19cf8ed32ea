import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { workflowTarget } from '../model/store.ts';
import { findTest } from '../model/tests.ts';
import { WorkflowId } from '../schemas.ts';
import { workflowTests } from '../tables.ts';

export const workflowsTestsDelete = defineOperation({
  name: 'workflows.tests.delete',
  summary: 'Delete a test of a workflow',
  permission: 'workflows:update',
  risk: 'write',
  change: 'none',
  route: { method: 'DELETE', path: '/workflows/{id}/tests/{testId}' },
  input: z.object({ id: WorkflowId, testId: z.uuid().meta({ title: 'Test' }) }),
  output: z.object({ id: z.uuid() }),
  targets: workflowTarget,
  async run(ctx, { id, testId }) {
    await findTest(ctx, id, testId);
    await ctx.db.delete(workflowTests).where(and(eq(workflowTests.tenantId, ctx.tenantId), eq(workflowTests.id, testId)));
    return { id: testId };
  },
});
