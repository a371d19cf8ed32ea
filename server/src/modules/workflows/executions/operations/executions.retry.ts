import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Json } from '../../graph.ts';
import { forAct } from '../acts.ts';
import { retry } from '../again.ts';
import { begun } from '../begin.ts';
import { activeTarget, executionTargets } from '../find.ts';
import { Begun, ExecutionId } from '../schemas.ts';

export const executionsRetry = defineOperation({
  name: 'executions.retry',
  summary: 'Run an execution again, from where it failed',
  description:
    'Begins a new execution. Records of nodes that do not follow `fromNode` stand and are not run again; without it that is the first node that failed. A node in a loop is named with its iteration, as in `send@3`, and earlier iterations stand. With `version: active` what stands must be unchanged there. Your own, or any with executions:retry.',
  permission: 'executions:read',
  risk: 'write',
  change: 'none',
  input: z.object({
    id: ExecutionId,
    fromNode: z.union([z.array(z.string().max(140)).max(50), z.string().max(140).transform((one) => [one])]).optional().meta({ title: 'From', help: 'Keys or ids of nodes, with their iteration: send, send@3.0', examples: [['send']] }),
    inputs: Json.optional().meta({ title: 'Other inputs', help: 'Only when the trigger is run again' }),
    version: z.enum(['same', 'active']).default('same').meta({ title: 'Version' }),
    reuse: z.boolean().default(true).meta({ title: 'Keep results', help: 'false runs everything again' }),
  }),
  output: Begun,
  accepted: () => true,
  location: ({ execution }) => `/executions/${execution.id}`,
  targets: async (ctx, { id, version }) => [...(await executionTargets(ctx, { id })), ...(version === 'active' ? [await activeTarget(ctx, id)] : [])],
  async run(ctx, { id, ...wish }) {
    const row = await forAct(ctx, id, 'retry');
    return begun(await retry(ctx, row, wish), row.workflowId);
  },
}); // prettier-ignore
