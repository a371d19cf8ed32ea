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
  list('cloudProviders.list', '/api/v1/cloud-providers'),
  list('zones.list', '/api/v1/dns/zones'),
  list('records.list', '/api/v1/dns/zones/{id}/records', ['id']),
  list('members.list', '/api/v1/members'),
];
const name = (field: string, hint?: unknown, operation = 'servers.reboot') => listFor(field, hint, { name: operation }, all)?.name ?? null;

test('an id is chosen from the operation’s own resource', () => {
  expect(name('id')).toBe('servers.list');
});
test('a field is chosen from the resource that it names', () => {
  expect([name('zoneId'), name('serverIds'), name('connectionId')]).toEqual(['zones.list', 'servers.list', 'cloudProviders.list']);
});
test('a hint in the schema wins over the name', () => {
  expect(name('subjectId', 'member')).toBe('members.list');
});
test('a list that needs something first is not offered', () => {
  expect([name('recordId'), name('id', undefined, 'records.update')]).toEqual([null, null]);
});
test('a field that points at nothing stays a text field', () => {
  expect([name('comment'), name('validId')]).toEqual([null, null]);
});
