import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requestPause } from '../../engine/control.ts';
import { afterAct, byOf, forAct, nudged, requireGoing } from '../acts.ts';
import { executionTargets } from '../find.ts';
import { Execution, ExecutionId } from '../schemas.ts';

export const executionsPause = defineOperation({
  name: 'executions.pause',
  summary: 'Pause an execution',
  description: 'Your own, or any with executions:cancel. It stops before its next node; what runs may end.',
  permission: 'executions:read',
  risk: 'write',
  change: 'none',
  input: z.object({ id: ExecutionId }),
  output: Execution,
  targets: executionTargets,
  async run(ctx, { id }) {
    const row = await forAct(ctx, id, 'pause');
    requireGoing(row);
    await requestPause(ctx.db, row, byOf(ctx));
    nudged(ctx, id);
    return afterAct(ctx, id);
  },
});
