import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { GraphNode, Layout } from '../graph.ts';
import { editDraft, ofDraft } from '../model/editing.ts';
import { NodeSet, type Edit } from '../model/edits.ts';

export const workflowsNodesUpdate = defineOperation({
  name: 'workflows.nodes.update',
  summary: 'Change a node in the draft of a workflow',
  description: 'Fields that are left out stay; `config` is replaced as a whole. With `If-Match` it is refused when somebody else was faster.',
  permission: 'workflows:update',
  risk: 'write',
  change: 'none',
  route: { method: 'PATCH', path: '/nodes/{id}' },
  bodyLimit: 2 * 1_048_576,
  input: z.object({ id: z.uuid().meta({ title: 'Node' }), ...NodeSet.shape, layout: Layout.optional() }),
  output: z.object({ workflowId: z.uuid(), revision: z.int(), version: z.int(), node: GraphNode }),
  targets: (ctx, { id }) => ofDraft(ctx, 'node', id).then(({ target }) => [target]),
  async run(ctx, { id, layout, ...set }) {
    const { workflowId } = await ofDraft(ctx, 'node', id);
    const edits: Edit[] = [
      ...(Object.values(set).some((value) => value !== undefined) ? [{ op: 'updateNode', id, set } as const] : []),
      ...(layout ? [{ op: 'moveNode', id, layout } as const] : []),
    ];
    return editDraft(ctx, workflowId, () => ({ edits, answer: (graph) => ({ node: graph.nodes.find((node) => node.id === id)! }) }));
  },
});
