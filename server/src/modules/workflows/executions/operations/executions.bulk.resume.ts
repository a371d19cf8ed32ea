import { requestResume } from '../../engine/control.ts';
import { nudged } from '../acts.ts';
import { bulkOperation } from '../bulk.ts';

export const executionsBulkResume = bulkOperation({
  verb: 'resume',
  summary: 'Let many paused executions go on',
  permission: 'executions:cancel',
  states: ['queued', 'running', 'waiting', 'paused'],
  async act(ctx, row, { preview }) {
    if (row.pauseAsked === null) return { done: false, detail: 'Nobody paused it' };
    if (preview) return { done: true };
    const done = await requestResume(ctx.db, row);
    nudged(ctx, row.id);
    return { done };
  },
});
