import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Problem } from '#lib/problem.ts';
import { digLine, serverOf } from './dig.ts';
import { zoneSearch, zonesSearch } from './filters.ts';
import { asChanges } from './history-tab.tsx';
import { faultsIn } from './import-faults.tsx';
import { isSettled, overall, type CheckReport, type CheckRow } from './propagation.ts';
import { lineOf, lineStarts, offsetOf } from './lines.ts';

test('the dig line asks where the connection says, and leaves the usual port out', () => {
  const zone = { nameservers: ['ns1.acme.test'], provider: 'embedded' as const };
  expect(serverOf(zone, { config: {}, identity: '127.0.0.1:8453' })).toEqual({ host: '127.0.0.1', port: 8453 });
  expect(serverOf(zone, { config: {}, identity: '[::1]:8453' })).toEqual({ host: '::1', port: 8453 });
  expect(serverOf(zone, undefined)).toBeNull();
  expect(serverOf({ ...zone, provider: 'rfc2136' }, { config: { server: 'ns.example.net', port: 53 }, identity: null })).toEqual({
    host: 'ns.example.net',
    port: 53,
  });
  expect(digLine({ host: '127.0.0.1', port: 8453 }, 'www.acme.test', 'A')).toBe('dig @127.0.0.1 -p 8453 www.acme.test A');
  expect(digLine({ host: 'ns.example.net', port: 53 }, 'acme.test', 'SOA')).toBe('dig @ns.example.net acme.test SOA');
});

test('what of a zone is shown is read from the address, and nothing else', () => {
  expect(zoneSearch({ tab: 'history', ask: 'import', q: 10, type: 'MX', name: 'www', other: 1 })).toEqual({
    tab: 'history',
    ask: 'import',
    q: '10',
    type: 'MX',
    name: 'www',
  });
  expect(zoneSearch({ tab: 'nothing', type: 'a b', ask: 'drop' })).toEqual({});
  expect(zonesSearch({ q: ' acme ', environment: 'prod' })).toEqual({ q: 'acme', environment: 'prod' });
});

test('errors of a zone file carry their place, told beside them or in their words', () => {
  const errors = [
    { pointer: '/zonefile', message: 'line 3, column 11: not an address', line: 3, column: 11 },
    { pointer: '/zonefile', message: 'line 7: an alias must be alone' },
    { pointer: '', message: 'too large' },
  ];
  expect(faultsIn(new Problem({ type: 'x', title: 'x', status: 422, errors }))).toEqual([
    { line: 3, column: 11, message: 'not an address' },
    { line: 7, column: 1, message: 'an alias must be alone' },
    { line: null, column: 1, message: 'too large' },
  ]);
});

test('a line and column lead to a place in the text, and never beyond their line', () => {
  const text = 'one\ntwo\n\nfour';
  expect(offsetOf(text, 1, 1)).toBe(0);
  expect(offsetOf(text, 2, 2)).toBe(5);
  expect(offsetOf(text, 2, 99)).toBe(7);
  expect(offsetOf(text, 3, 1)).toBe(8);
  expect(offsetOf(text, 99, 1)).toBe(text.length);
});

test('the lines of a text are found by number, whatever ends them', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z ]{0,8}$/)), fc.constantFrom('\n', '\r\n'), (lines, end) => {
      const text = lines.join(end);
      const starts = lineStarts(text);
      expect(starts).toHaveLength(Math.max(1, lines.length));
      for (const [i, line] of lines.entries()) expect(lineOf(text, starts, i + 1)).toBe(line);
      expect(lineOf(text, starts, starts.length + 1)).toBe('');
    }),
  );
});

const row = (verdict: CheckRow['verdict']): CheckRow => ({
  role: 'authoritative',
  host: 'ns1',
  address: '192.0.2.1',
  verdict,
  serial: 1,
  values: [],
  ttl: null,
  until: null,
  authenticated: false,
  tcp: false,
  ms: 1,
  reason: null,
});
const report = (authoritative: number | null, resolvers: number | null, rows: CheckRow[]): CheckReport => ({
  name: 'acme.test',
  type: 'A',
  serial: 1,
  percent: { authoritative, resolvers },
  expectedBy: null,
  rows,
});

test('a change is everywhere when all that were asked say so; nobody asked is nobody behind', () => {
  expect(isSettled(report(100, null, []))).toBe(true);
  expect(isSettled(report(100, 50, []))).toBe(false);
  expect(overall(report(null, null, []))).toBe(0);
  expect(overall(report(66, null, [row('in_sync'), row('in_sync'), row('old_serial')]))).toBe(66);
});

test('a difference between versions reads like a plan', () => {
  expect(
    asChanges([
      { name: 'www.acme.test', type: 'A', before: { ttl: 60, values: ['192.0.2.1'] }, after: { ttl: 60, values: ['192.0.2.1', '192.0.2.2'] } },
      { name: 'old.acme.test', type: 'TXT', before: { ttl: 60, values: ['"x"'] }, after: null },
    ]),
  ).toEqual([
    {
      action: 'update',
      type: 'dnsRecordSet',
      name: 'www.acme.test A',
      fields: [{ path: 'values', before: '192.0.2.1', after: '192.0.2.1\n192.0.2.2' }],
    },
    {
      action: 'delete',
      type: 'dnsRecordSet',
      name: 'old.acme.test TXT',
      fields: [
        { path: 'ttl', before: 60, after: null },
        { path: 'values', before: '"x"', after: null },
      ],
    },
  ]);
});
