import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { editDraft, ofDraft } from '../model/editing.ts';

export const workflowsConnectionsDelete = defineOperation({
  name: 'workflows.connections.delete',
  summary: 'Remove a connection from the draft of a workflow',
  permission: 'workflows:update',
  risk: 'write',
  change: 'none',
  route: { method: 'DELETE', path: '/connections/{id}' },
  input: z.object({ id: z.uuid().meta({ title: 'Connection' }) }),
  output: z.object({ workflowId: z.uuid(), revision: z.int(), version: z.int(), id: z.uuid() }),
  targets: (ctx, { id }) => ofDraft(ctx, 'connection', id).then(({ target }) => [target]),
  async run(ctx, { id }) {
    const { workflowId } = await ofDraft(ctx, 'connection', id);
    return editDraft(ctx, workflowId, () => ({ edits: [{ op: 'disconnect', id }], answer: { id } }));
  },
});
