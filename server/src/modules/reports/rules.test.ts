import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Row } from './kind.ts';
import { groupChanges, quantile, spread } from './rules.ts';
import type { GroupBy } from './schemas.ts';

const row = (over: Row = {}): Row => ({
  time: '2026-10-05T10:00:00.000Z', user: 'Ada', email: 'ada@acme.example', operation: 'servers.resize', targets: ['server:web-1'], risk: 'write', result: 'succeeded',
  approvers: [], approvedAt: null, approvalSeconds: null, emergency: false, rollback: null, ...over,
}); // prettier-ignore
const grouped = (by: GroupBy, rows: readonly Row[]): Row[] => {
  const fold = groupChanges(by);
  for (const one of rows) fold.add(one);
  return fold.rows();
};

describe('Changes by group', () => {
  test('each user, target, operation or day has one row, in order, with what became of its Changes', () => {
    const rows = [
      row({ approvers: ['Bo'], approvedAt: '2026-10-05T11:00:00.000Z', approvalSeconds: 3600, risk: 'high' }),
      row({ user: 'Zoe', email: null, result: 'failed', targets: ['server:web-2', 'server:web-1'] }),
      row({ time: '2026-10-06T00:00:00.000Z', operation: 'dns.createZone', result: 'rejected' }),
      row({ result: 'open', emergency: true, rollback: 'by CHG-9' }),
    ];
    expect(grouped('user', rows)).toEqual([
      { group: 'Ada <ada@acme.example>', changes: 3, succeeded: 1, failed: 0, refused: 1, open: 1, rolledBack: 1, highRisk: 1, emergencies: 1, approved: 1, medianApprovalSeconds: 3600 },
      { group: 'Zoe', changes: 1, succeeded: 0, failed: 1, refused: 0, open: 0, rolledBack: 0, highRisk: 0, emergencies: 0, approved: 0, medianApprovalSeconds: null },
    ]); // prettier-ignore
    expect(grouped('target', rows).map(({ group, changes }) => [group, changes])).toEqual([['server:web-1', 4], ['server:web-2', 1]]); // prettier-ignore
    expect(grouped('day', rows).map(({ group, changes }) => [group, changes])).toEqual([['2026-10-05', 3], ['2026-10-06', 1]]); // prettier-ignore
    expect(grouped('operation', rows).map(({ group }) => group)).toEqual(['dns.createZone', 'servers.resize']);
  });

  test('no Change is lost or counted twice, and the order of rows does not matter', () => {
    const any = fc.record({
      user: fc.constantFrom('Ada', 'Bo', 'Cy'),
      result: fc.constantFrom('succeeded', 'failed', 'rejected', 'open', 'rolled_back', 'expired'),
      time: fc.constantFrom('2026-10-05T10:00:00.000Z', '2026-10-06T10:00:00.000Z'),
      approvalSeconds: fc.option(fc.nat(9_999)),
    });
    fc.assert(
      fc.property(fc.array(any), fc.constantFrom('user', 'operation', 'day'), (changes, by) => {
        const rows = changes.map((change) => row(change));
        const found = grouped(by, rows);
        const sum = (key: string) => found.reduce((total, one) => total + Number(one[key]), 0);
        expect(sum('changes')).toBe(rows.length);
        expect(sum('succeeded') + sum('failed') + sum('refused') + sum('open')).toBe(rows.length);
        expect(grouped(by, rows.toReversed())).toEqual(found);
      }),
    );
  });
});

test('a quantile is one of the values, and none of nothing', () => {
  expect([quantile([], 0.5), quantile([5], 0.9), quantile([4, 1, 3, 2], 0.5), quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)]).toEqual([
    null,
    5,
    2,
    9,
  ]);
});

test('times lie in one class each, whatever they are', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(200_000)), (seconds) => {
      const { classes, median, p90 } = spread(seconds);
      expect(classes.reduce((sum, { count }) => sum + count, 0)).toBe(seconds.length);
      expect(median === null).toBe(seconds.length === 0);
      expect((p90 ?? 0) >= (median ?? 0)).toBe(true);
    }),
  );
  expect(spread([0, 10, 11, 90_000]).classes.filter(({ count }) => count > 0)).toEqual([{ upTo: 10, count: 2 }, { upTo: 60, count: 1 }, { upTo: null, count: 1 }]); // prettier-ignore
});
