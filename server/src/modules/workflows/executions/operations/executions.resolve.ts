import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { resolveInDoubt } from '../../engine/control.ts';
import { Json } from '../../graph.ts';
import { afterAct, nudged } from '../acts.ts';
import { findRecord, nobodyAsks, waitOf } from '../answering.ts';
import { executionTargets } from '../find.ts';
import { Execution, ExecutionId } from '../schemas.ts';

export const executionsResolve = defineOperation({
  name: 'executions.resolve',
  summary: 'Say what became of an effect in doubt',
  description:
    'An effect was begun, the process died, and nobody recorded how it went. `happened` takes your word for it, with its output; `again` runs it once more under a new key, so that it may happen twice; `fail` fails the node.',
  permission: 'executions:retry',
  risk: 'high',
  change: 'none',
  route: { method: 'POST', path: '/executions/{id}/nodes/{recordId}/resolve' },
  input: z.object({
    id: ExecutionId,
    recordId: z.uuid().meta({ title: 'Record' }),
    decision: z.enum(['happened', 'again', 'fail']).meta({ title: 'Decision' }),
    output: Json.optional().meta({ title: 'Output', help: 'What the node would have answered, where it happened' }),
  }),
  output: Execution,
  targets: executionTargets,
  async run(ctx, { id, recordId, decision, output = null }) {
    const record = await findRecord(ctx, id, recordId);
    const taken = (await waitOf(ctx, record, 'in_doubt')) !== undefined && (await resolveInDoubt(ctx.db, record, decision, output));
    if (!taken) throw nobodyAsks(`${record.nodeKey} is not in doubt.`);
    nudged(ctx, id);
    return afterAct(ctx, id);
  },
});
