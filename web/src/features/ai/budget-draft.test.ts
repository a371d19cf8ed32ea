import { expect, test } from 'vitest';
import { draftsOf, isReady, itemsOf } from './budget-draft.ts';
import type { Budget } from './types.ts';

const budget = (part: Partial<Budget>): Budget => ({
  level: 'tenant', workflowId: null, period: 'day', tokens: null, cost: null, plan: false, used: { tokens: 0, cost: 0 }, reserved: { tokens: 0, cost: 0 }, resetsAt: '2026-11-22T00:00:00Z', ...part,
}); // prettier-ignore

test('day and month of the organisation can always be set, and workflows follow', () => {
  const workflow = budget({ level: 'workflow', workflowId: 'w', tokens: 5_000 });
  expect(draftsOf([workflow, budget({ period: 'month', cost: 12_500_000 })])).toEqual([
    { workflowId: null, period: 'day', tokens: '', cost: '' },
    { workflowId: null, period: 'month', tokens: '', cost: '12.5' },
    { workflowId: 'w', period: 'day', tokens: '5000', cost: '' },
  ]);
});

test('the bound of the plan does not become one of the organisation’s own by saving', () => {
  const drafts = draftsOf([budget({ tokens: 500_000, cost: 1_000_000, plan: true })]);
  expect(itemsOf(drafts)).toEqual([{ workflowId: null, period: 'day', tokens: null, cost: 1_000_000 }]);
});

test('what has no bound is left out, and a bound of nothing is one', () => {
  expect(itemsOf(draftsOf([]))).toEqual([]);
  expect(itemsOf([{ workflowId: null, period: 'day', tokens: '0', cost: '' }])).toEqual([{ workflowId: null, period: 'day', tokens: 0, cost: null }]);
});

test('a workflow that is not chosen yet and amounts that are none are not sent', () => {
  const line = { workflowId: null, period: 'day' as const, tokens: '', cost: '' };
  expect([{ ...line, workflowId: '' }, { ...line, tokens: '1.5' }, { ...line, cost: 'a lot' }, { ...line, cost: '1000001' }].map((one) => isReady([one]))).toEqual([false, false, false, false]); // prettier-ignore
  expect(isReady([line])).toBe(true);
});
