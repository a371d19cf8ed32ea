import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { executionTargets, openWaits, recordsOf } from '../find.ts';
import { opened } from '../opening.ts';
import { Execution, ExecutionId, NodeRecord } from '../schemas.ts';
import { recordView } from '../views.ts';

export const executionsNodesGet = defineOperation({
  name: 'executions.nodes.get',
  summary: 'Show what a node did in an execution',
  description: 'Every run and attempt of one node, with payloads where you may see them: in your own executions, or with executions:data.',
  permission: 'executions:read',
  risk: 'read',
  route: { method: 'GET', path: '/executions/{id}/nodes/{nodeId}' },
  input: z.object({
    id: ExecutionId,
    nodeId: z.uuid().meta({ title: 'Node', help: 'Of the graph, or of one of its records' }),
    path: z
      .string()
      .max(100)
      .optional()
      .meta({ title: 'Iteration', examples: ['3.0'] }),
  }),
  output: z.object({ payloads: Execution.shape.payloads, items: z.array(NodeRecord) }),
  targets: executionTargets,
  async run(ctx, { id, nodeId, path }) {
    const all = await recordsOf(ctx, id);
    const records = all.filter((row) => (row.nodeId === nodeId || row.id === nodeId) && (path === undefined || row.path === path));
    if (records.length === 0) throw new Problem('node-not-found', `No run of node "${nodeId}" is recorded in this execution.`);
    const { state } = await opened(ctx, id, 'may');
    const waits = await openWaits(ctx, [id]);
    return { payloads: state, items: records.map((row) => recordView(row, waits, state === 'shown')) };
  },
});
