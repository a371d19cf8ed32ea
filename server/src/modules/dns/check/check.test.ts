import { createSocket, type Socket } from 'node:dgram';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '#test/world.ts';
import { answer } from '../embedded/answer.ts';
import { startNameServer, type NameServer } from '../embedded/server.ts';
import { indexZone, type ServedSet, type ZoneIndex } from '../embedded/zone.ts';
import { hasKnot, startKnot, type Knot } from '../fixtures/knot.ts';
import { freePort } from '../fixtures/ports.ts';
import { dnsChangeSet, dnsCheck, dnsCreateRecord } from '../index.ts';
import { dnsWorld, type DnsWorld } from '../testing.ts';
import { encodeValue } from '../rdata/types.ts';
import { CLASS, decodeMessage, emptyMessage, encodeMessage, FLAG, RCODE, type ResourceRecord } from '../wire/message.ts';
import { runCheck, type Asked, type Check } from './run.ts';
import { mayAsk, namedResolvers } from './servers.ts';
import { isOlder, lineOf, type Wished } from './verdict.ts';

const ZONE = 'example.test';
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const sets = (address: string): ServedSet[] => [
  { name: ZONE, type: 'NS', ttl: 60, values: ['ns1.example.test.'] },
  { name: 'ns1.example.test', type: 'A', ttl: 60, values: ['127.0.0.1'] },
  { name: 'www.example.test', type: 'A', ttl: 60, values: [address] },
];
/** An authoritative server with the zone at a serial. */
async function authority(serial: number, address: string): Promise<NameServer> {
  const index = indexZone(ZONE, serial, 60, sets(address));
  const server = await startNameServer({ port: 0, find: async (names) => (names.includes(ZONE) ? index : undefined), onError: () => undefined });
  open.push(server.close);
  return server;
}
/** A server that answers by UDP as it is told; undefined is silence. */
async function scripted(reply: (query: Buffer) => Buffer | undefined): Promise<{ address: string; port: number }> {
  const socket: Socket = createSocket('udp4');
  socket.on('message', (bytes, from) => {
    const bytesBack = reply(bytes);
    if (bytesBack) socket.send(bytesBack, from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  open.push(() => new Promise((resolve) => socket.close(() => resolve())));
  return { address: '127.0.0.1', port: socket.address().port };
}
/** A resolver with something in its cache. */
const resolver = (ttl: number, address: string | null, rcode = 0) =>
  scripted((bytes) => {
    const query = decodeMessage(bytes);
    const record: ResourceRecord = { name: 'www.example.test', type: 1, class: CLASS.IN, ttl, data: encodeValue('A', address ?? '0.0.0.0') };
    const denial: ResourceRecord = {
      name: ZONE,
      type: 6,
      class: CLASS.IN,
      ttl,
      data: encodeValue('SOA', 'ns1.example.test. hostmaster.example.test. 6 7200 900 1209600 300'),
    };
    return encodeMessage({
      ...emptyMessage(query.id),
      flags: FLAG.RESPONSE | FLAG.RECURSION,
      rcode,
      questions: query.questions,
      answers: address === null ? [] : [record],
      authority: address === null ? [denial] : [],
    });
  });
const asked = (role: Asked['role'], endpoint: { address: string; port: number }): Asked => ({ role, host: 'x', address: endpoint.address, endpoint });
const line = (address: string): string => lineOf('www.example.test', 'A', address);
const wished: Wished = { zone: ZONE, said: new Set([line('192.0.2.2')]), newest: 7, past: [new Set([line('192.0.2.1')])], onlySerial: false };
const NOW = new Date('2026-11-20T12:00:00Z');
const check = (ask: Asked[], more: Partial<Check> = {}) =>
  runCheck({ name: 'www.example.test', type: 1, wished, largestTtl: 3_600, ask, signal: AbortSignal.timeout(8_000), now: () => NOW, ...more });

describe('who knows what', () => {
  test('infrastructure 103: Given one authoritative server with an older serial, then its row is `old_serial` and the overall percent is below 100', async () => {
    const report = await check([asked('authoritative', await authority(7, '192.0.2.2')), asked('authoritative', await authority(6, '192.0.2.1'))]);
    expect(report.rows.map(({ verdict, serial }) => [verdict, serial])).toEqual([['in_sync', 7], ['old_serial', 6]]); // prettier-ignore
    expect(report.percent).toEqual({ authoritative: 50, resolvers: null });
  });

  test('infrastructure 104: Given a resolver with a cached old answer and 120 s left, then `stale_cache` with `until`, and after a flush `in_sync`', async () => {
    const stale = await check([asked('resolver', await resolver(120, '192.0.2.1'))]);
    expect(stale.rows[0]).toMatchObject({ verdict: 'stale_cache', ttl: 120, until: '2026-11-20T12:02:00.000Z' });
    expect([stale.expectedBy, stale.percent.resolvers]).toEqual(['2026-11-20T12:02:00.000Z', 0]);
    const flushed = await check([asked('resolver', await resolver(60, '192.0.2.2'))]);
    expect(flushed.rows[0]).toMatchObject({ verdict: 'in_sync', until: null });
    expect(flushed.percent.resolvers).toBe(100);
  });

  test('infrastructure 105: Given a server that answers REFUSED, then `lame`; given none, then `unreachable` within 8 s overall', async () => {
    const refusing = await scripted((bytes) => answer(decodeMessage(bytes), undefined, true));
    const closed = { address: '127.0.0.1', port: await freePort() };
    const silent = await scripted(() => undefined);
    const { rows } = await check([asked('authoritative', refusing), asked('authoritative', closed), asked('authoritative', silent)]);
    expect(rows.map(({ verdict }) => verdict)).toEqual(['lame', 'unreachable', 'timeout']);
  });

  test('the end of the time ends the check, with what is known by then', async () => {
    const silent = await scripted(() => undefined);
    const { rows } = await check([asked('authoritative', silent), asked('authoritative', await authority(7, '192.0.2.2'))], {
      signal: AbortSignal.timeout(400),
    });
    expect(rows.map(({ verdict }) => verdict)).toEqual(['timeout', 'in_sync']);
  });

  test('a cached "no" is told with its end, a foreign answer and a failing resolver as what they are', async () => {
    const { rows } = await check([
      asked('resolver', await resolver(90, null, RCODE.NXDOMAIN)),
      asked('resolver', await resolver(500, null)),
      asked('resolver', await resolver(60, '203.0.113.66')),
      asked('resolver', await resolver(60, null, RCODE.SERVFAIL)),
    ]);
    expect(rows.map(({ verdict, until }) => [verdict, until])).toEqual([
      ['negative_cache', '2026-11-20T12:01:30.000Z'],
      ['negative_cache', '2026-11-20T12:05:00.000Z'], // the SOA's minimum, not its TTL
      ['mismatch', null],
      ['servfail', null],
    ]);
  });

  test('an answer without authority is lame, a wrong one with authority a mismatch, and the newest serial counts wherever it is', async () => {
    const cached = await resolver(60, '192.0.2.2');
    const { rows, serial } = await check([
      asked('authoritative', cached),
      asked('authoritative', await authority(7, '203.0.113.66')),
      asked('authoritative', await authority(9, '192.0.2.2')),
    ]);
    expect([rows.map(({ verdict }) => verdict), serial]).toEqual([['lame', 'old_serial', 'in_sync'], 9]);
    expect((await check([asked('authoritative', await authority(7, '203.0.113.66'))])).rows[0]!.verdict).toBe('mismatch');
  });

  test('a cache cannot claim more than the set’s largest TTL', async () => {
    const { rows } = await check([asked('resolver', await resolver(86_400, '192.0.2.1'))], { largestTtl: 600 });
    expect(rows[0]!.until).toBe('2026-11-20T12:10:00.000Z');
  });

  test('serials compare round their clock (RFC 1982)', () => {
    expect([isOlder(1, 2), isOlder(2, 1), isOlder(4_294_967_295, 0), isOlder(0, 4_294_967_295), isOlder(5, 5)]).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
  });
});

describe('who may be asked', () => {
  test.each([
    ['192.0.2.1', '203.0.113.1', false],
    ['8.8.8.8', '127.0.0.1', true],
    ['8.8.8.8', '9.9.9.9', true],
    ['10.0.0.1', '9.9.9.9', false],
    ['127.0.0.1', '9.9.9.9', false],
    ['127.0.0.2', '127.0.0.1', true],
    ['10.0.0.1', '10.0.0.2', true],
    ['169.254.169.254', '127.0.0.1', false],
    ['::ffff:169.254.169.254', '127.0.0.1', false],
    ['fe80::1', '127.0.0.1', false],
    ['224.0.0.1', '127.0.0.1', false],
  ])('%s from a zone served at %s: %s', (address, connection, may) => expect(mayAsk(address, connection)).toBe(may));

  test('resolvers that a caller names are public or configured', () => {
    const resolvers = [{ address: '127.0.0.53', port: 53 }];
    expect(namedResolvers(undefined, { resolvers }).asked).toHaveLength(1);
    expect(namedResolvers('127.0.0.53, 9.9.9.9', { resolvers })).toMatchObject({
      wrong: [],
      asked: [{ address: '127.0.0.53' }, { address: '9.9.9.9', endpoint: { port: 53 } }],
    });
    expect(namedResolvers('10.0.0.1,169.254.169.254,nonsense,::1', { resolvers }).wrong).toEqual(['10.0.0.1', '169.254.169.254', 'nonsense', '::1']);
  });
});

describe('dns.check', () => {
  let world: DnsWorld;
  let alice: Person;
  let cache: { address: string; port: number };
  let cached: ZoneIndex | undefined;
  const socket = createSocket('udp4');
  beforeAll(async () => {
    socket.on('message', (bytes, from) => {
      const reply = decodeMessage(answer(decodeMessage(bytes), cached, true));
      socket.send(encodeMessage({ ...reply, flags: FLAG.RESPONSE | FLAG.RECURSION }), from.port, from.address);
    });
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    cache = { address: '127.0.0.1', port: socket.address().port };
    world = await dnsWorld({ resolvers: [cache] });
    alice = world.as({ name: 'alice' });
  });
  afterAll(async () => {
    await world?.close();
    socket.close();
  });

  test('compares the zone, aliases and wildcards with its servers, and a resolver with an old answer by its history', async () => {
    const zone = await world.zone(alice, await world.embedded(alice), undefined, { records: [{ name: 'www', type: 'A', value: '192.0.2.1', ttl: 600 }, { name: 'alias', type: 'CNAME', value: 'placeholder.example' }, { name: 'alias2', type: 'A', value: '192.0.2.4' }] }); // prettier-ignore
    expect((await world.done(dnsCheck, { id: zone.id }, alice)).rows.map(({ role }) => role)).toEqual(['authoritative']); // no resolver could find it
    const resolvers = '127.0.0.1';
    const serial = await world.done(dnsCheck, { id: zone.id, resolvers }, alice);
    expect(serial).toMatchObject({
      type: 'SOA',
      name: zone.name,
      serial: zone.serial,
      percent: { authoritative: 100 },
      rows: [
        { role: 'authoritative', host: `ns1.${zone.name}`, verdict: 'in_sync' },
        { role: 'resolver', verdict: 'lame' },
      ],
    });

    cached = indexZone(zone.name, zone.serial!, 600, [{ name: `www.${zone.name}`, type: 'A', ttl: 120, values: ['192.0.2.1'] }]);
    const [record] = await world.records(alice, zone.id, { name: 'www' });
    await world.settled(await world.accepted(dnsChangeSet, { id: zone.id, updates: [{ recordId: record!.id, value: '192.0.2.2' }] }, alice), alice);
    const { rows } = await world.done(dnsCheck, { id: zone.id, name: 'www', type: 'a', resolvers }, alice);
    expect(rows.map(({ verdict, ttl }) => [verdict, ttl])).toEqual([['in_sync', 600], ['stale_cache', 120]]); // prettier-ignore
    expect(rows[1]!.until).not.toBeNull();
    const wrong = await world.done(dnsCheck, { id: zone.id, name: 'www', type: 'A', expected: '203.0.113.9' }, alice);
    expect(wrong.rows[0]!.verdict).toBe('mismatch');
    const alias = await world.done(dnsCheck, { id: zone.id, name: 'alias', type: 'A' }, alice);
    expect(alias.rows[0]).toMatchObject({ verdict: 'in_sync', values: ['CNAME placeholder.example.'] });
  });

  test('a name outside, a delegated one, a private resolver and another tenant are refused', async () => {
    const zone = await world.zone(alice, await world.embedded(alice), undefined, { records: [{ name: 'sub', type: 'NS', value: 'ns.example.net' }] });
    expect((await world.refused(dnsCheck, { id: zone.id, name: 'www.example.org.' }, alice)).slug).toBe('record-invalid');
    expect((await world.refused(dnsCheck, { id: zone.id, name: 'a.sub', type: 'A' }, alice)).message).toContain('ns.example.net');
    expect((await world.refused(dnsCheck, { id: zone.id, type: 'ANY' }, alice)).slug).toBe('record-invalid');
    expect((await world.refused(dnsCheck, { id: zone.id, resolvers: '10.0.0.1' }, alice)).slug).toBe('host-not-allowed');
    expect((await world.refused(dnsCheck, { id: zone.id }, world.as({ tenant: 'b' }))).slug).toBe('dns-zone-not-found');
  });

  test('a tenant may check 30 times a minute, and only a few checks run at once', async () => {
    const other = world.as({ name: 'other', tenant: 'b' });
    const zone = await world.zone(other, await world.embedded(other));
    const slugs: string[] = [];
    for (let at = 0; at < 35; at++) slugs.push((await world.call(dnsCheck, { id: zone.id }, other).catch((error: { slug: string }) => error) as { slug?: string }).slug ?? 'done'); // prettier-ignore
    expect(slugs.filter((slug) => slug === 'done')).toHaveLength(30);
    expect(slugs.at(-1)).toBe('rate-limited');
  });

  describe.skipIf(!hasKnot)('against knot', () => {
    let knots: Knot[] = [];
    afterAll(async () => {
      for (const knot of knots) await knot.stop();
    });
    test('infrastructure 103 on real servers: a secondary that lags behind is told from the primary', async () => {
      const port = await freePort();
      const text = (serial: number): string =>
        `@ 60 SOA ns1 hostmaster ${serial} 7200 900 1209600 300\n@ 60 NS ns1\n@ 60 NS ns2\nns1 60 A 127.0.0.1\nns2 60 A 127.0.0.2\n`;
      knots = [await startKnot({ 'lag.test': text(5) }, { port }), await startKnot({ 'lag.test': text(5) }, { address: '127.0.0.2', port })];
      const zone = await world.zone(alice, await world.rfc2136(alice, knots[0]!), 'lag.test');
      const before = await world.done(dnsCheck, { id: zone.id }, alice);
      expect(before.rows.filter(({ role }) => role === 'authoritative').map(({ host, verdict }) => [host, verdict])).toEqual([['ns1.lag.test', 'in_sync'], ['ns2.lag.test', 'in_sync']]); // prettier-ignore
      await world.settled(await world.accepted(dnsCreateRecord, { id: zone.id, name: 'new', type: 'A', value: '192.0.2.1' }, alice), alice);
      const after = await world.done(dnsCheck, { id: zone.id, name: 'new', type: 'A' }, alice);
      expect(after.rows.filter(({ role }) => role === 'authoritative').map(({ host, verdict, serial }) => [host, verdict, serial])).toEqual([['ns1.lag.test', 'in_sync', 6], ['ns2.lag.test', 'old_serial', 5]]); // prettier-ignore
      expect(after.percent.authoritative).toBe(50);
    });
  });
});
