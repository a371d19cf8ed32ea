import { describe, expect, test } from 'vitest';
import { compare, type KnownServer } from './drift.ts';
import type { ObservedServer } from './providers/port.ts';
import { catalog } from './providers/simulated/catalog.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const CATALOG = catalog(NOW.getTime());
const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1_000);

const row = (n: number, more: Partial<KnownServer> = {}): KnownServer => ({
  id: `id-${n}`,
  name: `web-${n}`,
  externalId: String(n),
  status: 'running',
  environment: 'dev',
  desired: { name: `web-${n}`, size: 'std-1', labels: {}, protected: false, power: 'on' },
  changeId: null,
  changedAt: null,
  missedAt: null,
  monthlyAmount: 400,
  currency: 'EUR',
  observed: null,
  size: 'std-1',
  createdAt: ago(3_600),
  ...more,
});
const seen = (n: number, more: Partial<ObservedServer> = {}): ObservedServer => ({
  externalId: String(n),
  name: `web-${n}`,
  status: 'running',
  region: 'sim-eu-1',
  zone: 'sim-eu-1a',
  size: 'std-1',
  image: 'debian-13',
  diskGb: 20,
  labels: {},
  mark: { id: `id-${n}`, change: 'c' },
  protection: { delete: false },
  publicIpv4: null,
  publicIpv6: null,
  createdAt: ago(3_600).toISOString(),
  sequence: 1,
  ...more,
});
const kinds = (rows: KnownServer[], list: ObservedServer[]) =>
  compare(rows, list, CATALOG, NOW).sightings.map(({ kind, field }) => `${kind}:${field}`);

describe('comparing what is known with what is there', () => {
  test('nothing to say about what is as it should be', () => {
    expect(compare([row(1)], [seen(1)], CATALOG, NOW)).toMatchObject({ missed: [], sightings: [], guarded: false, adopt: [{ row: { id: 'id-1' } }] });
  });
  test('infrastructure 137: Given a size changed outside, then a finding shows before, after, cost effect', () => {
    expect(compare([row(1)], [seen(1, { size: 'std-4' })], CATALOG, NOW).sightings).toMatchObject([
      { kind: 'changed', field: 'size', before: 'std-1', after: 'std-4', costDelta: 1_200, currency: 'EUR', serverId: 'id-1' },
    ]);
  });
  test('infrastructure 140: Given a Change runs on the Resource, then no finding is opened for it, nor for a minute after', () => {
    const other = [seen(1, { size: 'std-4' })];
    expect(kinds([row(1, { changeId: 'c' })], other)).toEqual([]);
    expect(kinds([row(1, { changedAt: ago(59) })], other)).toEqual([]);
    expect(kinds([row(1, { changedAt: ago(61) })], other)).toEqual(['changed:size']);
    expect(compare([row(1, { changeId: 'c' })], [], CATALOG, NOW).missed).toEqual([]);
  });
  test('what was never claimed is unmanaged, what carries our mark without a row an orphan, a second with the mark of a row a duplicate', () => {
    expect(kinds([row(1)], [seen(1), seen(2, { mark: null }), seen(3), seen(4, { mark: { id: 'id-1', change: 'c' } })])).toEqual([
      'unmanaged:existence',
      'orphan:existence',
      'duplicate:existence',
    ]);
  });
  test('infrastructure 139: Given an orphan with our mark, then it is listed with its monthly cost', () => {
    expect(compare([], [seen(9, { size: 'std-8' })], CATALOG, NOW).sightings).toMatchObject([{ kind: 'orphan', costDelta: 4_800, currency: 'EUR' }]);
  });
  test('a row whose answer was lost takes over the server that carries its mark', () => {
    const lost = row(1, { externalId: null, status: 'error' });
    expect(compare([lost], [seen(1)], CATALOG, NOW)).toMatchObject({
      adopt: [{ row: { id: 'id-1' }, observed: { externalId: '1' } }],
      sightings: [],
    });
  });
  test('while its Change is still at work, a server with its mark is neither orphan nor duplicate', () => {
    expect(kinds([row(1, { externalId: null, status: 'requested', changeId: 'c' })], [seen(1)])).toEqual([]);
  });
  test('absent once is noted, absent for a minute is to be confirmed', () => {
    expect(compare([row(1)], [], CATALOG, NOW).missed).toMatchObject([{ confirm: false }]);
    expect(compare([row(1, { missedAt: ago(59) })], [], CATALOG, NOW).missed).toMatchObject([{ confirm: false }]);
    expect(compare([row(1, { missedAt: ago(60) })], [], CATALOG, NOW).missed).toMatchObject([{ confirm: true }]);
  });
  test('what is missing stays a finding until it is seen again', () => {
    expect(kinds([row(1, { status: 'missing' })], [])).toEqual(['missing:existence']);
    expect(compare([row(1, { status: 'missing' })], [seen(1)], CATALOG, NOW)).toMatchObject({ sightings: [], adopt: [{ row: { id: 'id-1' } }] });
  });
  test('when half of four are gone at once, nothing is marked', () => {
    const rows = [1, 2, 3, 4].map((n) => row(n, { missedAt: ago(600) }));
    expect(compare(rows, [seen(1), seen(2)], CATALOG, NOW)).toMatchObject({ guarded: true, missed: [] });
    expect(compare(rows, [seen(1), seen(2), seen(3)], CATALOG, NOW)).toMatchObject({
      guarded: false,
      missed: [{ row: { id: 'id-4' }, confirm: true }],
    });
  });
  test('an older observation never overwrites a newer one', () => {
    expect(compare([row(1, { observed: seen(1, { sequence: 9 }) })], [seen(1, { sequence: 8 })], CATALOG, NOW).adopt).toEqual([]);
  });
});
