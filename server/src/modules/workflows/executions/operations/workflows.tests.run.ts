import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { begunResult, judged } from '../../model/judging.ts';
import { findWorkflow, requireOpen, workflowTarget } from '../../model/store.ts';
import { testsOf, testView } from '../../model/tests.ts';
import { Engine } from '../../providers/port.ts';
import { WorkflowId, WorkflowTest } from '../../schemas.ts';
import { workflowTests } from '../../tables.ts';
import { begin, runnable, startBy } from '../begin.ts';

export const workflowsTestsRun = defineOperation({
  name: 'workflows.tests.run',
  summary: 'Run the tests of a workflow',
  description: 'Each runs the draft with its inputs and mocks, and is judged by what it expects when it has ended. What is neither mocked nor pinned is done for real.',
  permission: 'workflows:debug',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/workflows/{id}/tests/run' },
  input: z.object({
    id: WorkflowId,
    tests: z.array(z.uuid()).max(100).optional().meta({ title: 'Tests', help: 'All of them when left out' }),
    waitSeconds: z.int().min(1).max(120).default(30).meta({ title: 'Longest wait', help: 'For all together; those that have not ended by then go on' }),
  }),
  output: z.object({ items: z.array(WorkflowTest) }),
  targets: workflowTarget,
  async run(ctx, { id, tests }) {
    const { revision } = requireOpenRow(await findWorkflow(ctx, id));
    const what = await runnable(ctx, id, 'draft');
    const wanted = (await testsOf(ctx, id)).filter((test) => tests === undefined || tests.includes(test.id));
    const items = [];
    for (const test of wanted) {
      const start = await startBy(ctx, what, { inputs: test.inputs, more: { mocks: test.mocks, debug: true, awaited: true, tags: ['test'] } });
      const { executionId } = await begin(ctx, start);
      const lastResult = begunResult(executionId, revision, ctx.now());
      await ctx.db.update(workflowTests).set({ lastResult }).where(and(eq(workflowTests.tenantId, ctx.tenantId), eq(workflowTests.id, test.id)));
      items.push(testView({ ...test, lastResult }));
    }
    return { items };
  },
  async finish({ provider, read, tenantId, now }, { waitSeconds }, { items }) {
    const until = now().getTime() + waitSeconds * 1_000;
    for (const { lastResult } of items)
      if (lastResult?.executionId) await provider(Engine).answered(lastResult.executionId, 'end', Math.max(1, until - now().getTime()));
    return read(async (db) => {
      const judgedItems = [];
      for (const item of items) judgedItems.push({ ...item, lastResult: await judged({ db, tenantId }, item) });
      return { items: judgedItems };
    });
  },
}); // prettier-ignore

const requireOpenRow = <T extends Parameters<typeof requireOpen>[0]>(row: T): T => {
  requireOpen(row);
  return row;
};
