import { expect, test } from 'vitest';
import { decisionOf, type ApprovalForm } from './form-rules.ts';

const asked: ApprovalForm = {
  changeId: 'c',
  executionId: 'e',
  title: 'Order it?',
  body: null,
  state: 'awaiting_approval',
  form: { type: 'object', properties: { size: { type: 'string', minLength: 1 }, count: { type: 'integer', minimum: 1 } }, required: ['size'] },
  values: { size: 'small', count: 2 },
};

test('what is left as it stands is agreed to as everywhere else', () => {
  expect(decisionOf(asked, { size: 'small', count: 2 })).toEqual({ path: '/approvals/c/approve', body: {}, isChanged: false, faults: {} });
});

test('values of one’s own are sent whole, and what does not fit is said at its field', () => {
  expect(decisionOf(asked, { size: 'large', count: 2 })).toMatchObject({
    path: '/executions/e/approval-forms/c/decide',
    body: { values: { size: 'large', count: 2 } },
    isChanged: true,
    faults: {},
  });
  expect(Object.keys(decisionOf(asked, { size: '', count: 2 }).faults)).toEqual(['/size']);
});
