import { describe, expect, test } from 'vitest';
import { stage, type Edits } from './edits.ts';
import { highRisk } from './risk.ts';
import { applyChanges, diffSets, invert, isMassChange, recordsOf, toSets, touchedPercent, type Sets } from './sets.ts';
import { warningsFor } from './warnings.ts';

const ZONE = { name: 'example.test', defaultTtl: 3600 };
let made = 0;
const zone = (...lines: string[]): Sets =>
  toSets(
    lines.map((line) => {
      const [, owner, type, value] = /^(\S+) (\S+) (.+)$/.exec(line)!;
      return {
        id: `${owner}/${type}/${value}`,
        name: owner === '@' ? 'example.test' : `${owner}.example.test`,
        type: type!,
        ttl: 3600,
        value: value!,
        comment: null,
      };
    }),
  );
const NS = '@ NS ns1.example.net.';
const pointer = (kind: keyof Edits, index: number): string => `/${kind}/${index}`;
const edit = (before: Sets, edits: Partial<Edits>) =>
  stage(ZONE, before, { creates: [], updates: [], deletes: [], ...edits }, pointer, () => `new-${++made}`);
const lines = (sets: Sets): string[] => recordsOf(sets).map(({ name, type, ttl, value }) => `${name} ${ttl} ${type} ${value}`).sort(); // prettier-ignore

describe('what a zone may hold', () => {
  test('infrastructure 90: Given www has an A record, when a CNAME is created, then 409 `cname-conflict`, whatever the provider would accept', () => {
    const { faults } = edit(zone(NS, 'www A 192.0.2.1'), { creates: [{ name: 'www', type: 'CNAME', value: 'other.example.net' }] });
    expect(faults).toMatchObject([{ slug: 'cname-conflict', pointer: '/creates/0' }]);
  });

  test('infrastructure 91: Given A value `not-an-ip`, then 422 record-invalid with a pointer', () => {
    const { faults } = edit(zone(NS), { creates: [{ name: 'www', type: 'A', value: 'not-an-ip' }] });
    expect(faults).toMatchObject([{ slug: 'record-invalid', pointer: '/creates/0/value' }]);
  });

  test('infrastructure 93: Given MX with an address as host, then 422', () => {
    const { faults } = edit(zone(NS), { creates: [{ name: '@', type: 'MX', value: '10 192.0.2.1' }] });
    expect(faults).toMatchObject([{ slug: 'record-invalid', pointer: '/creates/0/value', message: expect.stringContaining('not an address') }]);
  });

  test('infrastructure 95: Given a record TTL other than its set, then 422 `ttl-mismatch` unless applyToSet', () => {
    const before = zone(NS, 'www A 192.0.2.1');
    const create = { name: 'www', type: 'A', value: '192.0.2.2', ttl: 600 };
    expect(edit(before, { creates: [create] }).faults).toMatchObject([{ slug: 'ttl-mismatch', pointer: '/creates/0/ttl' }]);
    const { after, faults } = edit(before, { creates: [{ ...create, applyToSet: true }] });
    expect(faults).toEqual([]);
    expect(lines(after)).toEqual(['example.test 3600 NS ns1.example.net.', 'www.example.test 600 A 192.0.2.1', 'www.example.test 600 A 192.0.2.2']);
  });

  test('a record without a TTL takes that of its set, or the default of the zone', () => {
    const before = toSets([{ id: '1', name: 'www.example.test', type: 'A', ttl: 60, value: '192.0.2.1', comment: null }]);
    const { after } = edit(before, { creates: [{ name: 'www', type: 'A', value: '192.0.2.2' }, { name: 'new', type: 'A', value: '192.0.2.2' }] }); // prettier-ignore
    expect(lines(after)).toEqual(['new.example.test 3600 A 192.0.2.2', 'www.example.test 60 A 192.0.2.1', 'www.example.test 60 A 192.0.2.2']);
  });

  test('the only record of a set may change its TTL, and all of a set together', () => {
    const before = zone(NS, 'one A 192.0.2.1', 'two A 192.0.2.1', 'two A 192.0.2.2');
    const ids = recordsOf(before).filter(({ type }) => type === 'A').map(({ id }) => id); // prettier-ignore
    expect(edit(before, { updates: ids.map((recordId) => ({ recordId, ttl: 900 })) }).faults).toEqual([]);
    expect(edit(before, { updates: [{ recordId: ids[1]!, ttl: 900 }] }).faults).toMatchObject([{ slug: 'ttl-mismatch' }]);
  });

  test.each<[string, string[], Partial<Edits>, RegExp]>([
    ['a CNAME at the top', [NS], { creates: [{ name: '@', type: 'CNAME', value: 'a.example.net' }] }, /SOA and NS/],
    ['data beside a CNAME', [NS, 'www CNAME a.example.net.'], { creates: [{ name: 'www', type: 'TXT', value: 'x' }] }, /alone/],
    ['a second CNAME', [NS, 'www CNAME a.example.net.'], { creates: [{ name: 'www', type: 'CNAME', value: 'b.example.net' }] }, /one name only/],
    ['an alias of itself', [NS], { creates: [{ name: 'www', type: 'CNAME', value: 'www.example.test' }] }, /of itself/],
    [
      'a circle',
      [NS, 'a CNAME b.example.test.', 'b CNAME c.example.test.'],
      { creates: [{ name: 'c', type: 'CNAME', value: 'a.example.test' }] },
      /circle/,
    ],
    [
      'a chain of nine',
      [NS, ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `c${n} CNAME c${n + 1}.example.test.`)],
      { creates: [{ name: 'c0', type: 'CNAME', value: 'c1.example.test' }] },
      /more than 8/,
    ],
    ['MX to an alias', [NS, 'mail CNAME a.example.net.'], { creates: [{ name: '@', type: 'MX', value: '10 mail.example.test' }] }, /alias/],
    [
      'an alias where MX points',
      [NS, 'mail A 192.0.2.1', '@ MX 10 mail.example.test.'],
      { deletes: ['mail/A/192.0.2.1'], creates: [{ name: 'mail', type: 'CNAME', value: 'a.example.net' }] },
      /alias/,
    ],
    ['MX to nothing', [NS], { creates: [{ name: '@', type: 'MX', value: '10 mail.example.test' }] }, /no A or AAAA/],
    [
      'taking the address from under an MX',
      [NS, 'mail A 192.0.2.1', '@ MX 10 mail.example.test.'],
      { deletes: ['mail/A/192.0.2.1'] },
      /no A or AAAA/,
    ],
    ['a null MX with others', [NS, '@ MX 10 mail.example.net.'], { creates: [{ name: '@', type: 'MX', value: '0 .' }] }, /null MX/],
    ['SRV without service', [NS], { creates: [{ name: 'sip', type: 'SRV', value: '0 0 5060 sip.example.net' }] }, /_service/],
    ['DS at the top', [NS], { creates: [{ name: '@', type: 'DS', value: `1 8 2 ${'ab'.repeat(32)}` }] }, /parent/],
    ['a wildcard delegation', [NS], { creates: [{ name: '*', type: 'NS', value: 'ns1.example.net' }] }, /wildcard/],
    ['the last NS', [NS], { deletes: ['@/NS/ns1.example.net.'] }, /at least one NS/],
    ['the same record twice', [NS, 'www A 192.0.2.1'], { creates: [{ name: 'www', type: 'A', value: '192.0.2.1' }] }, /already/],
    ['an unknown record', [NS], { deletes: ['nope'] }, /no record nope/],
    ['SOA', [NS], { creates: [{ name: '@', type: 'SOA', value: 'a. b. 1 2 3 4 5' }] }, /kept by the server/],
    ['a name of another zone', [NS], { creates: [{ name: 'www.example.org.', type: 'A', value: '192.0.2.1' }] }, /not in the zone/],
  ])('%s is refused', (_what, records, edits, why) => {
    const { faults } = edit(zone(...records), edits);
    expect(faults).toHaveLength(1);
    expect(faults[0]!.message).toMatch(why);
  });

  test.each<[string, string[], Partial<Edits>]>([
    ['a CNAME replaced by an address in one change', [NS, 'www CNAME a.example.net.'], { deletes: ['www/CNAME/a.example.net.'], creates: [{ name: 'www', type: 'A', value: '192.0.2.1' }] }],
    ['MX and its host in one change', [NS], { creates: [{ name: '@', type: 'MX', value: '10 mail.example.test' }, { name: 'mail', type: 'A', value: '192.0.2.1' }] }],
    ['MX to a host that a wildcard gives an address', [NS, '* A 192.0.2.1'], { creates: [{ name: '@', type: 'MX', value: '10 mail.example.test' }] }],
    ['a null MX alone', [NS], { creates: [{ name: '@', type: 'MX', value: '0 .' }] }],
    ['a delegation with glue', [NS], { creates: [{ name: 'sub', type: 'NS', value: 'ns.sub.example.test' }, { name: 'ns.sub', type: 'A', value: '192.0.2.1' }] }],
    ['another name server for the last one', [NS], { deletes: ['@/NS/ns1.example.net.'], creates: [{ name: '@', type: 'NS', value: 'ns2.example.net' }] }],
    ['a chain of eight', [NS, ...[1, 2, 3, 4, 5, 6, 7].map((n) => `c${n} CNAME c${n + 1}.example.test.`)], { creates: [{ name: 'c0', type: 'CNAME', value: 'c1.example.test' }] }],
  ])('%s is possible', (_what, records, edits) => expect(edit(zone(...records), edits).faults).toEqual([])); // prettier-ignore

  test('what was wrong before does not stand in the way of another change', () => {
    const broken = zone(NS, '@ MX 10 gone.example.test.', 'www CNAME a.example.net.', 'www TXT "x"');
    expect(edit(broken, { creates: [{ name: 'new', type: 'A', value: '192.0.2.1' }] }).faults).toEqual([]);
  });

  test('all faults of a change set are told at once', () => {
    const { faults } = edit(zone(NS), { creates: [{ name: 'a b', type: 'A', value: 'x' }, { name: 'ok', type: 'NOPE', value: '1' }, { name: 'ok', type: 'AAAA', value: '::g' }], deletes: ['nope'] }); // prettier-ignore
    expect(faults.map((fault) => fault.pointer)).toEqual([
      '/deletes/0',
      '/creates/0/name',
      '/creates/0/value',
      '/creates/1/type',
      '/creates/2/value',
    ]);
  });
});

describe('what a change is', () => {
  const before = zone(NS, 'a A 192.0.2.1', 'b A 192.0.2.2', 'c TXT "x"');

  test('a difference leads there and back', () => {
    const { after } = edit(before, {
      deletes: ['a/A/192.0.2.1'],
      updates: [{ recordId: 'b/A/192.0.2.2', value: '192.0.2.9' }],
      creates: [{ name: 'd', type: 'A', value: '192.0.2.4' }],
    });
    const changes = diffSets(before, after);
    expect(changes.map(({ name, before: from, after: to }) => `${name} ${from ? '-' : ''}${to ? '+' : ''}`)).toEqual([
      'a.example.test -',
      'b.example.test -+',
      'd.example.test +',
    ]);
    expect(lines(applyChanges(before, changes))).toEqual(lines(after));
    expect(lines(applyChanges(after, invert(changes)))).toEqual(lines(before));
    expect(diffSets(after, after)).toEqual([]);
  });

  test('a record keeps its id when its value changes', () => {
    const { after } = edit(before, { updates: [{ recordId: 'b/A/192.0.2.2', value: '192.0.2.9' }] });
    expect(recordsOf(after).find(({ id }) => id === 'b/A/192.0.2.2')?.value).toBe('192.0.2.9');
  });

  test('a new comment is a change, but nothing for the server and no risk', () => {
    const wild = zone(NS, '* A 192.0.2.1');
    const { after } = edit(wild, { updates: [{ recordId: '*/A/192.0.2.1', comment: 'why' }] });
    const changes = diffSets(wild, after);
    expect(changes).toHaveLength(1);
    expect(highRisk('example.test', wild, changes)).toEqual([]);
  });

  test.each<[string, Partial<Edits>, boolean]>([
    ['an address', { creates: [{ name: 'x', type: 'A', value: '192.0.2.1' }] }, false],
    ['MX below the top', { creates: [{ name: 'x', type: 'MX', value: '10 mail.example.net' }] }, false],
    ['MX at the top', { creates: [{ name: '@', type: 'MX', value: '10 mail.example.net' }] }, true],
    ['NS at the top', { creates: [{ name: '@', type: 'NS', value: 'ns2.example.net' }] }, true],
    ['a wildcard', { creates: [{ name: '*.x', type: 'A', value: '192.0.2.1' }] }, true],
    ['a delegation', { creates: [{ name: 'x', type: 'NS', value: 'ns2.example.net' }] }, true],
    ['CAA', { creates: [{ name: 'x', type: 'CAA', value: '0 issue ";"' }] }, true],
  ])('%s: high risk is said as it is', (_what, edits, high) => {
    expect(highRisk('example.test', before, diffSets(before, edit(before, edits).after)).length > 0).toBe(high);
  });

  test('infrastructure 96: Given a change set deleting 40 % of 50 RRsets, then risk is high and `mass-change` must be confirmed', () => {
    const big = zone(NS, ...Array.from({ length: 49 }, (_, n) => `h${n} A 192.0.2.1`));
    const deleting = (count: number) => diffSets(big, edit(big, { deletes: Array.from({ length: count }, (_, n) => `h${n}/A/192.0.2.1`) }).after);
    expect(touchedPercent(big, deleting(20))).toBe(40);
    expect(isMassChange(big, deleting(20))).toBe(true);
    expect(highRisk('example.test', big, deleting(20))).toEqual(['changes or deletes 40 % of the zone']);
    expect(isMassChange(big, deleting(15))).toBe(false);
    expect(isMassChange(before, diffSets(before, zone(NS)))).toBe(false); // fewer than ten sets
  });
});

describe('what is advised against', () => {
  const warn = (name: string, edits: Partial<Edits>, records: string[] = [NS]): string[] => {
    const before = zone(...records);
    const { after } = edit(before, edits);
    return warningsFor(name, diffSets(before, after), after);
  };
  test.each<[string, Partial<Edits>, RegExp]>([
    ['a low TTL', { creates: [{ name: 'x', type: 'A', value: '192.0.2.1', ttl: 60 }] }, /TTL of 60/],
    ['two SPF policies', { creates: [{ name: 'x', type: 'TXT', value: 'v=spf1 -all' }, { name: 'x', type: 'TXT', value: 'v=spf1 mx -all' }] }, /2 SPF/],
    ['eleven look-ups', { creates: [{ name: 'x', type: 'TXT', value: `v=spf1 ${'include:a.example '.repeat(11)}-all` }] }, /11 look-ups/],
    ['a broken DKIM key', { creates: [{ name: 's._domainkey', type: 'TXT', value: 'v=DKIM2; p=abc' }] }, /DKIM/],
    ['a broken DMARC policy', { creates: [{ name: '_dmarc', type: 'TXT', value: 'v=DMARC1; p=maybe' }] }, /DMARC/],
    ['missing glue', { creates: [{ name: 'sub', type: 'NS', value: 'ns.sub.example.test' }] }, /glue/],
    ['data below a delegation', { creates: [{ name: 'sub', type: 'NS', value: 'ns.example.net' }, { name: 'a.sub', type: 'TXT', value: 'x' }] }, /nobody will see/],
    ['DS alone', { creates: [{ name: 'sub', type: 'DS', value: `1 8 2 ${'ab'.repeat(32)}` }] }, /no effect/],
    ['PTR in a forward zone', { creates: [{ name: 'x', type: 'PTR', value: 'y.example.net' }] }, /in-addr/],
    ['an underscore in a host name', { creates: [{ name: 'a_b', type: 'A', value: '192.0.2.1' }] }, /underscore/],
  ])('%s is said', (_what, edits, why) => expect(warn('example.test', edits).join('\n')).toMatch(why)); // prettier-ignore

  test('a private address is said in a zone that looks public, and only there', () => {
    const edits = { creates: [{ name: 'x', type: 'A', value: '10.0.0.1' }] };
    expect(warn('example.test', edits)).toEqual([]);
    expect(warn('example.com', edits).join()).toMatch(/10\.0\.0\.1 cannot be reached/);
  });

  test('good policies pass in silence', () => {
    const creates = [
      { name: '_dmarc', type: 'TXT', value: 'v=DMARC1; p=reject; rua=mailto:d@example.net' },
      { name: 's._domainkey', type: 'TXT', value: 'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3' },
      { name: '@', type: 'TXT', value: 'v=spf1 mx include:_spf.example.net ~all' },
    ];
    expect(warn('example.test', { creates })).toEqual([]);
  });
});
