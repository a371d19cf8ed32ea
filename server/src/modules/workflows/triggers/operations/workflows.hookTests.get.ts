import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { workflowTarget } from '../../model/store.ts';
import { WorkflowId } from '../../schemas.ts';
import { workflowHookTests } from '../tables.ts';

export const workflowsHookTestsGet = defineOperation({
  name: 'workflows.hookTests.get',
  summary: 'See what came in while it was listened',
  permission: 'workflows:debug',
  risk: 'read',
  sensitive: true,
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'GET', path: '/workflows/{id}/hook-tests/{testId}' },
  input: z.object({ id: WorkflowId, testId: z.uuid().meta({ title: 'Test' }) }),
  output: z.object({ testId: z.uuid(), until: z.iso.datetime(), receivedAt: z.iso.datetime().nullable(), received: z.json() }),
  targets: workflowTarget,
  async run({ db, tenantId, actor }, { id, testId }) {
    const table = workflowHookTests;
    const mine = and(eq(table.tenantId, tenantId), eq(table.workflowId, id), eq(table.id, testId), eq(table.createdBy, actor.id));
    const [row] = await db.select().from(table).where(mine);
    if (!row) throw new Problem('workflow-trigger-not-found', 'You do not listen for this call.');
    return { testId, until: row.until.toISOString(), receivedAt: row.receivedAt?.toISOString() ?? null, received: row.received ?? null };
  },
});
