import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requestResume } from '../../engine/control.ts';
import { afterAct, forAct, nudged, requireGoing } from '../acts.ts';
import { executionTargets } from '../find.ts';
import { Execution, ExecutionId } from '../schemas.ts';

export const executionsResume = defineOperation({
  name: 'executions.resume',
  summary: 'Let a paused execution go on',
  description: 'Your own, or any with executions:cancel. One that waits for an approval or an answer goes on when that comes.',
  permission: 'executions:read',
  risk: 'write',
  change: 'none',
  input: z.object({ id: ExecutionId }),
  output: Execution,
  targets: executionTargets,
  async run(ctx, { id }) {
    const row = await forAct(ctx, id, 'resume');
    requireGoing(row);
    await requestResume(ctx.db, row);
    nudged(ctx, id);
    return afterAct(ctx, id);
  },
});
