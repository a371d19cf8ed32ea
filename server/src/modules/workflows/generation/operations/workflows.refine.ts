import { defineOperation } from '#kernel/operation.ts';
import { workflowTarget } from '../../model/store.ts';
import { countRequest } from '../generations.ts';
import { amended, refined } from '../refine.ts';
import { RefineInput, Refined } from '../schemas.ts';

export const workflowsRefine = defineOperation({
  name: 'workflows.refine',
  summary: 'Propose edits of a draft from an instruction in words',
  description: 'The answer is a list of edits with a reason each; `needs` says without which others one cannot be made. Nothing is changed: whoever agrees sends those that are wanted to `PATCH /workflows/{id}` as `ops`, in their order. Without a model, findings of validation are put right, and steps are added by the words of the instruction.',
  permission: 'ai:generate',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/workflows/{id}/refine' },
  input: RefineInput,
  output: Refined,
  bodyLimit: 8 * 1_048_576,
  targets: workflowTarget,
  async run(ctx, input) {
    await countRequest(ctx);
    return amended(ctx, input);
  },
  finish: refined,
  finishesOnce: true,
}); // prettier-ignore
