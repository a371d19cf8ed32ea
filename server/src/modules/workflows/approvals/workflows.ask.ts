import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { findWorkflow, workflowTarget } from '../model/store.ts';
import { Asked } from './ask.ts';

/** What the node Approval asks: whoever agrees may change what stands in its form. */
export const AskedByNode = Asked.extend({
  form: z.record(z.string(), z.json()).optional().meta({ title: 'Form', help: 'JSON Schema' }),
  values: z.record(z.string(), z.json()).optional().meta({ title: 'What stands in it' }),
});
export type AskedByNode = z.output<typeof AskedByNode>;

/** Behind the node approval: its Change waits for people, and that it ends is all that it does. */
export const workflowsAsk = defineOperation({
  name: 'workflows.ask',
  summary: 'Ask people to agree before an execution goes on',
  description: 'Used by the node Approval alone. The request is an approval like every other: it is decided in the inbox, by mail, in Slack or by the API.',
  permission: 'workflows:execute',
  access: 'self',
  risk: 'write',
  hiddenFrom: ['rest', 'web', 'cli', 'mcp', 'job', 'internal'],
  input: AskedByNode,
  output: z.object({ executionId: z.uuid(), agreed: z.boolean() }),
  targets: workflowTarget,
  async plan(ctx, { id, title, body, attachments, executionId, values }) {
    const { name } = await ctx.once(`workflow ${id}`, () => findWorkflow(ctx, id));
    const fields = [
      ...(body === undefined ? [] : [{ path: 'why', after: body }]),
      ...(attachments === undefined ? [] : [{ path: 'about', after: attachments }]),
      // In an order of their own: the database keeps fields in another one, and a plan that differs by it would count as another plan.
      ...Object.entries(values ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([field, after]) => ({ path: `form.${field}`, after })),
    ];
    return {
      summary: title,
      steps: [{ title: values === undefined ? 'The execution goes on' : 'The execution goes on with what stands in the form; it can be changed at the execution' }],
      changes: [{ action: 'none', type: 'workflow', id, name, fields }],
      facts: { executionId },
    };
  },
  run: async (_ctx, { executionId }) => ({ executionId, agreed: true }),
}); // prettier-ignore
