import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { executionView } from '../detail.ts';
import { executionTargets } from '../find.ts';
import { opened } from '../opening.ts';
import { Execution, ExecutionId, Included } from '../schemas.ts';

export const executionsGet = defineOperation({
  name: 'executions.get',
  summary: 'Show an execution',
  description: 'State, records of its nodes, Changes that it made, and what you may do with it. Payloads are shown on request: your own, or those of others with executions:data.',
  permission: 'executions:read',
  risk: 'read',
  input: z.object({ id: ExecutionId, include: Included }),
  output: Execution,
  targets: executionTargets,
  async run(ctx, { id, include = [] }) {
    const payloads = await opened(ctx, id, include.includes('payloads') ? 'must' : 'no');
    return executionView(ctx, id, { payloads, withGraph: include.includes('graph') });
  },
}); // prettier-ignore
