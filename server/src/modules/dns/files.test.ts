import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '#kernel/operation.ts';
import type { Person } from '#test/world.ts';
import { dig, hasDig } from './fixtures/knot.ts';
import { SAMPLE } from './fixtures/sample.ts';
import { dnsChangeSet, dnsCreateRecord, dnsDeleteZone, dnsExport, dnsHistory, dnsImport, dnsRestore } from './index.ts';
import { dnsWorld, type DnsWorld } from './testing.ts';

let world: DnsWorld;
let alice: Person;
let bob: Person;
let connection: string;
beforeAll(async () => {
  world = await dnsWorld();
  alice = world.as({ name: 'alice' });
  bob = world.as({ name: 'bob' });
  connection = await world.embedded(alice);
});
afterAll(async () => {
  expect(world.faults).toEqual([]);
  await world.close();
});

/** These are all high risk. */
const agreed = async (operation: Operation, input: object) => {
  const change = await world.accepted(operation, input, alice);
  await world.approve(change, bob);
  const ended = await world.settled(change, alice);
  if (ended.state !== 'succeeded') throw new Error(`${ended.state}: ${JSON.stringify(ended.problem)}`);
  return ended;
};
const planned = async (operation: Operation, input: object) => {
  const passed = await world.call(operation, input, alice, { dryRun: true });
  if (passed.status !== 'planned') throw new Error(`it is ${passed.status}`);
  return passed.plan;
};
const withoutSerial = (file: string): string => file.replaceAll(/serial \d+|(?<=SOA\t\S+ \S+ )\d+/g, 'N');

describe('import and export', () => {
  test('infrastructure 99: Given an exported zone, when imported into an empty zone, then exporting again gives equal bytes', async () => {
    const zone = await world.zone(alice, connection, 'example.test', { zonefile: SAMPLE.replace(/^ns1 +A.*$/m, '').replace(/^ +AAAA.*$/m, '') });
    await world.settled(await world.accepted(dnsCreateRecord, { id: zone.id, name: 'late', type: 'TXT', value: 'ümlaut "quoted"' }, alice), alice);
    const file = await world.file(alice, zone.id);
    await agreed(dnsDeleteZone, { id: zone.id });
    const empty = await world.zone(alice, connection, 'example.test');
    expect(empty.recordCount).toBe(2);
    await agreed(dnsImport, { id: empty.id, zonefile: file });
    expect(await world.file(alice, empty.id)).toBe(file);
    expect((await planned(dnsImport, { id: empty.id, zonefile: file, mode: 'replace' })).changes).toEqual([]);
    if (hasDig) expect(await dig(world.dnsPort, '_sip._tcp.example.test', 'SRV')).toEqual(['10 5 5060 web.example.test.']);
  });

  test('infrastructure 101: Given a file with 3 errors, then all three are listed with line and column, nothing is applied', async () => {
    const zone = await world.zone(alice, connection);
    const zonefile = 'good A 192.0.2.1\nbad A 192.0.2.300\nworse MX mail\nworst NOPE x\n';
    const problem = await world.refused(dnsImport, { id: zone.id, zonefile }, alice);
    expect([problem.slug, problem.kind.status]).toEqual(['zonefile-invalid', 422]);
    expect(problem.extras.errors).toMatchObject([{ line: 2, column: 7 }, { line: 3, column: 10 }, { line: 4, column: 7 }]); // prettier-ignore
    expect(await world.records(alice, zone.id)).toHaveLength(2);
    const skipping = await agreed(dnsImport, { id: zone.id, zonefile, skipInvalid: true });
    expect(skipping.plan.warnings.filter((warning) => warning.includes('left out'))).toHaveLength(3);
    expect(await world.records(alice, zone.id)).toHaveLength(3);
  });

  test('infrastructure 102: Given `$INCLUDE`, then refused; given `$GENERATE 1-10`, then ten records', async () => {
    const zone = await world.zone(alice, connection);
    expect((await world.refused(dnsImport, { id: zone.id, zonefile: '$INCLUDE /etc/passwd\n' }, alice)).slug).toBe('zonefile-invalid');
    const done = await agreed(dnsImport, { id: zone.id, zonefile: '$GENERATE 1-10 host$ A 192.0.2.$\n' });
    expect(done.outcome).toMatchObject({ created: 10, updated: 0, deleted: 0 });
  });

  test('merge leaves other sets alone, replace makes the zone the file; its own name servers stay in both', async () => {
    const zone = await world.zone(alice, connection, undefined, { records: [{ name: 'old', type: 'A', value: '192.0.2.1', comment: 'kept' }, { name: 'www', type: 'A', value: '192.0.2.1' }] }); // prettier-ignore
    const zonefile = '@ SOA ns. me. 1 2 3 4 5\n@ NS elsewhere.example.\nwww A 192.0.2.2\nold A 192.0.2.1\n';
    await agreed(dnsImport, { id: zone.id, zonefile });
    const names = async () =>
      (await world.records(alice, zone.id)).map(({ name, type, value }) => `${name.replace(`.${zone.name}`, '')} ${type} ${value}`);
    expect(await names()).toEqual([`${zone.name} NS ns1.${zone.name}.`, 'ns1 A 127.0.0.1', 'old A 192.0.2.1', 'www A 192.0.2.2']);
    expect((await world.records(alice, zone.id, { name: 'old' }))[0]?.comment).toBe('kept');
    await agreed(dnsImport, { id: zone.id, zonefile: 'only A 192.0.2.3\n', mode: 'replace' });
    expect(await names()).toEqual([`${zone.name} NS ns1.${zone.name}.`, 'ns1 A 127.0.0.1', 'only A 192.0.2.3']);
    await agreed(dnsImport, { id: zone.id, zonefile: '@ NS elsewhere.example.\nonly A 192.0.2.3\n', mode: 'replace', keepNs: true });
    expect(await names()).toEqual([`${zone.name} NS elsewhere.example.`, 'only A 192.0.2.3']);
  });

  test('a file that would contradict itself or the zone is refused with the line', async () => {
    const zone = await world.zone(alice, connection, undefined, { records: [{ name: 'www', type: 'A', value: '192.0.2.1' }] });
    const problem = await world.refused(dnsImport, { id: zone.id, zonefile: 'a A 192.0.2.1\nwww CNAME a\n' }, alice);
    expect([problem.slug, problem.extras.errors?.[0]]).toMatchObject(['cname-conflict', { pointer: '/zonefile', line: 2 }]);
  });

  test('a file that changes much must be confirmed', async () => {
    const zone = await world.zone(alice, connection, undefined, {
      records: Array.from({ length: 12 }, (_, n) => ({ name: `h${n}`, type: 'A', value: '192.0.2.1' })),
    });
    expect((await world.refused(dnsImport, { id: zone.id, zonefile: 'h1 A 192.0.2.1\n', mode: 'replace' }, alice)).slug).toBe('mass-change');
    await agreed(dnsImport, { id: zone.id, zonefile: 'h1 A 192.0.2.1\n', mode: 'replace', confirmMassChange: true });
    expect(await world.records(alice, zone.id)).toHaveLength(3);
  });

  test.each<[string, string]>([
    ['one byte', 'a'],
    ['a NUL', '\0'],
    ['6 MB', 'a A 192.0.2.1\n'.repeat(450_000)],
    ['20 MB in one line', 'x'.repeat(20 * 1024 * 1024)],
    ['a lone surrogate', 'a TXT "\udfff"'],
  ])('%s is a clear problem, and nothing is applied', async (_what, zonefile) => {
    const zone = await world.zone(alice, connection);
    const problem = await world.refused(dnsImport, { id: zone.id, zonefile }, alice);
    expect(problem.slug).toMatch(/^(zonefile-invalid|validation-failed)$/);
    expect(problem.extras.errors).toMatchObject([{ pointer: '/zonefile' }]);
    expect(await world.records(alice, zone.id)).toHaveLength(2);
  });

  test('10,000 records go in and come out', async () => {
    const zone = await world.zone(alice, connection);
    const zonefile = Array.from({ length: 9_998 }, (_, n) => `h${n} A 192.0.${n >> 8}.${n & 255}\n`).join('');
    const done = await agreed(dnsImport, { id: zone.id, zonefile });
    expect(done.outcome).toMatchObject({ created: 9_998, zone: { recordCount: 10_000 } });
    expect(done.plan.changes).toHaveLength(500);
    if (hasDig) expect(await dig(world.dnsPort, `h9997.${zone.name}`, 'A')).toEqual(['192.0.39.13']);
    expect((await world.file(alice, zone.id)).split('\n')).toHaveLength(10_000 + 3);
    expect((await world.refused(dnsCreateRecord, { id: zone.id, name: 'more', type: 'A', value: '192.0.2.1' }, alice)).slug).toBe('zone-too-large');
  }, 60_000);

  test('as JSON the remarks come along', async () => {
    const zone = await world.zone(alice, connection, undefined, { records: [{ name: 'a', type: 'A', value: '192.0.2.1', comment: 'why' }] });
    const { mediaType, filename, content } = await world.done(dnsExport, { id: zone.id, format: 'json' }, alice);
    expect([mediaType, filename]).toEqual(['application/json', `${zone.name}.json`]);
    expect((JSON.parse(content) as { records: unknown[] }).records).toContainEqual({
      name: `a.${zone.name}`,
      type: 'A',
      ttl: 3600,
      value: '192.0.2.1',
      comment: 'why',
    });
  });
});

describe('history', () => {
  test('infrastructure 107: Given restore of version 7, then a plan with the exact diff and after it the export equals version 7 but for the serial', async () => {
    const zone = await world.zone(alice, connection);
    const files: Record<number, string> = { 1: await world.file(alice, zone.id) };
    for (let version = 2; version <= 9; version++) {
      const creates = [{ name: `v${version}`, type: 'A', value: '192.0.2.1' }, { name: 'all', type: 'TXT', value: `version ${version}` }]; // prettier-ignore
      const deletes = version % 3 === 0 ? (await world.records(alice, zone.id, { q: `v${version - 1}` })).map(({ id }) => id) : [];
      await world.settled(await world.accepted(dnsChangeSet, { id: zone.id, creates, deletes }, alice), alice);
      files[version] = await world.file(alice, zone.id);
    }
    const plan = await planned(dnsRestore, { id: zone.id, version: 7 });
    expect(plan.changes.map(({ action, name }) => `${action} ${name.replace(`.${zone.name}`, '')}`)).toEqual(['update all TXT', 'delete v9 A']);
    const done = await agreed(dnsRestore, { id: zone.id, version: 7 });
    expect(done.outcome).toMatchObject({ zone: { revision: 10 } });
    expect(withoutSerial(await world.file(alice, zone.id))).toBe(withoutSerial(files[7]!));
    await agreed(dnsRestore, { id: zone.id, version: 1 });
    expect(withoutSerial(await world.file(alice, zone.id))).toBe(withoutSerial(files[1]!));
    expect((await world.refused(dnsRestore, { id: zone.id, version: 99 }, alice)).slug).toBe('dns-version-not-found');

    const { items, differences } = await world.done(dnsHistory, { id: zone.id, from: 7, to: 8, limit: 3 }, alice);
    expect(items.map(({ version, operation, by }) => `${version} ${operation} ${by.name}`)).toEqual([
      '11 dns.restore alice',
      '10 dns.restore alice',
      '9 dns.changeSet alice',
    ]);
    expect(differences?.map(({ name, before }) => [name.replace(`.${zone.name}`, ''), before === null])).toEqual([['all', false], ['v8', true]]); // prettier-ignore
  });
});
