import { expect, test, vi } from 'vitest';
import type { Outcome } from '#lib/api.ts';
import { blockedReason, callOf, offered } from './actions.ts';
import { bulkCounts, runEach, type BulkState } from './bulk.ts';
import { connectionInput, fieldErrors, kindSchema } from './kinds.ts';
import { resizeBlocked } from './resize-dialog.tsx';
import { CONNECTION_KINDS, type Server, type ServerStatus } from './types.ts';

const server = (status: ServerStatus, patch: Partial<Server> = {}) => ({ status, openChange: null, protection: { delete: false }, ...patch });
const ALL = ['*'];

test('an action that cannot be asked for says why: permission first, then a Change at work, state, protection', () => {
  expect(blockedReason('stop', server('running'), ['servers:read'])).toContain('servers:power');
  expect(blockedReason('stop', server('running', { openChange: { id: 'c', number: 'CHG-7' } }), ALL)).toContain('CHG-7');
  expect(blockedReason('start', server('running'), ALL)).toBe('Now Running. Possible from: Stopped, Error.');
  expect(blockedReason('delete', server('running', { protection: { delete: true } }), ALL)).toContain('protected');
  expect(blockedReason('delete', server('running'), ALL)).toBeNull();
});

test('only actions that mean something in a state are offered', () => {
  expect(offered(server('stopped'))).toEqual(['start', 'resize', 'update', 'protect', 'delete']);
  expect(offered(server('running', { protection: { delete: true } }))).toEqual(['stop', 'reboot', 'resize', 'update', 'unprotect', 'delete']);
  expect(offered(server('pending_delete'))).toEqual(['undelete']);
  expect(offered(server('deleting'))).toEqual([]);
});

test('each action is the call that the server knows', () => {
  expect(callOf('reboot', { id: 's' })).toEqual({ method: 'POST', path: '/servers/s/actions/reboot', body: {} });
  expect(callOf('unprotect', { id: 's' })).toEqual({ method: 'POST', path: '/servers/s/protection', body: { delete: false } });
  expect(callOf('delete', { id: 's' })).toEqual({ method: 'DELETE', path: '/servers/s' });
});

test('a size that the server cannot take says why', () => {
  const mine = { size: 'std-2', architecture: 'x86', diskGb: 40, region: 'eu' };
  const size = {
    id: 'std-4',
    architecture: 'x86',
    vcpus: 4,
    memoryMb: 8192,
    diskGb: 80,
    regions: ['eu'],
    monthly: { amount: 1, currency: 'EUR' },
    hourly: '0',
    endsAt: null,
  };
  expect(resizeBlocked(mine, size)).toBeNull();
  expect(resizeBlocked(mine, { ...size, id: 'std-2' })).toBe('This is its size now');
  expect(resizeBlocked(mine, { ...size, diskGb: 20 })).toContain('40 GB');
  expect(resizeBlocked(mine, { ...size, regions: [] })).toBe('Not sold in its region');
});

const done: Outcome<unknown> = { status: 'done', output: null, changeNumber: 'CHG-1' };
const waiting: Outcome<unknown> = { status: 'accepted', change: { id: 'c', number: 'CHG-2', state: 'awaiting_approval', operation: 'servers.stop' } };

test('every target is called once, and one that fails does not hold up the others', async () => {
  const states = new Map<string, BulkState>();
  const act = vi.fn<(id: string) => Promise<Outcome<unknown>>>(async (id) => {
    if (id === 'b') throw new Error('refused');
    return id === 'c' ? waiting : done;
  });
  await runEach(['a', 'b', 'c', 'd', 'e'], act, (id, state) => states.set(id, state), new AbortController().signal);
  expect(act.mock.calls.map(([id]) => id).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(states.get('a')).toEqual({ status: 'done', number: 'CHG-1' });
  expect(states.get('b')).toMatchObject({ status: 'failed' });
  expect(states.get('c')).toEqual({ status: 'accepted', number: 'CHG-2', approval: true });
  expect(bulkCounts(states.values())).toMatchObject({ done: 3, failed: 1, accepted: 1, waiting: 0, running: 0 });
});

test('at most three are under way at once', async () => {
  let now = 0;
  let most = 0;
  const act = async () => {
    most = Math.max(most, ++now);
    await Promise.resolve();
    now--;
    return done;
  };
  await runEach(
    Array.from({ length: 10 }, (_, i) => String(i)),
    act,
    () => undefined,
    new AbortController().signal,
  );
  expect(most).toBe(3);
});

test('after stopping no new call begins', async () => {
  const stop = new AbortController();
  const act = vi.fn<() => Promise<Outcome<unknown>>>(async () => {
    stop.abort();
    return done;
  });
  await runEach(['a', 'b', 'c', 'd', 'e', 'f'], act, () => undefined, stop.signal);
  expect(act.mock.calls.length).toBeLessThanOrEqual(3);
});

test('what is entered for a connection goes to its settings or its credential, and blanks stay out', () => {
  expect(
    connectionInput('rfc2136', { server: 'ns1', port: 53, tsigName: 'k.', tsigAlgorithm: 'hmac-sha256', tsigSecret: 'c2VjcmV0', zone: '' }),
  ).toEqual({
    kind: 'rfc2136',
    config: { server: 'ns1', port: 53, tsigName: 'k.', tsigAlgorithm: 'hmac-sha256' },
    credential: { tsigSecret: 'c2VjcmV0' },
  });
  expect(connectionInput('embedded-dns', {})).toEqual({ kind: 'embedded-dns', config: {} });
  expect(fieldErrors({ '/config/server': 'a', '/credential/tsigSecret': 'b', '/name': 'c' })).toEqual({
    '/server': 'a',
    '/tsigSecret': 'b',
    '/name': 'c',
  });
  for (const kind of CONNECTION_KINDS) expect(kindSchema(kind).type).toBe('object');
});
