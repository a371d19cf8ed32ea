import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '#kernel/operation.ts';
import type { Person } from '#test/world.ts';
import { dig, hasDig } from './fixtures/knot.ts';
import { dnsChangeSet, dnsCreateRecord, dnsDeleteRecord, dnsGetZone, dnsListRecords, dnsUpdateRecord, dnsUpdateZone } from './index.ts';
import { textContent } from './records.ts';
import type { Record, Zone } from './schemas.ts';
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
afterAll(() => world?.close());

const many = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `h${n}`, type: 'A', value: '192.0.2.1' }));
const make = async (zone: Zone, input: object): Promise<Record> => {
  const change = await world.settled(await world.accepted(dnsCreateRecord, { id: zone.id, ...input }, alice), alice);
  if (change.state !== 'succeeded') throw new Error(JSON.stringify(change.problem));
  return change.outcome as Record;
};
const plan = async (operation: Operation, input: object) => {
  const passed = await world.call(operation, input, alice, { dryRun: true });
  if (passed.status !== 'planned') throw new Error(`it is ${passed.status}`);
  return passed;
};

describe.skipIf(!hasDig)('records', () => {
  test('are made, changed and deleted, with ids that stay, and dig follows', async () => {
    const zone = await world.zone(alice, connection);
    const made = await make(zone, { name: 'www', type: 'a', value: '192.0.2.1', ttl: 600, remark: 'the front' });
    expect(made).toMatchObject({ name: `www.${zone.name}`, type: 'A', ttl: 600, value: '192.0.2.1', comment: 'the front', zoneId: zone.id });
    expect(await dig(world.dnsPort, made.name, 'A')).toEqual(['192.0.2.1']);
    const changed = await world.settled(await world.accepted(dnsUpdateRecord, { id: made.id, value: '192.0.2.9', ttl: 60 }, alice), alice);
    expect(changed).toMatchObject({
      state: 'succeeded',
      outcome: { id: made.id, value: '192.0.2.9', ttl: 60, comment: 'the front', createdAt: made.createdAt },
    });
    expect(await dig(world.dnsPort, made.name, 'A')).toEqual(['192.0.2.9']);
    const deleted = await world.settled(await world.accepted(dnsDeleteRecord, { id: made.id }, alice), alice);
    expect(deleted.outcome).toEqual({ deleted: made.id });
    expect(await dig(world.dnsPort, made.name, 'A')).toEqual([]);
    expect((await world.refused(dnsDeleteRecord, { id: made.id }, alice)).slug).toBe('dns-record-not-found');
    expect(await world.done(dnsGetZone, { id: zone.id }, alice)).toMatchObject({ revision: 4, recordCount: 2, state: 'active' });
  });

  test('a plan shows the difference of the set and does nothing', async () => {
    const zone = await world.zone(alice, connection);
    await make(zone, { name: 'www', type: 'A', value: '192.0.2.1' });
    const planned = await plan(dnsCreateRecord, { id: zone.id, name: 'www', type: 'A', value: '192.0.2.2' });
    expect(planned.risk).toBe('write');
    expect(planned.plan.changes).toEqual([
      {
        action: 'update',
        type: 'dnsRecordSet',
        name: `www.${zone.name} A`,
        fields: [{ path: 'values', before: ['192.0.2.1'], after: ['192.0.2.1', '192.0.2.2'] }],
      },
    ]);
    expect(planned.plan.warnings.join()).toContain('3600 s');
    expect(await dig(world.dnsPort, `www.${zone.name}`, 'A')).toEqual(['192.0.2.1']);
  });

  test('infrastructure 90: Given www has an A record, when a CNAME is created, then 409 `cname-conflict`, whatever the provider would accept', async () => {
    const zone = await world.zone(alice, connection);
    await make(zone, { name: 'www', type: 'A', value: '192.0.2.1' });
    const problem = await world.refused(dnsCreateRecord, { id: zone.id, name: 'www', type: 'CNAME', value: 'other.example' }, alice);
    expect([problem.slug, problem.kind.status]).toEqual(['cname-conflict', 409]);
  });

  test('infrastructure 91: Given A value `not-an-ip`, then 422 record-invalid with a pointer', async () => {
    const zone = await world.zone(alice, connection);
    const problem = await world.refused(dnsCreateRecord, { id: zone.id, name: 'www', type: 'A', value: 'not-an-ip' }, alice);
    expect([problem.slug, problem.kind.status, problem.extras.errors?.[0]?.pointer]).toEqual(['record-invalid', 422, '/value']);
    const set = await world.refused(dnsChangeSet, { id: zone.id, creates: [{ name: 'ok', type: 'A', value: '192.0.2.1' }, { name: 'www', type: 'A', value: 'not-an-ip' }] }, alice); // prettier-ignore
    expect(set.extras.errors?.[0]?.pointer).toBe('/creates/1/value');
  });

  test('infrastructure 92: Given a TXT of 600 octets with quotes, then it is stored as three strings and read back byte-identical', async () => {
    const zone = await world.zone(alice, connection);
    const text = `say "${'x"\\'.repeat(198)}"`;
    const made = await make(zone, { name: 't', type: 'TXT', value: text });
    expect(made.value.split('" "')).toHaveLength(3);
    expect(textContent(made.value).toString()).toBe(text);
    const [answer] = await dig(world.dnsPort, made.name, 'TXT', '+tcp');
    expect(textContent(answer!).toString()).toBe(text);
    const [stored] = await world.records(alice, zone.id, { type: 'TXT' });
    expect(stored!.value).toBe(made.value);
  });

  test('infrastructure 93: Given MX with an address as host, then 422', async () => {
    const zone = await world.zone(alice, connection);
    const problem = await world.refused(dnsCreateRecord, { id: zone.id, name: '@', type: 'MX', value: '10 192.0.2.1' }, alice);
    expect([problem.slug, problem.kind.status]).toEqual(['record-invalid', 422]);
  });

  test('infrastructure 94: Given a name with umlauts, then the A-label is stored and the U-label shown', async () => {
    const zone = await world.zone(alice, connection);
    expect(await make(zone, { name: 'bücher', type: 'A', value: '192.0.2.1' })).toMatchObject({
      name: `xn--bcher-kva.${zone.name}`,
      unicodeName: `bücher.${zone.name}`,
    });
    expect(await world.records(alice, zone.id, { name: 'BÜCHER' })).toHaveLength(1);
  });

  test('infrastructure 95: Given a record TTL other than its set, then 422 `ttl-mismatch` unless applyToSet', async () => {
    const zone = await world.zone(alice, connection);
    await make(zone, { name: 'www', type: 'A', value: '192.0.2.1', ttl: 600 });
    const second = { id: zone.id, name: 'www', type: 'A', value: '192.0.2.2', ttl: 60 };
    const problem = await world.refused(dnsCreateRecord, second, alice);
    expect([problem.slug, problem.kind.status, problem.extras.errors?.[0]?.pointer]).toEqual(['ttl-mismatch', 422, '/ttl']);
    await make(zone, { ...second, applyToSet: true });
    expect((await world.records(alice, zone.id, { type: 'A', name: 'www' })).map(({ ttl }) => ttl)).toEqual([60, 60]);
  });

  test('infrastructure 96: Given a change set deleting 40 % of 50 RRsets, then risk is high and `mass-change` must be confirmed', async () => {
    const zone = await world.zone(alice, connection, undefined, { records: many(48) });
    const deletes = (await world.records(alice, zone.id, { q: '192.0.2.1' })).slice(0, 20).map(({ id }) => id);
    const problem = await world.refused(dnsChangeSet, { id: zone.id, deletes }, alice);
    expect([problem.slug, problem.kind.status, problem.extras['percent']]).toEqual(['mass-change', 422, 40]);
    const planned = await plan(dnsChangeSet, { id: zone.id, deletes, confirmMassChange: true });
    expect(planned.risk).toBe('high');
    expect(planned.plan.facts).toMatchObject({ recordsDeletedPercent: 40, deleted: 20 });
    const change = await world.accepted(dnsChangeSet, { id: zone.id, deletes, confirmMassChange: true }, alice);
    expect(change.state).toBe('awaiting_approval');
    await world.approve(change, bob);
    expect((await world.settled(change, alice)).outcome).toMatchObject({ deleted: 20, zone: { recordCount: 30 } });
  });

  test.each([
    { name: '@', type: 'NS', value: 'ns2.example' },
    { name: '@', type: 'MX', value: '10 mail.example' },
    { name: '*', type: 'A', value: '192.0.2.1' },
    { name: 'sub', type: 'NS', value: 'ns.example' },
    { name: '@', type: 'CAA', value: '0 issue ";"' },
  ])('$type $name is high risk and waits for someone else', async (input) => {
    const zone = await world.zone(alice, connection);
    const planned = await plan(dnsCreateRecord, { id: zone.id, ...input });
    expect([planned.risk, planned.requirements.length > 0, planned.plan.warnings[0]]).toEqual(['high', true, expect.stringMatching(/^High risk/)]);
  });

  test('a change set is one Change: all of it happens, one version, or nothing', async () => {
    const zone = await world.zone(alice, connection, undefined, { records: [{ name: 'www', type: 'CNAME', value: 'away.example' }] });
    const [alias] = await world.records(alice, zone.id, { type: 'CNAME' });
    const creates = [{ name: 'www', type: 'A', value: '192.0.2.1', comment: 'was an alias' }, { name: 'mail', type: 'A', value: '192.0.2.25' }]; // prettier-ignore
    const done = await world.settled(await world.accepted(dnsChangeSet, { id: zone.id, deletes: [alias!.id], creates }, alice), alice);
    expect(done.outcome).toMatchObject({ created: 2, updated: 0, deleted: 1, zone: { revision: 2 } });
    expect(await dig(world.dnsPort, `www.${zone.name}`, 'A')).toEqual(['192.0.2.1']);
    const bad = await world.refused(dnsChangeSet, { id: zone.id, creates: [{ name: 'new', type: 'A', value: '192.0.2.1' }, { name: 'x', type: 'MX', value: '10 nowhere' }, { name: 'y', type: 'AAAA', value: '192.0.2.1' }] }, alice); // prettier-ignore
    expect(bad.extras.errors?.map(({ pointer }) => pointer)).toEqual(['/creates/2/value']);
    expect(await dig(world.dnsPort, `new.${zone.name}`, 'A')).toEqual([]);
  });

  test('lists are in canonical order, page by page, and filtered', async () => {
    const zone = await world.zone(alice, connection, undefined, {
      records: [
        ...many(5),
        { name: '@', type: 'TXT', value: 'top' },
        { name: 'z.a', type: 'A', value: '192.0.2.3', comment: 'Rack 7' },
        { name: '*.a', type: 'A', value: '192.0.2.4' },
        { name: 'a', type: 'A', value: '192.0.2.5' },
      ],
    });
    const all = (await world.records(alice, zone.id)).map(({ name, type }) => `${name.replace(`.${zone.name}`, '')} ${type}`);
    expect(all).toEqual([`${zone.name} NS`, `${zone.name} TXT`, 'a A', '*.a A', 'z.a A', 'h0 A', 'h1 A', 'h2 A', 'h3 A', 'h4 A', 'ns1 A']);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await world.done(dnsListRecords, { id: zone.id, limit: 3, ...(cursor ? { cursor } : {}) }, alice);
      paged.push(...page.items.map(({ name, type }) => `${name.replace(`.${zone.name}`, '')} ${type}`));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(all);
    expect(await world.records(alice, zone.id, { remark: 'rack 7' })).toHaveLength(1);
    expect(await world.records(alice, zone.id, { value: '192.0.2.4' })).toHaveLength(1);
    expect(await world.records(alice, zone.id, { q: '%' })).toHaveLength(0);
    expect((await world.refused(dnsListRecords, { id: zone.id, cursor: 'WzFd' }, alice)).slug).toBe('cursor-invalid');
  });

  test('a zone in prod lets no record pass without a second person', async () => {
    const zone = await world.zone(alice, connection);
    const moved = await world.accepted(dnsUpdateZone, { id: zone.id, environment: 'prod' }, alice);
    await world.approve(moved, bob);
    await world.settled(moved, alice);
    expect((await world.accepted(dnsCreateRecord, { id: zone.id, name: 'a', type: 'A', value: '192.0.2.1' }, alice)).state).toBe('awaiting_approval');
  });

  test.each([
    ['a NUL in a name', { name: 'a\u0000b', type: 'A', value: '192.0.2.1' }],
    ['a lone surrogate', { name: 'a', type: 'TXT', value: 'x\ud800' }],
    ['a value of 70,001 characters', { name: 'a', type: 'TXT', value: 'x'.repeat(70_001) }],
    ['a type that is none', { name: 'a', type: 'ANY', value: 'x' }],
    ['a type with injected text', { name: 'a', type: "A'; --", value: '192.0.2.1' }],
    ['a line end in a value', { name: 'a', type: 'A', value: '192.0.2.1\n@ A 192.0.2.2' }],
    ['a negative TTL', { name: 'a', type: 'A', value: '192.0.2.1', ttl: -1 }],
    ['a TTL of a century', { name: 'a', type: 'A', value: '192.0.2.1', ttl: 4_000_000_000 }],
    ['a name outside', { name: 'www.example.org.', type: 'A', value: '192.0.2.1' }],
  ])('%s is a clear problem and leaves nothing behind', async (_what, input) => {
    const zone = await world.zone(alice, connection);
    const problem = await world.refused(dnsCreateRecord, { id: zone.id, ...input }, alice);
    expect(problem.slug).toMatch(/^(record-invalid|validation-failed)$/);
    expect(problem.extras.errors?.[0]?.pointer).toMatch(/^\/(name|type|value|ttl)$/);
    expect(await world.records(alice, zone.id)).toHaveLength(2);
  });
});
