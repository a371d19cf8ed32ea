import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { queryFlag } from '#kernel/page.ts';
import { editDraft, ofDraft } from '../model/editing.ts';

export const workflowsNodesDelete = defineOperation({
  name: 'workflows.nodes.delete',
  summary: 'Remove a node from the draft of a workflow',
  description: 'Its connections go with it; with `bridge` what came before it is joined to what came after.',
  permission: 'workflows:update',
  risk: 'write',
  change: 'none',
  route: { method: 'DELETE', path: '/nodes/{id}' },
  input: z.object({
    id: z.uuid().meta({ title: 'Node' }),
    bridge: queryFlag.default(false).meta({ title: 'Join its neighbours' }),
  }),
  output: z.object({ workflowId: z.uuid(), revision: z.int(), version: z.int(), id: z.uuid() }),
  targets: (ctx, { id }) => ofDraft(ctx, 'node', id).then(({ target }) => [target]),
  async run(ctx, { id, bridge }) {
    const { workflowId } = await ofDraft(ctx, 'node', id);
    return editDraft(ctx, workflowId, () => ({ edits: [{ op: 'removeNode', id, bridge }], answer: { id } }));
  },
});
