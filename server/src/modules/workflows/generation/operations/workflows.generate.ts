import { defineOperation } from '#kernel/operation.ts';
import { drafted, generated } from '../generate.ts';
import { countRequest } from '../generations.ts';
import { GenerateInput, Generated } from '../schemas.ts';

export const workflowsGenerate = defineOperation({
  name: 'workflows.generate',
  summary: 'Draft a workflow from a goal in words',
  description: `The answer is a graph with an explanation, and what is assumed, open, missing and risky about it. Nothing is saved, published or run, and no secret is read: \`workflows.create\` takes \`generationId\`, or the graph as somebody changed it.

The model is told of node types and Operations that the caller may use, and of nothing else. What it answers is read as data, validated, and given back to it with its faults at most three times; what cannot be built becomes a Note. It begins by hand and runs as whoever starts it: schedules, webhooks and the like are asked about first, unless \`constraints.triggers\` agrees to them.

Without a model the nearest template is taken, or Operations are looked up by the words of the goal; \`source\` and \`notice\` say so.`,
  permission: 'ai:generate',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/workflows/generate' },
  input: GenerateInput,
  output: Generated,
  targets: 'none',
  async run(ctx, input) {
    await countRequest(ctx);
    return drafted(ctx, input);
  },
  // No transaction is open while a model thinks.
  finish: generated,
  finishesOnce: true,
});
