import { z } from 'zod';
import { and, asc, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { withNewIds } from '../model/copies.ts';
import { makeWorkflow } from '../model/making.ts';
import { findWorkflow, requireRoom, targetOf } from '../model/store.ts';
import { workflowView } from '../model/view.ts';
import { Workflow, workflowFields, WorkflowId } from '../schemas.ts';
import { workflowTests } from '../tables.ts';

const copyName = (name: string): string => `Copy of ${name}`.slice(0, 100);

export const workflowsDuplicate = defineOperation({
  name: 'workflows.duplicate',
  summary: 'Copy a workflow',
  description: 'Draft, settings, layout and tests are copied, with ids of their own. Versions, executions and addresses of webhooks are not.',
  permission: 'workflows:create',
  risk: 'write',
  makes: true,
  input: z.object({ id: WorkflowId, name: workflowFields.name.optional() }),
  output: Workflow,
  async targets(ctx, { id, name }) {
    const row = await findWorkflow(ctx, id);
    return [targetOf(row), targetOf({ ...row, id: 'new', name: name ?? copyName(row.name) })];
  },
  async plan(ctx, { id, name }) {
    const row = await findWorkflow(ctx, id);
    await requireRoom(ctx);
    const copy = name ?? copyName(row.name);
    return {
      summary: `Copy workflow ${row.name}`,
      changes: [{ action: 'create', type: 'workflow', name: copy }],
      reversible: 'Delete the copy.',
    };
  },
  async run(ctx, { id, name }) {
    const { description, icon, tags, folder, draft, settings, ...row } = await findWorkflow(ctx, id);
    const copy = await makeWorkflow(ctx, { name: name ?? copyName(row.name), description, icon, tags, folder, graph: withNewIds(draft), settings, from: 'copy' }); // prettier-ignore
    const mine = and(eq(workflowTests.tenantId, ctx.tenantId), eq(workflowTests.workflowId, id));
    const tests = await ctx.db.select().from(workflowTests).where(mine).orderBy(asc(workflowTests.id));
    const at = ctx.now();
    if (tests.length > 0)
      await ctx.db
        .insert(workflowTests)
        .values(tests.map((test) => ({ ...test, id: newId(), workflowId: copy.id, lastResult: null, createdAt: at, updatedAt: at })));
    return workflowView(ctx, copy);
  },
});
