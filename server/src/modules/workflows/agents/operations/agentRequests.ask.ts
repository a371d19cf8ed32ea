import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Asked } from '../../approvals/ask.ts';
import { findWorkflow, workflowTarget } from '../../model/store.ts';
import { changesOf } from '../request-rules.ts';
import { AskedCall, MOST_ASKED } from '../asked.ts';

/** What an agent asks people to agree to: calls of one of its turns. */
export const AgentAsk = Asked.extend({
  agent: z.string().max(40).meta({ title: 'Agent' }),
  step: z.int().min(1).meta({ title: 'Turn' }),
  calls: z.array(AskedCall).min(1).max(MOST_ASKED).meta({ title: 'Calls' }),
  taint: z
    .array(z.object({ nodeKey: z.string().max(40), kind: z.string().max(60) }))
    .max(100)
    .default([])
    .meta({ title: 'From outside' }),
});
export type AgentAsk = z.output<typeof AgentAsk>;

/** Behind calls of an agent that change something: its Change waits for people, and that it ends is all that it does. */
export const agentRequestsAsk = defineOperation({
  name: 'agentRequests.ask',
  summary: 'Ask people to agree to what an agent wants to do',
  description: 'Used by agents in workflows alone. The request is an approval like every other; who decides may also change its arguments or leave calls out.',
  permission: 'workflows:execute',
  access: 'self',
  risk: 'write',
  hiddenFrom: ['rest', 'web', 'cli', 'mcp', 'job', 'internal'],
  input: AgentAsk,
  output: z.object({ executionId: z.uuid(), agreed: z.boolean() }),
  targets: workflowTarget,
  async plan(ctx, { id, title, executionId, calls, taint }) {
    const { name } = await ctx.once(`workflow ${id}`, () => findWorkflow(ctx, id));
    return {
      summary: title,
      steps: calls.map(({ tool, reason }) => ({ title: reason === '' ? tool : `${tool}: ${reason.slice(0, 200)}` })),
      changes: changesOf({ id, name }, calls, taint),
      facts: { executionId },
    };
  },
  run: async (_ctx, { executionId }) => ({ executionId, agreed: true }),
}); // prettier-ignore
