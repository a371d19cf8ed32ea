import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { findWorkflow, workflowTarget } from '../model/store.ts';
import { Asked } from './ask.ts';

/** Behind the node approval: its Change waits for people, and that it ends is all that it does. */
export const workflowsAsk = defineOperation({
  name: 'workflows.ask',
  summary: 'Ask people to agree before an execution goes on',
  description: 'Used by the node Approval alone. The request is an approval like every other: it is decided in the inbox, by mail, in Slack or by the API.',
  permission: 'workflows:execute',
  access: 'self',
  risk: 'write',
  hiddenFrom: ['rest', 'web', 'cli', 'mcp', 'job', 'internal'],
  input: Asked,
  output: z.object({ executionId: z.uuid(), agreed: z.boolean() }),
  targets: workflowTarget,
  async plan(ctx, { id, title, body, attachments, executionId }) {
    const { name } = await ctx.once(`workflow ${id}`, () => findWorkflow(ctx, id));
    const fields = [
      ...(body === undefined ? [] : [{ path: 'why', after: body }]),
      ...(attachments === undefined ? [] : [{ path: 'about', after: attachments }]),
    ];
    return {
      summary: title,
      steps: [{ title: 'The execution goes on' }],
      changes: [{ action: 'none', type: 'workflow', id, name, fields }],
      facts: { executionId },
    };
  },
  run: async (_ctx, { executionId }) => ({ executionId, agreed: true }),
}); // prettier-ignore
