import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changesRollback } from '#modules/governance/index.ts';
import { cloudsDelete } from '#modules/clouds/index.ts';
import type { Person } from '#test/world.ts';
import { startNameServer } from './embedded/server.ts';
import { zoneFinder } from './embedded/store.ts';
import { dig, hasDig } from './fixtures/knot.ts';
import { demoRecords } from './demo.ts';
import { dnsChangeSet, dnsCreateRecord, dnsCreateZone, dnsDeleteZone, dnsExport, dnsGetZone, dnsListZones, dnsUpdateZone } from './index.ts';
import { dnsWorld, type DnsWorld } from './testing.ts';

let world: DnsWorld;
let alice: Person;
let bob: Person;
let stranger: Person;
let connection: string;
beforeAll(async () => {
  world = await dnsWorld();
  alice = world.as({ name: 'alice' });
  bob = world.as({ name: 'bob' });
  stranger = world.as({ name: 'stranger', tenant: 'b' });
  connection = await world.embedded(alice);
});
afterAll(async () => {
  expect(world.faults).toEqual([]);
  expect(world.dnsFaults).toEqual([]);
  await world.close();
});

const approved = async (operation: typeof dnsDeleteZone, input: object) => {
  const change = await world.accepted(operation, input, alice);
  await world.approve(change, bob);
  return world.settled(change, alice);
};

describe.skipIf(!hasDig)('a zone on the embedded name server', () => {
  test('is made with its name server, and dig has it', async () => {
    const zone = await world.zone(alice, connection, 'Bücher.test');
    expect(zone).toMatchObject({
      name: 'xn--bcher-kva.test',
      unicodeName: 'bücher.test',
      state: 'active',
      recordCount: 2,
      revision: 1,
      nameservers: ['ns1.xn--bcher-kva.test'],
      openChange: null,
    });
    expect(await dig(world.dnsPort, 'xn--bcher-kva.test', 'NS')).toEqual(['ns1.xn--bcher-kva.test.']);
    expect(await dig(world.dnsPort, 'ns1.xn--bcher-kva.test', 'A')).toEqual(['127.0.0.1']);
    expect(await world.done(dnsGetZone, { id: zone.id }, alice)).toEqual(zone);
  });

  test('begins with the records and the file that it is given', async () => {
    const zone = await world.zone(alice, connection, 'filled.test', {
      zonefile: '$TTL 60\n@ NS ns.elsewhere.example.\nfile A 192.0.2.7\n',
      records: demoRecords('filled.test'),
    });
    expect(zone.recordCount).toBe(2 + 1 + demoRecords('filled.test').length);
    expect(await dig(world.dnsPort, 'file.filled.test', 'A')).toEqual(['192.0.2.7']);
    expect(await dig(world.dnsPort, 'any.preview.filled.test', 'A')).toEqual(['192.0.2.99']);
    expect(await dig(world.dnsPort, 'filled.test', 'NS')).toEqual(['ns1.filled.test.']); // the file's own is not taken
    expect((await world.records(alice, zone.id, { name: '@', type: 'A' }))[0]?.comment).toBe('Web front, rack 3');
  });

  test('answers again after its server has gone and come back', async () => {
    await world.zone(alice, connection, 'lasting.test');
    const second = await startNameServer({ port: 0, find: zoneFinder(world.databases), onError: () => undefined });
    try {
      expect(await dig(second.port, 'lasting.test', 'NS')).toEqual(['ns1.lasting.test.']);
    } finally {
      await second.close();
    }
  });

  test('is gone when it is deleted, can be exported, and comes back when that is undone', async () => {
    const zone = await world.zone(alice, connection, 'going.test', { records: [{ name: 'www', type: 'A', value: '192.0.2.1', comment: 'kept' }] });
    const file = await world.file(alice, zone.id);
    const gone = await approved(dnsDeleteZone, { id: zone.id });
    expect(gone).toMatchObject({ state: 'succeeded', outcome: { state: 'deleted' }, plan: { downtime: { kind: 'outage' } } });
    expect(await dig(world.dnsPort, 'www.going.test', 'A')).toEqual([]);
    expect((await world.refused(dnsGetZone, { id: zone.id }, alice)).slug).toBe('dns-zone-not-found');
    expect((await world.done(dnsExport, { id: zone.id }, alice)).content).toBe(file);
    expect((await world.done(dnsListZones, { state: 'deleted', q: 'going' }, alice)).items.map(({ id }) => id)).toEqual([zone.id]);

    const back = await world.accepted(changesRollback, { id: gone.id }, alice);
    await world.approve(back, bob);
    expect((await world.settled(back, alice)).state).toBe('succeeded');
    expect(await dig(world.dnsPort, 'www.going.test', 'A')).toEqual(['192.0.2.1']);
    expect((await world.records(alice, zone.id, { type: 'A', name: 'www' }))[0]?.comment).toBe('kept');
    expect(await world.done(dnsGetZone, { id: zone.id }, alice)).toMatchObject({ state: 'active', deletedAt: null, openChange: null });
  });

  test('that was made by a Change is taken away when that Change is rolled back, unless someone has worked on it since', async () => {
    const make = async (name: string) => world.settled(await world.accepted(dnsCreateZone, { name, connectionId: connection }, alice), alice);
    const first = await make('undone.test');
    const back = await world.carriedOut(changesRollback, { id: first.id }, alice, world.as());
    expect(back.state).toBe('succeeded');
    expect(await dig(world.dnsPort, 'undone.test', 'NS')).toEqual([]);
    await world.zone(stranger, await world.embedded(stranger), 'undone.test'); // the name is free again

    const second = await make('worked.test');
    const { id } = second.outcome as { id: string };
    await world.settled(await world.accepted(dnsCreateRecord, { id, name: 'www', type: 'A', value: '192.0.2.1' }, alice), alice);
    expect(await world.carriedOut(changesRollback, { id: second.id }, alice, world.as())).toMatchObject({
      state: 'failed',
      problem: { type: expect.stringContaining('zone-drifted') },
    });
    expect(await dig(world.dnsPort, 'www.worked.test', 'A')).toEqual(['192.0.2.1']);
    await expect.poll(async () => (await world.done(dnsGetZone, { id }, alice)).openChange).toBeNull();
  });
});

describe('names', () => {
  test('are taken once on a server for all tenants, also above and below, and nobody learns by whom', async () => {
    await world.zone(alice, connection, 'mine.test');
    const theirs = await world.embedded(stranger);
    const same = await world.refused(dnsCreateZone, { name: 'MINE.test.', connectionId: theirs }, stranger);
    expect([same.slug, same.kind.status]).toEqual(['zone-exists', 409]);
    for (const name of ['deep.sub.mine.test', 'test']) {
      const ended = await world.settled(await world.accepted(dnsCreateZone, { name, connectionId: theirs }, stranger), stranger);
      expect(ended).toMatchObject({ state: 'rolled_back', problem: { type: expect.stringContaining('zone-exists') } });
      expect(JSON.stringify(ended.problem)).not.toMatch(/alice|tenant/);
    }
    expect((await world.done(dnsListZones, {}, stranger)).items.map(({ name }) => name)).not.toContain('test');
    await world.zone(alice, connection, 'sub.mine.test'); // below one's own it is possible
  });

  test.each([
    ['exa mple.test', '/name'],
    ['*.test', '/name'],
    ['192.0.2.1', '/name'],
    ['.', '/name'],
    ['a..b', '/name'],
    [`${'a'.repeat(64)}.test`, '/name'],
  ])('%j is refused with a pointer', async (name, pointer) => {
    const problem = await world.refused(dnsCreateZone, { name, connectionId: connection }, alice);
    expect([problem.slug, problem.extras.errors?.[0]?.pointer]).toEqual(['record-invalid', pointer]);
  });

  test('a connection of another tenant, and one that serves no zones, are refused', async () => {
    const problem = await world.refused(dnsCreateZone, { name: 'x.test', connectionId: connection }, stranger);
    expect([problem.slug, problem.extras.errors?.[0]?.pointer]).toEqual(['validation-failed', '/connectionId']);
  });
});

describe('who may do what', () => {
  test('a zone in prod is made and deleted with the consent of someone else, and is protected by default', async () => {
    const change = await world.accepted(dnsCreateZone, { name: 'prod.test', connectionId: connection, environment: 'prod' }, alice);
    expect(change.state).toBe('awaiting_approval');
    expect((await world.done(dnsListZones, { q: 'prod.test' }, alice)).items).toEqual([]);
    await world.approve(change, bob);
    const zone = (await world.settled(change, alice)).outcome as { id: string };
    expect((await world.refused(dnsDeleteZone, { id: zone.id }, alice)).slug).toBe('deletion-protected');
    const lift = await world.accepted(dnsUpdateZone, { id: zone.id, protection: { delete: false } }, alice);
    await world.approve(lift, bob);
    expect((await world.settled(lift, alice)).state).toBe('succeeded');
    expect((await approved(dnsDeleteZone, { id: zone.id })).state).toBe('succeeded');
  });

  test('a Scope limits what is listed, read and changed; another tenant sees nothing', async () => {
    const zone = await world.zone(alice, connection, 'scoped.test', { environment: 'dev', labels: { team: 'blue' } });
    await world.zone(alice, connection, 'other.test', { environment: 'staging' });
    const blue = world.as({ scope: { any: [{ type: 'dnsZone', labels: { team: 'blue' } }] } });
    expect((await world.done(dnsListZones, {}, blue)).items.map(({ name }) => name)).toEqual(['scoped.test']);
    await world.done(dnsGetZone, { id: zone.id }, blue);
    const other = (await world.done(dnsListZones, { q: 'other' }, alice)).items[0]!;
    expect((await world.refused(dnsGetZone, { id: other.id }, blue)).slug).toBe('scope-denied');
    expect((await world.refused(dnsUpdateZone, { id: other.id, defaultTtl: 60 }, blue)).slug).toBe('scope-denied');
    for (const operation of [dnsGetZone, dnsDeleteZone, dnsExport])
      expect((await world.refused(operation, { id: zone.id }, stranger)).slug).toBe('dns-zone-not-found');
    const reader = world.as({ permissions: ['dns:read'] });
    expect((await world.refused(dnsCreateRecord, { id: zone.id, name: 'a', type: 'A', value: '192.0.2.1' }, reader)).slug).toBe('permission-denied');
  });

  test('moving a zone into another environment concerns both', async () => {
    const zone = await world.zone(alice, connection, 'moving.test', { environment: 'dev' });
    const dev = world.as({ scope: { any: [{ environments: ['dev'] }] } });
    expect((await world.refused(dnsUpdateZone, { id: zone.id, environment: 'staging' }, dev)).slug).toBe('scope-denied');
    expect(await world.done(dnsUpdateZone, { id: zone.id, environment: 'staging', labels: { team: 'red' } }, alice)).toMatchObject({
      environment: 'staging',
      labels: { team: 'red' },
      version: zone.version + 1,
    });
  });

  test('an edit on an old version is refused', async () => {
    const zone = await world.zone(alice, connection, 'versions.test');
    await world.done(dnsUpdateZone, { id: zone.id, defaultTtl: 600 }, alice, { ifMatch: `"${zone.version}"` });
    expect((await world.refused(dnsUpdateZone, { id: zone.id, defaultTtl: 900 }, alice, { ifMatch: `"${zone.version}"` })).slug).toBe(
      'version-conflict',
    );
    expect((await world.refused(dnsChangeSet, { id: zone.id }, alice, { ifMatch: '1' })).slug).toBe('version-conflict');
  });

  test('the connection of a living zone cannot be removed', async () => {
    const own = await world.embedded(alice);
    const zone = await world.zone(alice, own, 'holds.test');
    const refusal = await world.accepted(cloudsDelete, { id: own }, alice);
    await world.approve(refusal, bob);
    expect((await world.settled(refusal, alice)).problem).toMatchObject({ type: expect.stringContaining('resource-in-use') });
    await approved(dnsDeleteZone, { id: zone.id });
    const now = await world.accepted(cloudsDelete, { id: own }, alice);
    await world.approve(now, bob);
    expect((await world.settled(now, alice)).state).toBe('succeeded');
  });
});
