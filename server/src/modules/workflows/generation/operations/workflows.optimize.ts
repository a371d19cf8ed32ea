import { defineOperation } from '#kernel/operation.ts';
import { workflowTarget } from '../../model/store.ts';
import { countRequest } from '../generations.ts';
import { optimised } from '../optimise.ts';
import { OptimiseInput, Optimised } from '../schemas.ts';

export const workflowsOptimize = defineOperation({
  name: 'workflows.optimize',
  summary: 'Say how a workflow could be faster, cheaper or more reliable',
  description: 'Rules look at the draft and at the records of its last executions: steps that need not wait for each other, reads that could be kept, loops that could go several at a time, failures that are worth another try, effects without a key, calls of models, times that are too short or too long. Each finding says what was measured and which edits would do it; nothing is changed. It needs no model.',
  permission: 'ai:generate',
  risk: 'read',
  route: { method: 'POST', path: '/workflows/{id}/optimize' },
  input: OptimiseInput,
  output: Optimised,
  targets: workflowTarget,
  async run(ctx, input) {
    await countRequest(ctx);
    return optimised(ctx, input);
  },
}); // prettier-ignore
