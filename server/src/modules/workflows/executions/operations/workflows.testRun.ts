import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Json } from '../../graph.ts';
import { workflowTarget } from '../../model/store.ts';
import { Engine } from '../../providers/port.ts';
import { WorkflowId } from '../../schemas.ts';
import { begin, begun, ended, runnable, startBy } from '../begin.ts';
import { Begun } from '../schemas.ts';

export const workflowsTestRun = defineOperation({
  name: 'workflows.testRun',
  summary: 'Try the draft of a workflow',
  description: 'Runs the draft as it is, with pinned outputs and mocks in place of nodes, and waits for the end unless told otherwise. What is neither pinned nor mocked is done for real.',
  permission: 'workflows:debug',
  risk: 'write',
  change: 'none',
  handlesDryRun: true,
  route: { method: 'POST', path: '/workflows/{id}/test-run' },
  input: z.object({
    id: WorkflowId,
    inputs: Json.default({}).meta({ title: 'Inputs' }),
    mocks: z.record(z.string().max(60), Json).default({}).meta({ title: 'Mocks', help: 'Outputs by node key, instead of running the node' }),
    startNode: z.string().max(60).optional().meta({ title: 'Trigger', help: 'Key or id of a trigger node' }),
    simulate: z.boolean().default(false).meta({ title: 'Simulate', help: 'Effects are told, not had' }),
    async: z.boolean().default(false).meta({ title: 'Do not wait' }),
    waitSeconds: z.int().min(1).max(120).default(30).meta({ title: 'Longest wait' }),
  }),
  output: Begun,
  accepted: ({ done }) => !done,
  location: ({ execution }) => `/executions/${execution.id}`,
  targets: workflowTarget,
  async run(ctx, { id, inputs, mocks, startNode, simulate, async }) {
    const more = { mocks, dryRun: simulate || ctx.dryRun, debug: true, awaited: !async };
    const start = await startBy(ctx, await runnable(ctx, id, 'draft'), { inputs, startNode, more });
    return begun(await begin(ctx, start), id);
  },
  finish: ({ provider }, { async, waitSeconds }, output) => (async ? Promise.resolve(output) : ended(provider(Engine), output, waitSeconds)),
}); // prettier-ignore
