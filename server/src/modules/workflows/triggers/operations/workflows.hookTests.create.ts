import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { newId, randomToken, sha256 } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { findWorkflow, workflowTarget } from '../../model/store.ts';
import { WorkflowId } from '../../schemas.ts';
import { workflowHookTests } from '../tables.ts';

/** For so long a builder listens (workflows.md 8.2), in milliseconds. */
const LISTENS = 10 * 60_000;

export const workflowsHookTestsCreate = defineOperation({
  name: 'workflows.hookTests.create',
  summary: 'Listen for one call of a webhook while it is being drawn',
  description: 'Answers an address that takes one call within ten minutes. Nothing is started: what came is there to work with, by `workflows.hookTests.get`.',
  permission: 'workflows:debug',
  risk: 'write',
  change: 'none',
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/workflows/{id}/hook-tests' },
  input: z.object({ id: WorkflowId, nodeId: z.uuid().meta({ title: 'Trigger' }) }),
  output: z.object({ testId: z.uuid(), path: z.string().meta({ secret: true }), until: z.iso.datetime() }),
  targets: workflowTarget,
  async run(ctx, { id, nodeId }) {
    const row = await findWorkflow(ctx, id);
    if (!row.draft.nodes.some((node) => node.id === nodeId && node.type === 'trigger')) throw new Problem('node-not-found', 'The draft has no such trigger.');
    const { db, tenantId, actor } = ctx;
    const [token, at, testId] = [randomToken(32), ctx.now(), newId()];
    const until = new Date(at.getTime() + LISTENS);
    const mine = and(eq(workflowHookTests.tenantId, tenantId), eq(workflowHookTests.workflowId, id), eq(workflowHookTests.nodeId, nodeId));
    // Whoever listens anew listens at one address only.
    await db.delete(workflowHookTests).where(and(mine, eq(workflowHookTests.createdBy, actor.id)));
    await db.insert(workflowHookTests).values({ tenantId, id: testId, workflowId: id, nodeId, tokenHash: sha256(token), until, createdBy: actor.id, createdAt: at, updatedAt: at });
    return { testId, path: `/hooks/test/${token}`, until: until.toISOString() };
  },
}); // prettier-ignore
