import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Json } from '../../graph.ts';
import { payloadsOf } from '../detail.ts';
import { executionTargets, recordsOf } from '../find.ts';
import { ExecutionId } from '../schemas.ts';
import { recordView } from '../views.ts';

export const executionsPayloads = defineOperation({
  name: 'executions.payloads',
  summary: 'Open the payloads of an execution',
  description: 'What came into it and its nodes, and what they made of it. Opening those of somebody else is kept in the trail as long as a change is.',
  permission: 'executions:data',
  risk: 'read',
  sensitive: true,
  route: { method: 'GET', path: '/executions/{id}/payloads' },
  input: z.object({ id: ExecutionId }),
  output: z.object({
    state: z.enum(['shown', 'erased']),
    inputs: Json.optional(),
    outputs: Json.optional(),
    nodes: z.array(z.object({ id: z.uuid(), nodeId: z.uuid(), key: z.string(), path: z.string(), attempt: z.int(), input: Json.optional(), output: Json.optional() })),
  }),
  targets: executionTargets,
  async run(ctx, { id }) {
    const { state, inputs, outputs } = await payloadsOf(ctx, id);
    if (state !== 'shown') return { state: 'erased' as const, nodes: [] };
    const nodes = (await recordsOf(ctx, id)).map((row) => {
      const { id: record, nodeId, key, path, attempt, ...rest } = recordView(row, [], true);
      return { id: record, nodeId, key, path, attempt, ...('output' in rest ? { input: rest.input ?? null, output: rest.output ?? null } : {}) };
    });
    return { state, inputs: inputs ?? null, outputs: outputs ?? null, nodes };
  },
}); // prettier-ignore
