import { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { GraphNode, Json, Layout, NodeKey, NodeSettings } from '../graph.ts';
import { editDraft } from '../model/editing.ts';
import { keyFor } from '../model/keys.ts';
import { workflowTarget } from '../model/store.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import { WorkflowId } from '../schemas.ts';

export const workflowsNodesAdd = defineOperation({
  name: 'workflows.nodes.add',
  summary: 'Add a node to the draft of a workflow',
  description: 'Key and name are made from the type when they are left out. With `If-Match` it is refused when somebody else was faster.',
  permission: 'workflows:update',
  risk: 'write',
  change: 'none',
  makes: true,
  route: { method: 'POST', path: '/workflows/{id}/nodes' },
  bodyLimit: 2 * 1_048_576,
  input: z.object({
    id: WorkflowId,
    type: z.string().max(60).meta({ title: 'Type', examples: ['transform'] }), // prettier-ignore
    key: NodeKey.optional().meta({ title: 'Key' }),
    name: z.string().max(100).optional().meta({ title: 'Name' }),
    description: z.string().max(2_000).optional().meta({ title: 'Description' }),
    typeVersion: z.int().min(1).optional(),
    config: z.record(z.string(), Json).default({}).meta({ title: 'Configuration' }),
    settings: NodeSettings.optional(),
    notes: z.string().max(10_000).optional().meta({ title: 'Notes' }),
    layout: Layout.optional(),
  }),
  output: z.object({ workflowId: z.uuid(), revision: z.int(), version: z.int(), node: GraphNode }),
  targets: workflowTarget,
  run: (ctx, { id, type, key, name, ...rest }) =>
    editDraft(ctx, id, ({ graph }) => {
      const known = NODE_TYPES.get(type);
      const fields = { type, key: key ?? keyFor(type, graph), name: name ?? known?.label ?? type, ...rest };
      const node = GraphNode.parse({ id: newId(), typeVersion: known?.version, ...fields });
      return { edits: [{ op: 'addNode', node }], answer: { node } };
    }),
});
