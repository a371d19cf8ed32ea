import { planRetry, retry, type Again } from '../again.ts';
import { bulkOperation } from '../bulk.ts';

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
