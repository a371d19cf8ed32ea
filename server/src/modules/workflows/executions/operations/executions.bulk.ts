import { requestCancel, requestPause, requestResume } from '../../engine/control.ts';
import { byOf, nudged } from '../acts.ts';
import { planRetry, retry, type Again } from '../again.ts';
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

const FROM_THE_FAILED: Again = { version: 'same', reuse: true };
export const executionsBulkRetry = bulkOperation({
  verb: 'retry',
  summary: 'Run many executions again, from where they failed',
  description: 'With `preview` it says how many effects would be had again. What the plan of the tenant lets begin in a minute bounds it.',
  permission: 'executions:retry',
  states: ['failed', 'partial_success', 'timed_out', 'cancelled'],
  async act(ctx, row, { preview }) {
    const { effects } = await planRetry(ctx, row, FROM_THE_FAILED);
    if (!preview) await retry(ctx, row, FROM_THE_FAILED);
    return { done: true, effects: effects.length };
  },
});
