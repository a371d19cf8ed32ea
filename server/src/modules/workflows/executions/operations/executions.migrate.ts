import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { afterAct, forAct, requireGoing } from '../acts.ts';
import { runTarget } from '../../model/store.ts';
import { executionTargets, findExecution } from '../find.ts';
import { migrate } from '../moving.ts';
import { Execution, ExecutionId } from '../schemas.ts';

export const executionsMigrate = defineOperation({
  name: 'executions.migrate',
  summary: 'Move a waiting execution to another version',
  description: 'Every node that it has been through must be the same there; otherwise the answer names those that are not.',
  permission: 'executions:retry',
  risk: 'write',
  change: 'none',
  input: z.object({ id: ExecutionId, version: z.int().min(1).meta({ title: 'Version' }) }),
  output: Execution,
  async targets(ctx, { id, version }) {
    const { execution } = await findExecution(ctx, id);
    return [...(await executionTargets(ctx, { id })), await runTarget(ctx, { id: execution.workflowId, version })];
  },
  async run(ctx, { id, version }) {
    const row = await forAct(ctx, id, 'migrate');
    requireGoing(row);
    await migrate(ctx, row, version);
    return afterAct(ctx, id);
  },
});
