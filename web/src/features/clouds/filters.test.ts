import fc from 'fast-check';
import { expect, test } from 'vitest';
import { urlOf } from '#lib/api.ts';
import { chosen, isFiltered, serverSearch, serversQuery, serversSearch } from './filters.ts';
import { parseLabels, labelsText } from './labels.ts';
import { SERVER_STATUSES } from './types.ts';

test('the address of a view and the view lead to each other', () => {
  const search = {
    q: 'web',
    status: 'running',
    environment: 'prod',
    region: 'sim-eu-1',
    labels: 'role=web,tier!=db',
    drift: true,
    sort: '-cost',
  } as const;
  expect(serversSearch(search)).toEqual(search);
  expect(serversSearch(JSON.parse(JSON.stringify(search)))).toEqual(search);
});

test('a number or a word that the router took for something else is a text again', () => {
  expect(serversSearch({ q: 10, environment: true })).toEqual({ q: '10', environment: 'true' });
});

test('what is unknown or empty in an address is left out', () => {
  expect(serversSearch({ q: '  ', status: 'melting', sort: 'colour', drift: 'yes', region: null, labels: ['a'] })).toEqual({});
});

test('no address makes the page fail, and reading it again changes nothing', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('q', 'status', 'environment', 'region', 'connection', 'labels', 'drift', 'sort'), fc.anything()),
      (raw) => {
        const search = serversSearch(raw);
        expect(serversSearch({ ...search })).toEqual(search);
      },
    ),
  );
});

test('the list is asked with its own names, by name unless another order was chosen', () => {
  const query = serversQuery({ labels: 'role=web', connection: 'c1', drift: true, status: 'stopped' });
  expect(urlOf('/servers', query)).toBe('/api/v1/servers?status=stopped&sort=name&connectionId=c1&labelSelector=role%3Dweb&drift=open');
  expect(urlOf('/servers', serversQuery({ sort: '-cost' }))).toBe('/api/v1/servers?sort=-cost');
});

test('choosing adds to the view, and choosing nothing takes away', () => {
  expect(chosen({ q: 'web', region: 'r' }, { region: undefined, status: 'error' })).toEqual({ q: 'web', status: 'error' });
  expect(chosen({ drift: true }, { drift: false })).toEqual({});
  expect(isFiltered({ sort: 'name' })).toBe(false);
  expect(isFiltered({ sort: 'name', drift: true })).toBe(true);
});

test('a server page opens the tab and the question that its address names', () => {
  expect(serverSearch({ tab: 'audit', ask: 'resize' })).toEqual({ tab: 'audit', ask: 'resize' });
  expect(serverSearch({ tab: 'nothing', ask: 'explode' })).toEqual({});
  expect(SERVER_STATUSES).toContain('pending_delete');
});

test('labels are read from words and written as such', () => {
  expect(parseLabels('role=web, team=shop  backup')).toEqual({ labels: { role: 'web', team: 'shop', backup: '' }, fault: null });
  expect(labelsText({ role: 'web', backup: '' })).toBe('role=web backup=');
  expect(parseLabels(labelsText({ role: 'web', 'acme.test/tier': 'db' })).labels).toEqual({ role: 'web', 'acme.test/tier': 'db' });
});

test('a label that the server would refuse is told at once', () => {
  for (const text of ['=x', 'a b=c d', 'ä=1', 'a=ü', 'switchyard-id=1', `a=${'x'.repeat(64)}`])
    expect([text, parseLabels(text).fault === null]).toEqual([text, text === 'a b=c d']);
  expect(parseLabels(Array.from({ length: 33 }, (_, i) => `k${i}=1`).join(' ')).fault).not.toBeNull();
});
