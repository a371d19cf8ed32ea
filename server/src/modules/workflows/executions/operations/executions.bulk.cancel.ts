import { requestCancel } from '../../engine/control.ts';
import { byOf, nudged } from '../acts.ts';
import { bulkOperation } from '../bulk.ts';

export const executionsBulkCancel = bulkOperation({
  verb: 'cancel',
  summary: 'Cancel many executions',
  permission: 'executions:cancel',
  states: ['queued', 'running', 'waiting', 'paused'],
  async act(ctx, row, { preview, reason }) {
    if (preview) return { done: true };
    const outcome = await requestCancel(ctx.db, row, { reason: reason || `${ctx.actor.name} cancelled it`, force: false, by: byOf(ctx) });
    nudged(ctx, row.id);
    return { done: outcome !== 'ended' };
  },
});
