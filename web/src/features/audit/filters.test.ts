import fc from 'fast-check';
import { expect, test } from 'vitest';
import { urlOf } from '#lib/api.ts';
import { auditQuery, auditSearch, isFiltered } from './filters.ts';
import { inGateOrder } from './gate-steps.tsx';

const NOW = Date.parse('2026-11-20T12:34:56.789Z');

test('the address of a view and the view lead to each other', () => {
  const search = {
    q: 'denied',
    actor: 'a1',
    operation: 'servers.create',
    result: 'denied',
    risk: 'high',
    severity: 'warning',
    text: 'no grant',
    resource: 'r1',
    environment: 'prod',
    ip: '192.0.2.1',
    request: 'q1',
    target: 't1',
    change: 'c1',
    range: '24h',
    open: 'e1',
  } as const;
  expect(auditSearch(search)).toEqual(search);
});

test('no address makes the page fail, and reading it again changes nothing', () => {
  const names = ['q', 'actor', 'operation', 'result', 'risk', 'target', 'change', 'range', 'from', 'to', 'open'];
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))), (raw) => {
      const search = auditSearch(raw);
      expect(auditSearch({ ...search })).toEqual(search);
    }),
  );
});

test('moments are kept as RFC 3339 in UTC, and what is none is left out', () => {
  expect(auditSearch({ from: '2026-11-20T10:00+01:00', to: 'soon' })).toEqual({ from: '2026-11-20T09:00:00.000Z' });
});

test('the list is asked with its own names; a range begins at a whole minute, so that the question stays the same', () => {
  expect(urlOf('/audit/entries', auditQuery({ actor: 'a1', target: 't1', change: 'c1', range: '1h' }, NOW))).toBe(
    '/api/v1/audit/entries?actorId=a1&targetId=t1&changeId=c1&from=2026-11-20T11%3A34%3A00.000Z',
  );
  expect(auditQuery({ range: '1h' }, NOW)).toEqual(auditQuery({ range: '1h' }, NOW + 3_000));
});

test('a period of one’s own comes before a range, a single letter is no search yet, and the open entry is no filter', () => {
  expect(auditQuery({ range: '7d', from: '2026-01-01T00:00:00.000Z', q: 'x', open: 'e' }, NOW)).toMatchObject({
    from: '2026-01-01T00:00:00.000Z',
    q: undefined,
  });
  expect(auditQuery({ open: 'e' }, NOW)).not.toHaveProperty('open');
  expect(isFiltered({ open: 'e' })).toBe(false);
  expect(isFiltered({ risk: 'high' })).toBe(true);
});

test('steps are told in the order of the Gate, however they are stored', () => {
  expect(inGateOrder({ run: 1, plan: 2, authenticate: 3, policy: 4, later: 5, rateLimit: 6 }).map(([step]) => step)).toEqual([
    'authenticate',
    'rateLimit',
    'policy',
    'plan',
    'run',
    'later',
  ]);
});
