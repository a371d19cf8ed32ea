import { requestPause } from '../../engine/control.ts';
import { byOf, nudged } from '../acts.ts';
import { bulkOperation } from '../bulk.ts';

export const executionsBulkPause = bulkOperation({
  verb: 'pause',
  summary: 'Pause many executions',
  permission: 'executions:cancel',
  states: ['queued', 'running', 'waiting'],
  async act(ctx, row, { preview }) {
    if (preview) return { done: true };
    const done = await requestPause(ctx.db, row, byOf(ctx));
    nudged(ctx, row.id);
    return { done };
  },
});
