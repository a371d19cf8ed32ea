import { describe, expect, test } from 'vitest';
import type { ObservedServer } from './providers/port.ts';
import { ACTIONS, ALLOWED_FROM, differences, DURING, expandNames, isAllowed, massDisappearance, statusOf } from './rules.ts';
import { SERVER_STATUSES, type DesiredServer } from './schemas.ts';

/** Rows as in the specification, 6.3: what may be done from each state. */
const TABLE: Record<(typeof SERVER_STATUSES)[number], string> = {
  requested: '',
  creating: 'delete purge',
  running: 'stop poweroff reboot reset resize protect update delete purge',
  stopping: 'poweroff protect update delete purge',
  stopped: 'start resize protect update delete purge',
  starting: 'protect update delete purge',
  rebooting: '',
  resizing: '',
  pending_delete: 'undelete purge',
  deleting: '',
  deleted: '',
  missing: 'protect update delete purge',
  error: 'start protect update delete purge',
  unknown: 'stop poweroff reboot reset protect update delete purge',
};

describe('states of a server', () => {
  test.each(SERVER_STATUSES)('from %s exactly the listed actions are possible', (status) => {
    expect(ACTIONS.filter((action) => isAllowed(action, status)).toSorted()).toEqual(TABLE[status].split(' ').filter(Boolean).toSorted());
  });
  test('no action starts from the state that it puts a server in, except powering off a guest that is still going down', () => {
    expect(ACTIONS.filter((action) => DURING[action] !== null && ALLOWED_FROM[action].includes(DURING[action]))).toEqual(['poweroff']);
  });
  test('a server that waits for its deletion keeps that state while it is seen', () => {
    expect(statusOf('stopped', 'pending_delete')).toBe('pending_delete');
    expect(statusOf('deleting', 'pending_delete')).toBe('deleting');
    expect(statusOf('running', 'stopped')).toBe('running');
  });
});

describe('differences between what should be and what is', () => {
  const desired: DesiredServer = { name: 'web-1', size: 'std-1', labels: { app: 'web' }, protected: false, power: 'on' };
  const observed = {
    name: 'web-1',
    size: 'std-1',
    labels: { app: 'web' },
    protection: { delete: false },
    status: 'stopped',
  } as unknown as ObservedServer;
  test('none, also when the power differs', () => expect(differences(desired, observed)).toEqual([]));
  test.each([
    ['size', { size: 'std-4' }, { field: 'size', before: 'std-1', after: 'std-4' }],
    ['name', { name: 'other' }, { field: 'name', before: 'web-1', after: 'other' }],
    ['labels', { labels: { app: 'web', by: 'hand' } }, { field: 'labels', before: { app: 'web' }, after: { app: 'web', by: 'hand' } }],
    ['protection', { protection: { delete: true } }, { field: 'protection', before: false, after: true }],
  ])('%s', (_field, change, expected) => expect(differences(desired, { ...observed, ...change })).toEqual([expected]));
});

test.each([
  [1, 0, false],
  [2, 1, false],
  [3, 0, false],
  [4, 2, true],
  [4, 3, false],
  [10, 5, true],
  [10, 6, false],
])('of %i known servers %i are seen: a mass disappearance is %s', (known, seen, expected) => expect(massDisappearance(known, seen)).toBe(expected));

test('a pattern gives as many names as asked for', () => expect(expandNames('web-{n}', 3)).toEqual(['web-1', 'web-2', 'web-3']));
