import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requestCancel } from '../../engine/control.ts';
import { afterAct, byOf, forAct, nudged, requireGoing } from '../acts.ts';
import { executionTargets } from '../find.ts';
import { Execution, ExecutionId } from '../schemas.ts';

export const executionsCancel = defineOperation({
  name: 'executions.cancel',
  summary: 'Cancel an execution',
  description:
    'Your own, or any with executions:cancel. No further node is started; those that run get ten seconds, or none with `force`, and executions that it began are cancelled too. A Change that was sent to a provider is followed to its true end. Cancelling twice is the same as once.',
  permission: 'executions:read',
  risk: 'write',
  change: 'none',
  input: z.object({
    id: ExecutionId,
    reason: z
      .string()
      .max(500)
      .default('')
      .meta({ title: 'Reason', examples: ['Started by mistake'] }),
    force: z.boolean().default(false).meta({ title: 'Force', help: 'Without the ten seconds' }),
  }),
  output: Execution,
  targets: executionTargets,
  async run(ctx, { id, reason, force }) {
    const row = await forAct(ctx, id, 'cancel');
    requireGoing(row);
    await requestCancel(ctx.db, row, { reason: reason || `${ctx.actor.name} cancelled it`, force, by: byOf(ctx) });
    nudged(ctx, id);
    return afterAct(ctx, id);
  },
});
