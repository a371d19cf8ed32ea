import { expect, test } from 'vitest';
import type { ManifestOperation } from '#lib/schema.ts';
import { listFor } from './pickers.tsx';

const list = (name: string, path: string, required: string[] = []): ManifestOperation => ({
  name,
  path,
  summary: '',
  group: '',
  risk: 'read',
  permission: 'x:read',
  method: 'GET',
  input: { type: 'object', properties: {}, required },
});
const all = [
  list('servers.list', '/api/v1/servers'),
  list('clouds.list', '/api/v1/cloud-providers'),
  list('dns.listZones', '/api/v1/dns/zones'),
  list('dns.listRecords', '/api/v1/dns/zones/{id}/records', ['id']),
  list('members.list', '/api/v1/members'),
];
const name = (field: string, { hint, path = '/api/v1/servers/{id}/reboot' }: { hint?: unknown; path?: string } = {}) =>
  listFor(field, hint, { path }, all)?.name ?? null;

test('an id is chosen from the collection that the path names', () => {
  expect(name('id')).toBe('servers.list');
  expect(name('id', { path: '/api/v1/dns/zones/{id}/import' })).toBe('dns.listZones');
});
test('a field is chosen from the resource that it names', () => {
  expect([name('zoneId'), name('serverIds'), name('connectionId')]).toEqual(['dns.listZones', 'servers.list', 'clouds.list']);
});
test('a hint in the schema wins over the name', () => {
  expect(name('subjectId', { hint: 'member' })).toBe('members.list');
});
test('a list that needs something first is not offered', () => {
  expect([name('recordId'), name('id', { path: '/api/v1/dns/records/{id}' })]).toEqual([null, null]);
});
test('a field that points at nothing stays a text field', () => {
  expect([name('comment'), name('validId')]).toEqual([null, null]);
});
