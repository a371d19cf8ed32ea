import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Json } from '../../graph.ts';
import { runTarget } from '../../model/store.ts';
import { Engine } from '../../providers/port.ts';
import { WorkflowId } from '../../schemas.ts';
import { begin, begun, ended, requireDebug, runnable, said, startBy } from '../begin.ts';
import { ExecutionCallbacks } from '../port.ts';
import { Begun, ExecuteOptions } from '../schemas.ts';
import { wishesOf } from '../wishes.ts';

export const workflowsExecute = defineOperation({
  name: 'workflows.execute',
  summary: 'Run a workflow',
  description:
    'Begins an execution of the active version, or of the one named; what it does to infrastructure passes the Gate by itself. Answers at once, or with `async: false` at the end if that comes in time. The same Idempotency-Key within 24 h answers the first execution. `version: draft` is a test run and needs workflows:debug, as a dry run does.',
  permission: 'workflows:execute',
  risk: 'write',
  change: 'none',
  handlesDryRun: true,
  input: z.object({
    id: WorkflowId,
    inputs: Json.default({}).meta({ title: 'Inputs', help: 'As the trigger’s schema asks for them' }),
    options: ExecuteOptions.prefault({}).meta({ title: 'Options' }),
  }),
  output: Begun,
  accepted: ({ done }) => !done,
  location: ({ execution }) => `/executions/${execution.id}`,
  targets: async (ctx, { id, options: { version } }) => [await runTarget(ctx, { id, version })],
  async run(ctx, { id, inputs, options }) {
    const { async, version, startNode, scheduledAt, dryRun: asked, debug, timeoutSeconds, priority, retry, tags, correlationId } = options;
    const dryRun = asked || ctx.dryRun;
    const what = version === 'draft' ? 'A run of the draft' : 'A dry run';
    if (version === 'draft' || dryRun || debug) await requireDebug(ctx, await runTarget(ctx, { id, version }), debug && version !== 'draft' && !dryRun ? 'A run with debug' : what); // prettier-ignore
    const start = await startBy(ctx, await runnable(ctx, id, version), {
      inputs,
      startNode,
      more: {
        ...said({ timeoutSeconds, priority, retry, tags, correlationId, wishes: await wishesOf(ctx, options) }),
        ...(scheduledAt ? { scheduledAt: new Date(scheduledAt) } : {}),
        dryRun,
        debug,
        awaited: !async,
      },
    });
    return begun(await begin(ctx, start), id);
  },
  async finish({ provider, tenantId }, { options }, output) {
    const told = options.async ? output : await ended(provider(Engine), output, options.waitSeconds);
    if (options.callbackUrl === undefined) return told;
    return { ...told, callback: { secret: provider(ExecutionCallbacks).secret({ tenantId, id: output.execution.id }) } };
  },
});
