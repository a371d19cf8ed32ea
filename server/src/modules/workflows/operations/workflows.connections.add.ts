import { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Connection } from '../graph.ts';
import { editDraft } from '../model/editing.ts';
import { requireJoin } from '../model/joining.ts';
import { workflowTarget } from '../model/store.ts';
import { WorkflowId } from '../schemas.ts';

const { kind, source, sourcePort, target, targetPort } = Connection.shape;

export const workflowsConnectionsAdd = defineOperation({
  name: 'workflows.connections.add',
  summary: 'Connect two nodes in the draft of a workflow',
  description: 'Refused at once when a port does not exist, kinds do not fit, or nodes would lead back to themselves.',
  permission: 'workflows:update',
  risk: 'write',
  change: 'none',
  makes: true,
  route: { method: 'POST', path: '/workflows/{id}/connections' },
  input: z.object({ id: WorkflowId, kind, source, sourcePort, target, targetPort }),
  output: z.object({ workflowId: z.uuid(), revision: z.int(), version: z.int(), connection: Connection }),
  targets: workflowTarget,
  run: (ctx, { id, ...ends }) =>
    editDraft(ctx, id, ({ graph, settings }) => {
      const connection = { id: newId(), ...ends };
      requireJoin(graph, settings, connection);
      return { edits: [{ op: 'connect', connection }], answer: { connection } };
    }),
});
