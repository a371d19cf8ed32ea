import { expect, test } from 'vitest';
import { CHANGE_STATES, type Approval, type ChangeState } from '#lib/types.ts';
import { stationsOf } from './stations.ts';

const approval = { id: 'r', status: 'pending', count: 1, given: 0, rule: { name: 'r', text: 't' }, expiresAt: null, decisions: [] } as Approval;
const times = { createdAt: '2026-01-01T10:00:00Z', submittedAt: '2026-01-01T10:00:01Z', approvedAt: null, startedAt: null, endedAt: null };
const at = (state: ChangeState, more: object = {}) => stationsOf({ ...times, state, approval, ...more });
const marks = (state: ChangeState, more: object = {}) => at(state, more).map(({ mark }) => mark);

test('a Change that waits for approval stands there, with what comes still ahead', () => {
  expect(marks('awaiting_approval')).toEqual(['done', 'done', 'wait', 'todo', 'todo']);
});

test('without an approval the station for it is left out', () => {
  expect(at('running', { approval: null, startedAt: times.createdAt }).map(({ key }) => key)).toEqual([
    'requested',
    'planned',
    'carriedOut',
    'finished',
  ]);
});

test('a success has everything behind it, a failure shows where it failed', () => {
  expect(marks('succeeded')).toEqual(['done', 'done', 'done', 'done', 'done']);
  expect(marks('failed')).toEqual(['done', 'done', 'done', 'bad', 'todo']);
  expect(marks('rejected')).toEqual(['done', 'done', 'bad', 'todo', 'todo']);
});

test('a Change cancelled before approval stops there; cancelled under way it stops where it ran', () => {
  expect(marks('cancelled')).toEqual(['done', 'done', 'off', 'todo', 'todo']);
  expect(marks('cancelled', { approvedAt: times.createdAt, startedAt: times.createdAt })).toEqual(['done', 'done', 'done', 'off', 'todo']);
});

test('in every state there is one line with at most one station that is neither done nor to come', () => {
  for (const state of CHANGE_STATES) {
    const here = marks(state).filter((mark) => mark !== 'done' && mark !== 'todo');
    expect([state, here.length <= 1]).toEqual([state, true]);
    expect([state, marks(state)[0]]).toEqual([state, 'done']);
  }
});
