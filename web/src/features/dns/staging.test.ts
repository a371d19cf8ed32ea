import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { loadStaged, saveStaged, stagingKey } from './staging-store.ts';
import {
  count,
  discard,
  errorsByEdit,
  movedSince,
  NOTHING,
  overlay,
  stageCreate,
  stageUpdate,
  toChangeSet,
  toggleDelete,
  type NewRecord,
  type Staged,
} from './staging.ts';
import type { DnsRecord } from './types.ts';

const record = (id: string, patch: Partial<DnsRecord> = {}): DnsRecord => ({
  id,
  zoneId: 'z',
  name: 'www.acme.test',
  type: 'A',
  ttl: 3600,
  value: '192.0.2.1',
  comment: null,
  ...patch,
});
const wish = ({ name, type, ttl, value, comment }: DnsRecord, patch: Partial<NewRecord> = {}) => ({ name, type, ttl, value, comment, ...patch });
const fresh = (key: string, patch: Partial<NewRecord> = {}): NewRecord => ({
  key,
  name: 'new.acme.test',
  type: 'A',
  ttl: null,
  value: '192.0.2.9',
  comment: null,
  ...patch,
});
const zone = { id: 'z', defaultTtl: 300 };

test('a new record is shown first and becomes a create without a TTL of its own', () => {
  const staged = stageCreate(NOTHING, fresh('k'));
  expect(overlay([record('a')], staged, zone).map(({ id, staged: mark, ttl }) => [id, mark, ttl])).toEqual([
    ['k', 'added', 300],
    ['a', null, 3600],
  ]);
  expect(toChangeSet(staged)).toEqual({ creates: [{ name: 'new.acme.test', type: 'A', value: '192.0.2.9' }], updates: [], deletes: [] });
});

test('a new record that is staged again under its key replaces itself', () => {
  const staged = stageCreate(stageCreate(NOTHING, fresh('k')), fresh('k', { value: '192.0.2.10' }));
  expect(staged.creates).toEqual([fresh('k', { value: '192.0.2.10' })]);
});

test('only what differs from the record is sent', () => {
  const a = record('a');
  const staged = stageUpdate(NOTHING, a, wish(a, { value: '192.0.2.2' }), 'k');
  expect(toChangeSet(staged).updates).toEqual([{ recordId: 'a', value: '192.0.2.2' }]);
});

test('an edit that leads back to what is there is no edit', () => {
  const a = record('a');
  const changed = stageUpdate(NOTHING, a, wish(a, { value: '192.0.2.2' }), 'k');
  expect(stageUpdate(changed, a, wish(a), 'k')).toEqual(NOTHING);
});

test('a record whose name or type becomes another is deleted and made anew, with its TTL', () => {
  const a = record('a', { ttl: 600 });
  const staged = stageUpdate(NOTHING, a, wish(a, { name: 'web.acme.test', ttl: null }), 'k');
  expect(toChangeSet(staged)).toEqual({
    creates: [{ name: 'web.acme.test', type: 'A', value: '192.0.2.1', ttl: 600, applyToSet: true }],
    updates: [],
    deletes: ['a'],
  });
});

test('deleting takes an edit of the same record away, and asked for again gives the record back', () => {
  const a = record('a');
  const edited = stageUpdate(NOTHING, a, wish(a, { value: '192.0.2.2' }), 'k');
  const deleted = toggleDelete(edited, a);
  expect(count(deleted)).toEqual({ created: 0, changed: 0, removed: 1, all: 1 });
  expect(toggleDelete(deleted, a)).toEqual(NOTHING);
});

test('each edit can be taken back by itself', () => {
  const [a, b] = [record('a'), record('b', { name: 'mail.acme.test' })];
  let staged = stageCreate(NOTHING, fresh('k'));
  staged = stageUpdate(staged, a, wish(a, { comment: 'moves' }), 'k2');
  staged = toggleDelete(staged, b);
  expect(count(staged).all).toBe(3);
  expect(count(discard(staged, 'k'))).toMatchObject({ created: 0, all: 2 });
  expect(count(discard(staged, 'a'))).toMatchObject({ changed: 0, all: 2 });
  expect(count(discard(staged, 'b'))).toMatchObject({ removed: 0, all: 2 });
});

test('a TTL that is changed holds for the whole set, and the other records show that they follow', () => {
  const [a, b] = [record('a'), record('b', { value: '192.0.2.2' })];
  const staged = stageUpdate(NOTHING, a, wish(a, { ttl: 120 }), 'k');
  expect(toChangeSet(staged).updates).toEqual([{ recordId: 'a', ttl: 120, applyToSet: true }]);
  expect(overlay([a, b], staged, zone).map(({ id, ttl, follows, staged: mark }) => [id, ttl, follows, mark])).toEqual([
    ['a', 120, false, 'changed'],
    ['b', 120, true, null],
  ]);
});

test('edits of records that are not read yet are kept and sent', () => {
  const staged = toggleDelete(NOTHING, record('elsewhere'));
  expect(overlay([], staged, zone)).toEqual([]);
  expect(toChangeSet(staged).deletes).toEqual(['elsewhere']);
});

test('refusals of the server land at the edit they are about', () => {
  const a = record('a');
  const staged = toggleDelete(stageCreate(stageCreate(NOTHING, fresh('k1')), fresh('k2')), a);
  const errors = [
    { pointer: '/creates/1/value', message: 'no address.' },
    { pointer: '/deletes/0', message: 'still needed.' },
    { pointer: '/creates/1/name', message: 'bad name.' },
    { pointer: '', message: 'zone is busy.' },
  ];
  expect(errorsByEdit(staged, errors)).toEqual({ k2: 'no address. bad name.', a: 'still needed.', '': 'zone is busy.' });
});

test('a record that someone else has changed since is told apart from one that is not read', () => {
  const [a, b] = [record('a'), record('b')];
  const staged = toggleDelete(stageUpdate(NOTHING, a, wish(a, { comment: 'x' }), 'k'), b);
  expect(movedSince(staged, [record('a', { value: '192.0.2.200' })])).toEqual(['a']);
  expect(movedSince(staged, [a, b])).toEqual([]);
});

const step = fc.oneof(
  fc.record({ act: fc.constant('create' as const), key: fc.constantFrom('k1', 'k2') }),
  fc.record({ act: fc.constant('update' as const), id: fc.constantFrom('a', 'b'), value: fc.constantFrom('192.0.2.1', '192.0.2.2') }),
  fc.record({ act: fc.constant('rename' as const), id: fc.constantFrom('a', 'b'), key: fc.constantFrom('r1', 'r2') }),
  fc.record({ act: fc.constant('delete' as const), id: fc.constantFrom('a', 'b') }),
  fc.record({ act: fc.constant('discard' as const), id: fc.constantFrom('a', 'b', 'k1', 'r1') }),
);
const base = { a: record('a'), b: record('b', { value: '192.0.2.7' }) };

test('whatever one does, a record is never updated and deleted at once, and the counts are what is sent', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const staged = steps.reduce<Staged>((now, each) => {
        if (each.act === 'create') return stageCreate(now, fresh(each.key));
        if (each.act === 'delete') return toggleDelete(now, base[each.id as 'a']);
        if (each.act === 'discard') return discard(now, each.id);
        const before = base[each.id as 'a'];
        if (each.act === 'rename') return stageUpdate(now, before, wish(before, { name: 'other.acme.test' }), each.key);
        return stageUpdate(now, before, wish(before, { value: each.value }), 'k');
      }, NOTHING);
      const { creates, updates, deletes } = toChangeSet(staged);
      expect(Object.keys(staged.updates).filter((id) => id in staged.deletes)).toEqual([]);
      expect(count(staged).all).toBe(creates.length + updates.length + deletes.length);
      expect(new Set(staged.creates.map(({ key }) => key)).size).toBe(creates.length);
    }),
  );
});

beforeEach(() => sessionStorage.clear());

test('staged edits survive a reload of the tab, for their tenant and zone alone', () => {
  const staged = stageCreate(NOTHING, fresh('k'));
  saveStaged(stagingKey('tenant', 'zone'), staged);
  expect(loadStaged(stagingKey('tenant', 'zone'))).toEqual(staged);
  expect(loadStaged(stagingKey('tenant', 'other'))).toEqual(NOTHING);
  expect(loadStaged(stagingKey('other', 'zone'))).toEqual(NOTHING);
});

test('nothing staged leaves nothing behind, and what cannot be read counts as nothing', () => {
  const key = stagingKey('tenant', 'zone');
  saveStaged(key, stageCreate(NOTHING, fresh('k')));
  saveStaged(key, NOTHING);
  expect(sessionStorage.length).toBe(0);
  for (const text of ['', '{', '[]', 'null', '{"creates":3}']) {
    sessionStorage.setItem(key, text);
    expect(loadStaged(key)).toEqual(NOTHING);
  }
});
