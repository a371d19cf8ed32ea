import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changesCancel, changesGet, changesRollback } from '#modules/governance/index.ts';
import { cloudsCreate } from '#modules/clouds/index.ts';
import type { Person } from '#test/world.ts';
import { dig, hasDig, hasKnot, startKnot, type Knot } from './fixtures/knot.ts';
import { startLossyProxy, type LossyProxy } from './fixtures/proxy.ts';
import { SAMPLE } from './fixtures/sample.ts';
import { dnsChangeSet, dnsCreateRecord, dnsCreateZone, dnsDeleteZone, dnsGetZone, dnsImport, dnsUpdateRecord } from './index.ts';
import { rfc2136 } from './providers/rfc2136.ts';
import type { Zone } from './schemas.ts';
import type { SetChange } from './sets.ts';
import { dnsWorld, type DnsWorld } from './testing.ts';

const SMALL = '@ 3600 SOA ns hostmaster 1 7200 900 1209600 300\n@ 3600 NS ns\nns 3600 A 192.0.2.1\n';
const ZONES = ['create', 'race', 'lost', 'drift', 'atomic', 'gone', 'large', 'prod', 'back'];

describe.skipIf(!hasKnot || !hasDig)('a zone on a name server of one’s own (knot)', () => {
  let knot: Knot;
  let proxy: LossyProxy;
  let world: DnsWorld;
  let alice: Person;
  let bob: Person;
  let direct: string;
  let through: string;
  beforeAll(async () => {
    knot = await startKnot({ 'example.test': SAMPLE, ...Object.fromEntries(ZONES.map((name) => [`${name}.test`, SMALL])) });
    proxy = await startLossyProxy({ address: '127.0.0.1', port: knot.port });
    world = await dnsWorld();
    alice = world.as({ name: 'alice' });
    bob = world.as({ name: 'bob' });
    direct = await world.rfc2136(alice, knot, 'example.test');
    through = await world.rfc2136(alice, { ...knot, port: proxy.port });
  });
  afterAll(async () => {
    await world?.close();
    await proxy?.stop();
    await knot?.stop();
  });
  const create = async (zone: Zone, input: object) =>
    world.settled(await world.accepted(dnsCreateRecord, { id: zone.id, type: 'A', value: '192.0.2.7', ...input }, alice), alice);
  /** Someone else with the same key. */
  const behindOurBack = (zone: string, change: SetChange): Promise<number> =>
    rfc2136({ endpoint: { address: '127.0.0.1', port: knot.port }, key: knot.key }).apply(zone, [change], { signal: AbortSignal.timeout(5_000) });
  const set = (...values: string[]) => ({ ttl: 60, entries: values.map((value) => ({ id: value, value, comment: null })) });

  test('is taken over with all its records, as its first version', async () => {
    const zone = await world.zone(alice, direct, 'example.test');
    expect(zone).toMatchObject({
      provider: 'rfc2136',
      state: 'active',
      serial: 2026112001,
      recordCount: 23,
      revision: 1,
      nameservers: ['ns1.example.test', 'ns2.example.net'],
    });
    const file = await world.file(alice, zone.id);
    expect(file).toContain('example.test.\t3600\tIN\tSOA\tns1.example.test. hostmaster.example.test. 2026112001 7200 900 1209600 300\n');
    expect((await world.call(dnsImport, { id: zone.id, zonefile: file }, alice, { dryRun: true })) as { plan: { changes: unknown[] } }).toMatchObject(
      { plan: { changes: [] } },
    );
  });

  test('gets records, changes and deletions that dig sees, and goes back when that is undone', async () => {
    const zone = await world.zone(alice, direct, 'create.test');
    const made = await create(zone, { name: 'www', ttl: 600 });
    expect(made.state).toBe('succeeded');
    expect(await dig(knot.port, 'www.create.test', 'A')).toEqual(['192.0.2.7']);
    const { id } = made.outcome as { id: string };
    const changed = await world.settled(await world.accepted(dnsUpdateRecord, { id, value: '192.0.2.8' }, alice), alice);
    expect(await dig(knot.port, 'www.create.test', 'A')).toEqual(['192.0.2.8']);
    expect((await world.settled(await world.accepted(changesRollback, { id: changed.id }, alice), alice)).state).toBe('succeeded');
    expect(await dig(knot.port, 'www.create.test', 'A')).toEqual(['192.0.2.7']);
    const after = await world.done(dnsGetZone, { id: zone.id }, alice);
    expect(after).toMatchObject({ revision: 4, serial: 4 });
  });

  test('the journey: asked for, approved by someone else, answered by dig', async () => {
    const zone = await world.zone(alice, direct, 'prod.test');
    const change = await world.accepted(dnsCreateRecord, { id: zone.id, name: '*', type: 'A', value: '192.0.2.9' }, alice, {
      comment: 'for the new shop',
    });
    expect(change.state).toBe('awaiting_approval');
    expect(await dig(knot.port, 'shop.prod.test', 'A')).toEqual([]);
    await world.approve(change, bob);
    const ended = await world.settled(change, alice);
    expect(ended.job?.steps.map(({ key, status }) => `${key} ${status}`)).toEqual(['prepare done', 'send:1 done', 'record done']);
    expect(await dig(knot.port, 'shop.prod.test', 'A')).toEqual(['192.0.2.9']);
  });

  test('a wrong key is refused when the connection is made, and named', async () => {
    const config = { server: '127.0.0.1', port: knot.port, tsigName: 'ours.', zone: 'example.test' };
    for (const tsigSecret of [Buffer.alloc(32, 9).toString('base64'), 'bm90IGl0']) {
      const problem = await world.refused(cloudsCreate, { name: 'wrong', kind: 'rfc2136', config, credential: { tsigSecret } }, alice);
      expect([problem.slug, JSON.stringify(problem.extras)]).toEqual(['credential-invalid', expect.stringContaining('BADSIG')]);
    }
    const other = await world.refused(
      cloudsCreate,
      { name: 'wrong', kind: 'rfc2136', config: { ...config, tsigName: 'theirs.' }, credential: { tsigSecret: knot.secret } },
      alice,
    );
    expect(JSON.stringify(other.extras)).toContain('BADKEY');
    for (const more of [{ tsigName: 'a..b' }, { zone: '*.test' }, { zone: 'a b' }]) {
      const problem = await world.refused(
        cloudsCreate,
        { name: 'odd', kind: 'rfc2136', config: { ...config, ...more }, credential: { tsigSecret: knot.secret } },
        alice,
      );
      expect(problem.slug).toMatch(/^(credential-invalid|validation-failed)$/);
    }
  });

  test('a zone that the server does not have cannot be taken over', async () => {
    const ended = await world.settled(await world.accepted(dnsCreateZone, { name: 'unknown.test', connectionId: direct }, alice), alice);
    expect(ended).toMatchObject({ state: 'rolled_back', problem: { type: expect.stringMatching(/zone-not-served|provider-auth-failed/) } });
    const given = await world.refused(
      dnsCreateZone,
      { name: 'atomic.test', connectionId: direct, records: [{ name: 'a', type: 'A', value: '192.0.2.1' }] },
      alice,
    );
    expect(given.extras.errors?.[0]?.pointer).toBe('/records');
  });

  test('a lost answer leads to exactly one record and one version', async () => {
    const zone = await world.zone(alice, through, 'lost.test');
    proxy.lose = 1;
    const ended = await create(zone, { name: 'once' });
    expect([proxy.lose, ended.state]).toEqual([0, 'succeeded']);
    expect(await dig(knot.port, 'once.lost.test', 'A')).toEqual(['192.0.2.7']);
    expect(await world.done(dnsGetZone, { id: zone.id }, alice)).toMatchObject({ revision: 2, serial: 2 });
  });

  test('what someone else changed is not overwritten, the Change says so, and the server’s records can be taken over', async () => {
    const zone = await world.zone(alice, direct, 'drift.test');
    await behindOurBack('drift.test', { name: 'www.drift.test', type: 'A', before: null, after: set('198.51.100.1') });
    const ended = await create(zone, { name: 'www' });
    expect(ended).toMatchObject({ state: 'rolled_back', problem: { type: expect.stringContaining('zone-drifted') } });
    expect(await dig(knot.port, 'www.drift.test', 'A')).toEqual(['198.51.100.1']);
    const take = await world.accepted(dnsImport, { id: zone.id, source: 'server' }, alice);
    await world.approve(take, bob);
    expect((await world.settled(take, alice)).outcome).toMatchObject({ created: 1, updated: 0, deleted: 0, zone: { serial: 2, state: 'active' } });
    const back = await world.accepted(changesRollback, { id: take.id }, alice);
    await world.approve(back, bob);
    expect(await world.settled(back, alice)).toMatchObject({ state: 'failed', problem: { type: expect.stringContaining('rollback-impossible') } });
    expect((await create(zone, { name: 'www', ttl: 60 })).state).toBe('succeeded');
    expect(await dig(knot.port, 'www.drift.test', 'A')).toEqual(['192.0.2.7', '198.51.100.1']);
  });

  test('a change set with one item that does not hold at the server changes nothing there and here', async () => {
    const zone = await world.zone(alice, direct, 'atomic.test');
    await behindOurBack('atomic.test', { name: 'taken.atomic.test', type: 'A', before: null, after: set('198.51.100.1') });
    const creates = ['first', 'taken', 'third'].map((name) => ({ name, type: 'A', value: '192.0.2.1' }));
    const ended = await world.settled(await world.accepted(dnsChangeSet, { id: zone.id, creates }, alice), alice);
    expect(ended).toMatchObject({ state: 'rolled_back', problem: { type: expect.stringContaining('zone-drifted') } });
    for (const name of ['first', 'third']) expect(await dig(knot.port, `${name}.atomic.test`, 'A')).toEqual([]);
    expect(await world.records(alice, zone.id)).toHaveLength(2);
    expect(await world.done(dnsGetZone, { id: zone.id }, alice)).toMatchObject({ state: 'active', revision: 1, openChange: null });
  });

  test('of two callers at once one works and the other is told to wait, or both come through one after the other', async () => {
    const zone = await world.zone(alice, direct, 'race.test');
    const calls = await Promise.allSettled(
      ['a', 'b', 'c'].map((name) => world.accepted(dnsCreateRecord, { id: zone.id, name, type: 'A', value: '192.0.2.1' }, alice)),
    );
    const refused = calls.filter((call) => call.status === 'rejected');
    for (const { reason } of refused) expect((reason as { slug: string }).slug).toBe('operation-in-progress');
    const ended = await Promise.all(calls.flatMap((call) => (call.status === 'fulfilled' ? [world.settled(call.value, alice)] : [])));
    expect(ended.every(({ state }) => state === 'succeeded')).toBe(true);
    expect(ended.length + refused.length).toBe(3);
    const found = await Promise.all(['a', 'b', 'c'].map((name) => dig(knot.port, `${name}.race.test`, 'A')));
    expect(found.flat()).toHaveLength(ended.length);
    expect(await world.done(dnsGetZone, { id: zone.id }, alice)).toMatchObject({ revision: 1 + ended.length, openChange: null });
  });

  test('a change that is too large for one update goes in parts, and all of it arrives', async () => {
    const zone = await world.zone(alice, direct, 'large.test');
    const zonefile = Array.from({ length: 1_500 }, (_, n) => `h${n} TXT "${'x'.repeat(60)} ${n}"\n`).join('');
    const change = await world.accepted(dnsImport, { id: zone.id, zonefile }, alice);
    await world.approve(change, bob);
    const ended = await world.settled(change, alice);
    expect(ended.job!.steps.filter(({ key }) => key.startsWith('send:')).length).toBeGreaterThan(1);
    expect(ended.outcome).toMatchObject({ created: 1_500, zone: { recordCount: 1_502 } });
    expect(await dig(knot.port, 'h1499.large.test', 'TXT')).toEqual([`"${'x'.repeat(60)} 1499"`]);
  });

  test('a deleted zone stays at its server and can be taken over again', async () => {
    const zone = await world.zone(alice, direct, 'gone.test');
    const change = await world.accepted(dnsDeleteZone, { id: zone.id }, alice);
    await world.approve(change, bob);
    const ended = await world.settled(change, alice);
    expect(ended).toMatchObject({ state: 'succeeded', plan: { downtime: { kind: 'none' } } });
    expect(await dig(knot.port, 'ns.gone.test', 'A')).toEqual(['192.0.2.1']);
    await world.zone(alice, direct, 'gone.test');
  });

  test('a server that is away is waited for, and carries the Change out when it is back', async () => {
    const zone = await world.zone(alice, through, 'back.test');
    const { port } = proxy;
    await proxy.stop();
    const change = await world.accepted(dnsCreateRecord, { id: zone.id, name: 'patient', type: 'A', value: '192.0.2.7' }, alice);
    await expect.poll(async () => (await world.done(changesGet, { id: change.id }, alice)).job?.steps.map(({ key }) => key)).toContain('send:1');
    proxy = await startLossyProxy({ address: '127.0.0.1', port: knot.port }, port);
    expect((await world.settled(change, alice, { timeoutMs: 40_000 })).state).toBe('succeeded');
    expect(await dig(knot.port, 'patient.back.test', 'A')).toEqual(['192.0.2.7']);
  }, 60_000);

  test('a Change that waits for a server that is away can be cancelled, and leaves the zone free', async () => {
    const zone = await world.zone(alice, through, 'create.test');
    await proxy.stop();
    const change = await world.accepted(dnsCreateRecord, { id: zone.id, name: 'never', type: 'A', value: '192.0.2.7' }, alice);
    await expect.poll(async () => (await world.done(changesGet, { id: change.id }, alice)).job?.steps.map(({ key }) => key)).toContain('send:1');
    await world.done(changesCancel, { id: change.id }, alice);
    expect((await world.settled(change, alice, { timeoutMs: 40_000 })).state).toBe('cancelled');
    await expect.poll(async () => (await world.done(dnsGetZone, { id: zone.id }, alice)).openChange).toBeNull();
    expect(await dig(knot.port, 'never.create.test', 'A')).toEqual([]);
  }, 60_000);
});
