import { defineOperation } from '#kernel/operation.ts';
import { workflowTarget } from '../../model/store.ts';
import { explained, explainedBy } from '../explain.ts';
import { countRequest } from '../generations.ts';
import { ExplainInput, Explained } from '../schemas.ts';

export const workflowsExplain = defineOperation({
  name: 'workflows.explain',
  summary: 'Explain what a workflow does',
  description: 'What it does in a few sentences, step by step, and what is risky about it. Steps and risks are told by rules; with a model the text is written by it.',
  permission: 'ai:generate',
  risk: 'read',
  route: { method: 'POST', path: '/workflows/{id}/explain' },
  input: ExplainInput,
  output: Explained,
  bodyLimit: 8 * 1_048_576,
  targets: workflowTarget,
  async run(ctx, input) {
    await countRequest(ctx);
    return explained(ctx, input);
  },
  finish: explainedBy,
}); // prettier-ignore
