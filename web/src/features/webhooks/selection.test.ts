import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressFault } from './address.ts';
import { spanFault } from './replay-dialog.tsx';
import { countOf, found, groupsOf, groupState, isChosen, toggleGroup, toggleType } from './selection.ts';

const NAMES = ['server.created', 'server.deleted', 'dns.zone.created', 'dns.zone.deleted', 'dns.rrset.changed', 'apiKey.expiring'];
const groups = groupsOf(NAMES.map((type) => ({ type, summary: `Something about ${type.split('.').join(' ')}` })));
const dns = groups.find(({ resource }) => resource === 'dns')!;
const server = groups.find(({ resource }) => resource === 'server')!;

test('the catalogue is a tree by resource, in order', () => {
  expect(groups.map(({ resource, types }) => [resource, types.length])).toEqual([['apiKey', 1], ['dns', 3], ['server', 2]]); // prettier-ignore
});

test('a whole resource is one pattern, and part of it is named', () => {
  const all = toggleGroup([], server, groups);
  expect([all, groupState(all, server)]).toEqual([['server.*'], true]);
  const rest = toggleType(all, 'server.deleted', groups);
  expect([rest, groupState(rest, server)]).toEqual([['server.created'], 'indeterminate']);
  expect(toggleGroup(rest, server, groups)).toEqual(['server.*']);
  expect(toggleGroup(all, server, groups)).toEqual([]);
});

test('taking one out of everything leaves all others, and of what will come all other resources', () => {
  expect(toggleType(['*'], 'server.deleted', groups)).toEqual(['apiKey.*', 'dns.*', 'server.created']);
  expect(toggleGroup(['*'], dns, groups)).toEqual(['apiKey.*', 'server.*']);
});

test('narrower patterns of the command line are understood', () => {
  expect(groupState(['dns.zone.*'], dns)).toBe('indeterminate');
  expect(isChosen(['dns.zone.*'], 'dns.rrset.changed')).toBe(false);
  expect(toggleType(['dns.zone.*'], 'dns.zone.deleted', groups)).toEqual(['dns.zone.created']);
});

test('a press on a type changes that type and no other, whatever was chosen before', () => {
  const patterns = fc.uniqueArray(fc.constantFrom('*', 'server.*', 'dns.*', 'dns.zone.*', 'apiKey.*', ...NAMES));
  fc.assert(
    fc.property(patterns, fc.constantFrom(...NAMES), (before, type) => {
      const after = toggleType(before, type, groups);
      for (const name of NAMES)
        expect([name, isChosen(after, name)]).toEqual([name, name === type ? !isChosen(before, name) : isChosen(before, name)]);
      expect(Math.abs(countOf(after, groups) - countOf(before, groups))).toBe(1);
    }),
  );
});

test('what is typed finds types by name and by description', () => {
  expect(found(groups, 'zone').map(({ types }) => types.map(({ type }) => type))).toEqual([['dns.zone.created', 'dns.zone.deleted']]);
  expect(found(groups, ' ')).toHaveLength(3);
  expect(found(groups, 'nothing like it')).toEqual([]);
});

test('an address is judged while it is typed', () => {
  expect(['https://hooks.example.com/switchyard', 'https://hooks.example.com:8443/x?y=1', 'http://127.0.0.1:9000/hook'].map(addressFault)).toEqual([
    null,
    null,
    null,
  ]);
  expect(['hooks.example.com', '', 'https://'].map(addressFault)).toEqual(['none', 'none', 'none']);
  expect(addressFault('ftp://hooks.example.com')).toBe('scheme');
  expect(addressFault('https://me:secret@hooks.example.com')).toBe('credentials');
  expect(addressFault('https://hooks.example.com/#part')).toBe('fragment');
  expect(['https://hooks.example.com:22', 'https://hooks.example.com:25'].map(addressFault)).toEqual(['port', 'port']);
});

test('a span of time to replay begins in the past, before its end, and is at most seven days long', () => {
  const [now, day] = [Date.UTC(2026, 10, 20), 86_400_000];
  expect([spanFault(null, null, now), spanFault(now + 1, null, now), spanFault(now - day, now - 2 * day, now)]).toEqual(['empty', 'empty', 'empty']);
  expect([spanFault(now - 7 * day, null, now), spanFault(now - 9 * day, now - 3 * day, now)]).toEqual([null, null]);
  expect(spanFault(now - 7 * day - 1, null, now)).toBe('long');
});
