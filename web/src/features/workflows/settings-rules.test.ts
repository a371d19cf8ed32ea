import { expect, test } from 'vitest';
import { budgetsWith, budgetText, fixedBy, isBudget, patchOf, within, type Draft } from './settings-rules.ts';
import type { WorkflowSettings } from './types.ts';

const settings: WorkflowSettings = {
  runAs: 'service',
  failureMode: 'fail_fast',
  timeoutSeconds: 300,
  lifetimeDays: 30,
  maxConcurrent: 10,
  concurrencyKey: 'x',
  onLimit: 'queue',
  priority: 'normal',
  parallelNodes: 16,
  rollbackOnFailure: 'none',
  durability: 'full',
  retention: { successDays: 14, failedDays: 30, payloadDays: 7 },
  logLevel: 'info',
  notify: { onFailure: false, onRecovery: false, onSuccess: false },
};
const before: Draft = { name: 'Nightly', description: 'Old', folder: '', tags: [], serviceAccountId: null, settings };
const node = (type: string, config = {}) => ({ nodes: [{ id: 'n', key: 'n', type, name: '', config }] });

test('what was not touched is not sent', () => {
  expect(patchOf(before, { ...before, settings: { ...settings } })).toBeNull();
  expect(patchOf(before, { ...before, name: ' Nightly ' })).toBeNull();
});

test('names and settings go together, and only those that differ', () => {
  const { concurrencyKey: _gone, ...rest } = settings;
  expect(patchOf(before, { ...before, name: 'Weekly', description: ' ', settings: { ...rest, timeoutSeconds: 60 } })).toEqual({
    name: 'Weekly',
    description: null,
    ops: [{ op: 'updateSettings', set: { timeoutSeconds: 60, concurrencyKey: null } }],
  });
});

test('a trigger that nobody stands behind fixes on whose authority it runs, and effects fix durability', () => {
  expect(fixedBy(node('trigger', { mode: 'webhook' }), settings)).toEqual({ runAs: 'trigger' });
  expect(fixedBy(node('operation'), settings)).toEqual({ durability: 'effects' });
  expect(fixedBy(node('transform'), settings)).toEqual({});
  expect(fixedBy(node('trigger', { mode: 'manual' }), settings)).toEqual({});
});

test('numbers are whole and within their bounds', () => {
  expect([within('5', 1, 10), within('0', 1, 10), within('1.5', 1, 10), within('', 0, 10), within('x', 0, 10)]).toEqual([5, null, null, null, null]);
});

test('a budget is an amount within its bounds, an empty one is none, and dollars are kept in millionths', () => {
  expect(budgetsWith(undefined, 'cost', '2.50')).toEqual({ cost: 2_500_000 });
  expect(budgetsWith({ cost: 2_500_000 }, 'tokens', '5000')).toEqual({ cost: 2_500_000, tokens: 5_000 });
  expect(budgetsWith({ cost: 2_500_000 }, 'cost', ' ')).toBeUndefined();
  expect([budgetsWith({ cost: 1 }, 'tokens', '99'), budgetsWith({}, 'cost', '20000'), budgetsWith({}, 'toolCalls', '1.5')]).toEqual([
    null,
    null,
    null,
  ]);
  expect([isBudget('toolCalls', '0'), isBudget('tokens', ''), isBudget('cost', 'much')]).toEqual([true, true, false]);
  expect([budgetText('cost', 2_500_000), budgetText('tokens', undefined), budgetText('toolCalls', 0)]).toEqual(['2.5', '', '0']);
  const rest: Draft = { ...before, settings: { ...settings, budgets: { tokens: 5_000 } } };
  expect(patchOf(rest, before)).toEqual({ ops: [{ op: 'updateSettings', set: { budgets: null } }] });
});
