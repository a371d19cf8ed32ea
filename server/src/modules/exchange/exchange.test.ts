import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { addressOf, misplaced, prefixOf } from './addresses.ts';
import { exchangeRouteServersPlan } from './applying/operations/exchange.routeServers.plan.ts';
import { generations } from './applying/tables.ts';
import { exchange } from './index.ts';
import { exchangeConnectionsCreate } from './operations/exchange.connections.create.ts';
import { exchangeConnectionsDelete } from './operations/exchange.connections.delete.ts';
import { exchangeConnectionsGet } from './operations/exchange.connections.get.ts';
import { exchangeConnectionsList } from './operations/exchange.connections.list.ts';
import { exchangeConnectionsUpdate } from './operations/exchange.connections.update.ts';
import { exchangeFabricsCreate } from './operations/exchange.fabrics.create.ts';
import { exchangeFabricsDelete } from './operations/exchange.fabrics.delete.ts';
import { exchangeFabricsGet } from './operations/exchange.fabrics.get.ts';
import { exchangeFabricsList } from './operations/exchange.fabrics.list.ts';
import { exchangeFabricsUpdate } from './operations/exchange.fabrics.update.ts';
import { exchangeParticipantsCreate } from './operations/exchange.participants.create.ts';
import { exchangeParticipantsDelete } from './operations/exchange.participants.delete.ts';
import { exchangeParticipantsGet } from './operations/exchange.participants.get.ts';
import { exchangeParticipantsList } from './operations/exchange.participants.list.ts';
import { exchangeParticipantsUpdate } from './operations/exchange.participants.update.ts';
import { exchangeRouteServersConfig } from './operations/exchange.routeServers.config.ts';
import { exchangeRouteServersCreate } from './operations/exchange.routeServers.create.ts';
import { exchangeRouteServersDelete } from './operations/exchange.routeServers.delete.ts';
import { exchangeRouteServersExport } from './operations/exchange.routeServers.export.ts';
import { exchangeRouteServersGet } from './operations/exchange.routeServers.get.ts';
import { exchangeRouteServersList } from './operations/exchange.routeServers.list.ts';
import { exchangeRouteServersUpdate } from './operations/exchange.routeServers.update.ts';
import { tagOf } from './rules.ts';

let world: World;
let later = 0;
let [ana, gustav]: Person[] = [];

beforeAll(async () => {
  world = await createWorld({ modules: [exchange], now: () => new Date(Date.now() + later * 86_400_000) });
  ana = world.as({ name: 'ana' });
  gustav = world.as({ name: 'gustav', tenant: 'b' });
});
afterAll(() => world.close());

const fabric = (slug: string, more: object = {}, who = ana!) =>
  world.done(exchangeFabricsCreate, { slug, name: slug, rsAsn: 64_500, ipv6Prefix: `2001:db8:${slug.length}::/64`, ...more }, who);
const network = (asn: number, more: object = {}) => world.done(exchangeParticipantsCreate, { asn, name: `Network ${asn}`, ...more }, ana!);
const connect = (fabricId: string, participantId: string, addressV6: string, more: object = {}) =>
  world.done(exchangeConnectionsCreate, { fabricId, participantId, addressV6, ...more }, ana!);
const slugs = (items: readonly { slug: string }[]) => items.map(({ slug }) => slug);

describe('addresses', () => {
  test('are written in one way, and what is none is said to be none', () => {
    expect(prefixOf('2001:DB8:0::/48', 6)).toEqual({ prefix: '2001:db8::/48' });
    expect(prefixOf('192.0.2.0/24', 4)).toEqual({ prefix: '192.0.2.0/24' });
    expect(prefixOf('2001:db8::1/64', 6)).toEqual({ fault: 'has bits beyond its length; did you mean 2001:db8::/64?' });
    expect(prefixOf('192.0.2.0/24', 6)).toEqual({ fault: 'is not a prefix of IPv6' });
    expect(prefixOf('2001:db8::/129', 6)).toHaveProperty('fault');
    expect(addressOf('2001:DB8:0:0::0001', 6)).toBe('2001:db8::1');
    for (const odd of ['10.1', '010.0.0.1', '0x0a.0.0.1', '192.0.2.1/24', '2001:db8::1%eth0', '::ffff', 'x'])
      expect([odd, addressOf(odd, 4)]).toEqual([odd, undefined]);
    expect([addressOf('fe80::1%eth0', 6), addressOf('192.0.2.1', 6)]).toEqual([undefined, undefined]);
  });
  test('of hosts lie on the LAN, and are none of the LAN itself', () => {
    expect(misplaced('2001:db8::5', '2001:db8::/64')).toBeUndefined();
    expect(misplaced('2001:db8:0:1::5', '2001:db8::/64')).toContain('not within');
    expect(misplaced('192.0.2.1', '2001:db8::/64')).toContain('not within');
    expect(misplaced('2001:db8::', '2001:db8::/64')).toContain('itself');
    expect(['192.0.2.0', '192.0.2.255'].map((one) => misplaced(one, '192.0.2.0/24') !== undefined)).toEqual([true, true]);
  });
  test('tags are the random end of an id, longer where another has it', () => {
    const id = '0197a1b2-0000-7000-8000-0000003f2a9c';
    expect([tagOf(id, new Set()), tagOf(id, new Set(['3f2a9c'])), tagOf(id, new Set(['3f2a9c', '03f2a9c']))]).toEqual(['3f2a9c', '03f2a9c', '003f2a9c']);
  }); // prettier-ignore
});

describe('fabrics', () => {
  test('are added, found by short name or id, changed by whoever has seen them, and removed', async () => {
    const made = await fabric('fra', { ipv4Prefix: '192.0.2.0/24' });
    expect(made).toMatchObject({ slug: 'fra', ipv4Mode: 'rfc8950', rpkiMode: 'enforce', mtu: 1_500, connections: 0, version: 1 });
    expect(await world.done(exchangeFabricsGet, { id: 'fra' }, ana!)).toEqual(await world.done(exchangeFabricsGet, { id: made.id }, ana!));
    expect(await world.done(exchangeFabricsUpdate, { id: 'fra', name: 'Frankfurt', mtu: 9_000 }, ana!)).toMatchObject({ name: 'Frankfurt', mtu: 9_000, version: 2 });
    await world.done(exchangeFabricsDelete, { id: 'fra' }, ana!);
    expect((await world.refused(exchangeFabricsGet, { id: 'fra' }, ana!)).slug).toBe('exchange-fabric-not-found');
  }); // prettier-ignore
  test('with a short name or prefix that another has, or a prefix that is none, are refused with words', async () => {
    await fabric('one');
    expect((await world.refused(exchangeFabricsCreate, { slug: 'one', name: 'x', rsAsn: 1, ipv6Prefix: '2001:db8:ff::/64' }, ana!)).slug).toBe('exchange-taken');
    expect((await world.refused(exchangeFabricsCreate, { slug: 'two', name: 'x', rsAsn: 1, ipv6Prefix: '2001:db8:3::/64' }, ana!)).slug).toBe('exchange-taken');
    const odd = await world.refused(exchangeFabricsCreate, { slug: 'odd', name: 'x', rsAsn: 1, ipv6Prefix: '2001:db8::1/64' }, ana!);
    expect([odd.slug, odd.message]).toEqual(['validation-failed', expect.stringContaining('did you mean 2001:db8::/64?')]);
    const native = await world.refused(exchangeFabricsUpdate, { id: 'one', ipv4Mode: 'native' }, ana!);
    expect([native.slug, native.message]).toEqual(['validation-failed', expect.stringContaining('needs an IPv4 prefix')]);
    for (const asn of [0, 23_456, 4_294_967_295])
      expect((await world.refused(exchangeFabricsCreate, { slug: 'asn', name: 'x', rsAsn: asn, ipv6Prefix: '2001:db8:e::/64' }, ana!)).slug).toBe('validation-failed');
  }); // prettier-ignore
  test('of another tenant, or out of Scope, are as absent as those that never were', async () => {
    const { id } = await fabric('mine');
    const theirs = await fabric('mine', {}, gustav);
    expect(theirs.id).not.toBe(id);
    expect((await world.refused(exchangeFabricsGet, { id }, gustav!)).slug).toBe('exchange-fabric-not-found');
    const narrow = world.as({ name: 'narrow', scope: { any: [{ type: 'exchangeFabric', ids: [id] }] } });
    expect(slugs((await world.done(exchangeFabricsList, {}, narrow)).items)).toEqual(['mine']);
    expect((await world.refused(exchangeFabricsUpdate, { id: 'one', mtu: 1_400 }, narrow)).slug).toBe('scope-denied');
    const reader = world.as({ name: 'reader', permissions: ['exchange:read'] });
    expect((await world.refused(exchangeFabricsDelete, { id }, reader)).slug).toBe('permission-denied');
  });
});

describe('networks and their connections', () => {
  test('a network is found by its ASN, and there is one of each', async () => {
    const made = await network(64_501, { asSet: 'AS-EXAMPLE', maxPrefixesV6: 50 });
    for (const id of ['64501', 'AS64501', made.id]) expect((await world.done(exchangeParticipantsGet, { id }, ana!)).id).toBe(made.id);
    expect((await world.refused(exchangeParticipantsCreate, { asn: 64_501, name: 'again' }, ana!)).slug).toBe('exchange-taken');
    expect(await world.done(exchangeParticipantsUpdate, { id: 'AS64501', maxPrefixesV6: null, name: 'New' }, ana!)).toMatchObject({ maxPrefixesV6: null, asSet: 'AS-EXAMPLE', version: 2 });
    for (const q of ['ne', 'AS64501']) expect((await world.done(exchangeParticipantsList, { q }, ana!)).items.map(({ asn }) => asn)).toEqual([64_501]);
    for (const asSet of ['RS-X', 'AS-X;', 'AS-X"', 'AS 1']) expect((await world.refused(exchangeParticipantsUpdate, { id: 'AS64501', asSet }, ana!)).slug).toBe('validation-failed');
  }); // prettier-ignore
  test('a connection has an address on the LAN that nobody else has; four of a network are the most', async () => {
    const { id } = await fabric('lan', { ipv6Prefix: '2001:db8:1a::/64', ipv4Prefix: '192.0.2.0/24', ipv4Mode: 'native' });
    await network(64_502);
    const made = await connect('lan', 'AS64502', '2001:DB8:1A:0::10', { addressV4: '192.0.2.10' });
    expect(made).toMatchObject({ fabric: 'lan', asn: 64_502, addressV6: '2001:db8:1a::10', addressV4: '192.0.2.10', state: 'active', tag: made.id.slice(-6) });
    const refuse = (more: object) => world.refused(exchangeConnectionsCreate, { fabricId: 'lan', participantId: 'AS64502', addressV6: '2001:db8:1a::11', addressV4: '192.0.2.11', ...more }, ana!);
    expect((await refuse({ addressV6: '2001:db8:1a::10' })).slug).toBe('exchange-taken');
    expect((await refuse({ addressV4: '192.0.2.10' })).slug).toBe('exchange-taken');
    expect((await refuse({ addressV6: '2001:db8:2::1' })).slug).toBe('validation-failed');
    expect((await refuse({ participantId: 'AS1' })).slug).toBe('exchange-participant-not-found');
    // BIRD makes no client of its own AS, and would refuse the whole.
    await network(64_500);
    const own = await refuse({ participantId: 'AS64500' });
    expect([own.slug, own.message]).toEqual(['validation-failed', expect.stringContaining('route servers of "lan" have themselves')]);
    for (const last of [2, 3, 4]) await connect('lan', 'AS64502', `2001:db8:1a::${last}`, { addressV4: `192.0.2.${last}` });
    expect((await refuse({})).slug).toBe('exchange-full');
    expect((await world.done(exchangeFabricsGet, { id }, ana!)).connections).toBe(4);
  }); // prettier-ignore
  test('one that is connected is neither deleted nor loses its fabric; it is suspended, moved and taken off', async () => {
    expect((await world.refused(exchangeParticipantsDelete, { id: 'AS64502' }, ana!)).slug).toBe('exchange-in-use');
    expect((await world.refused(exchangeFabricsDelete, { id: 'lan' }, ana!)).slug).toBe('exchange-in-use');
    const { items } = await world.done(exchangeConnectionsList, { fabricId: 'lan', participantId: '64502' }, ana!);
    const [first, second] = items;
    expect(await world.done(exchangeConnectionsUpdate, { id: first!.id, state: 'suspended' }, ana!)).toMatchObject({ state: 'suspended', tag: first!.tag, version: 2 });
    expect((await world.refused(exchangeConnectionsUpdate, { id: second!.id, addressV6: first!.addressV6 }, ana!)).slug).toBe('exchange-taken');
    expect((await world.done(exchangeConnectionsList, { fabricId: 'lan', state: 'suspended' }, ana!)).items).toMatchObject([{ id: first!.id }]);
    expect((await world.refused(exchangeConnectionsGet, { id: first!.id }, gustav!)).slug).toBe('exchange-connection-not-found');
    for (const { id } of items) await world.done(exchangeConnectionsDelete, { id }, ana!);
    await world.done(exchangeParticipantsDelete, { id: 'AS64502' }, ana!);
    await world.done(exchangeFabricsDelete, { id: 'lan' }, ana!);
  }); // prettier-ignore
  test('who reaches a fabric but not the network sees no connection of it and makes none', async () => {
    const { id } = await fabric('near', { ipv6Prefix: '2001:db8:2b::/64' });
    await network(64_503);
    await connect('near', 'AS64503', '2001:db8:2b::1');
    const half = world.as({ name: 'half', scope: { any: [{ type: 'exchangeFabric', ids: [id] }] } });
    expect((await world.done(exchangeConnectionsList, { fabricId: 'near' }, half)).items).toEqual([]);
    const wish = { fabricId: 'near', participantId: 'AS64503', addressV6: '2001:db8:2b::2' };
    expect((await world.refused(exchangeConnectionsCreate, wish, half)).slug).toBe('scope-denied');
  });
});

describe('IPv4 addresses', () => {
  const take = (participantId: string, more: object = {}) =>
    world.done(exchangeConnectionsCreate, { fabricId: 'pool', participantId, ...more }, ana!);
  test('are the next free ones of the prefix, behind those kept for services; one that was given up rests for 90 days', async () => {
    await fabric('pool', { ipv6Prefix: '2001:db8:4d::/64', ipv4Prefix: '192.0.2.0/28', ipv4Mode: 'native' });
    for (const asn of [20_011, 20_012]) await network(asn);
    const addresses = { addressV6: '2001:db8:4d::1', addressV4: '192.0.2.12', routerId: '192.0.2.12' };
    await world.done(exchangeRouteServersCreate, { fabricId: 'pool', handle: 'rs-pool', name: 'x', ...addresses }, ana!);
    const both = await Promise.all([take('AS20011'), take('AS20012')]);
    expect(new Set(both.map(({ addressV4 }) => addressV4))).toEqual(new Set(['192.0.2.11', '192.0.2.13']));
    const first = both.find(({ addressV4 }) => addressV4 === '192.0.2.11')!;
    await world.done(exchangeConnectionsUpdate, { id: first.id, addressV4: '192.0.2.14' }, ana!);
    const full = await world.refused(exchangeConnectionsCreate, { fabricId: 'pool', participantId: 'AS20012' }, ana!);
    expect([full.slug, full.message]).toEqual(['address-space-exhausted', expect.stringContaining('rest for 90 days')]);
    later = 91;
    expect(await take('AS20012')).toMatchObject({ addressV4: '192.0.2.11' });
    for (const { id } of (await world.done(exchangeConnectionsList, { fabricId: 'pool' }, ana!)).items) await world.done(exchangeConnectionsDelete, { id }, ana!);
    expect((await world.refused(exchangeConnectionsCreate, { fabricId: 'pool', participantId: 'AS20012' }, ana!)).slug).toBe('address-space-exhausted');
    expect(await take('AS20012', { addressV4: '192.0.2.11' })).toMatchObject({ addressV4: '192.0.2.11' });
    later = 0;
  }); // prettier-ignore
});

describe('route servers', () => {
  const serve = (handle: string, more: object = {}) =>
    world.done(
      exchangeRouteServersCreate,
      { fabricId: 'rsf', handle, name: handle, addressV6: '2001:db8:3c::1', routerId: '192.0.2.1', ...more },
      ana!,
    );
  test('have a configuration of all who are connected, the same until something changes, and as one file too', async () => {
    await fabric('rsf', { ipv6Prefix: '2001:db8:3c::/64' });
    await serve('rs1', { rtrServers: [{ host: '2001:DB8:3C::AA', port: 8_282 }] });
    await network(20_001, { maxPrefixesV6: 100 });
    const { tag } = await connect('rsf', 'AS20001', '2001:db8:3c::10');
    const config = await world.done(exchangeRouteServersConfig, { id: 'rs1' }, ana!);
    expect(config).toMatchObject({ routeServer: 'rs1', peers: 1 });
    expect(config.files.map(({ path }) => path)).toEqual(['main.conf', 'base.conf', `peers/as20001_${tag}.conf`]);
    expect(config.files[1]!.content).toContain('remote 2001:db8:3c::aa port 8282;');
    expect(await world.done(exchangeRouteServersConfig, { id: 'rs1' }, ana!)).toEqual(config);
    const { content, filename } = await world.done(exchangeRouteServersExport, { id: 'rs1' }, ana!);
    expect([filename, content.startsWith(`# ${config.sha256}`), content.includes('neighbor 2001:db8:3c::10 as 20001;')]).toEqual(['rs1.bird.conf', true, true]);
    await world.done(exchangeParticipantsUpdate, { id: 'AS20001', maxPrefixesV6: 200 }, ana!);
    expect((await world.done(exchangeRouteServersConfig, { id: 'rs1' }, ana!)).sha256).not.toBe(config.sha256);
  }); // prettier-ignore
  test('exchange 78: `plan` shows diff and impact and changes nothing on server or database', async () => {
    const { id } = await world.done(exchangeRouteServersGet, { id: 'rs1' }, ana!);
    const { files, sha256 } = await world.done(exchangeRouteServersConfig, { id: 'rs1' }, ana!);
    const [tenantId, at] = [world.tenants.a, new Date()];
    const impact = { added: [], removed: [], restarted: [], reloaded: [], unaffected: [], kept: 0 };
    const confirmed = { tenantId, id: newId(), routeServerId: id, number: 7, sha256, wish: sha256, files, sessions: 1, state: 'confirmed' as const, cause: 'manual' as const, impact, createdAt: at, updatedAt: at };
    await world.databases.tenant({ tenantId, operation: 'test' }, (db) => db.insert(generations).values(confirmed));
    const plan = () => world.done(exchangeRouteServersPlan, { id: 'rs1' }, world.as({ name: 'looker', permissions: ['exchange:read'] }));
    expect(await plan()).toMatchObject({ routeServer: 'rs1', generation: 7, sha256, isSame: true, files: [], impact: { ...impact, kept: 1 } });
    await world.done(exchangeParticipantsUpdate, { id: 'AS20001', maxPrefixesV6: 300 }, ana!);
    await network(20_002);
    const { id: second, tag } = await connect('rsf', 'AS20002', '2001:db8:3c::11');
    const rows = () => world.databases.tenant({ tenantId, operation: 'test' }, async (db) => (await db.execute(sql`
      select (select count(*) from changes) as changes, (select count(*) from exchange_rs_generations) as generations, (select count(*) from exchange_rs_sync) as peers,
        (select json_agg(s order by s.id) from exchange_route_servers s) as servers, (select json_agg(a) from exchange_route_server_access a) as access`)).rows[0]);
    const before = await rows();
    const shown = await plan();
    expect(shown).toMatchObject({ generation: 7, isSame: false, summary: '1 added', impact: { added: [`as20002_${tag}`], unaffected: [expect.stringMatching(/^as20001_/)], restarted: [], kept: 1 } });
    expect(shown.files.map(({ path, before: was, after: is }) => [path.replace(/_\w+/, ''), was !== null, is !== null])).toEqual([['main.conf', true, true], ['peers/as20001.conf', true, true], ['peers/as20002.conf', false, true]]);
    expect(await rows()).toEqual(before);
    expect((await world.refused(exchangeRouteServersPlan, { id }, gustav!)).slug).toBe('exchange-route-server-not-found');
    await world.done(exchangeConnectionsDelete, { id: second }, ana!);
  }); // prettier-ignore
  test('hold nothing of what members write', async () => {
    await world.done(exchangeParticipantsUpdate, { id: 'AS20001', name: 'x"; } protocol static evil {', policyUrl: 'https://evil.example/"' }, ana!);
    const { content } = await world.done(exchangeRouteServersExport, { id: 'rs1' }, ana!);
    expect(content).not.toContain('evil');
  });
  test('without a validator where Invalid routes are refused have none, and are told why', async () => {
    await serve('rs2', { addressV6: '2001:db8:3c::2', routerId: '192.0.2.2' });
    const refused = await world.refused(exchangeRouteServersConfig, { id: 'rs2' }, ana!);
    expect([refused.slug, refused.message]).toEqual(['exchange-render-failed', expect.stringContaining('no validator')]);
    await world.done(exchangeFabricsUpdate, { id: 'rsf', rpkiMode: 'monitor' }, ana!);
    expect((await world.done(exchangeRouteServersConfig, { id: 'rs2' }, ana!)).files[1]!.content).toContain('(RS_AS, 1000, 3)');
  });
  test('have addresses of the LAN that no other has; names of validators are not looked up', async () => {
    const refuse = (more: object) => world.refused(exchangeRouteServersCreate, { fabricId: 'rsf', handle: 'rs3', name: 'x', addressV6: '2001:db8:3c::3', routerId: '192.0.2.3', ...more }, ana!);
    for (const more of [{ handle: 'rs1' }, { addressV6: '2001:db8:3c::1' }, { routerId: '192.0.2.1' }]) expect((await refuse(more)).slug).toBe('exchange-taken');
    for (const more of [{ addressV6: '2001:db8::3' }, { routerId: '1' }, { routerId: '0.0.0.0' }, { addressV4: '192.0.2.3' }, { rtrServers: [{ host: 'rpki.example', port: 1 }] }]) expect((await refuse(more)).slug).toBe('validation-failed');
  }); // prettier-ignore
  test('are changed, listed within reach, hold their fabric, and go', async () => {
    const { id, version } = await world.done(exchangeRouteServersUpdate, { id: 'rs2', name: 'Second', routerId: '192.0.2.22' }, ana!);
    expect(version).toBe(2);
    expect(await world.done(exchangeRouteServersGet, { id }, ana!)).toMatchObject({ name: 'Second', routerId: '192.0.2.22', handle: 'rs2' });
    expect((await world.refused(exchangeRouteServersGet, { id }, gustav!)).slug).toBe('exchange-route-server-not-found');
    const { id: fabricId } = await world.done(exchangeFabricsGet, { id: 'rsf' }, ana!);
    const half = world.as({ name: 'lan-only', scope: { any: [{ type: 'exchangeFabric', ids: [fabricId] }] } });
    expect((await world.done(exchangeRouteServersList, {}, half)).items).toEqual([]);
    expect((await world.refused(exchangeRouteServersDelete, { id }, half)).slug).toBe('scope-denied');
    const { items } = await world.done(exchangeConnectionsList, { fabricId: 'rsf' }, ana!);
    for (const one of items) await world.done(exchangeConnectionsDelete, { id: one.id }, ana!);
    expect((await world.refused(exchangeFabricsDelete, { id: 'rsf' }, ana!)).slug).toBe('exchange-in-use');
    for (const handle of ['rs1', 'rs2']) await world.done(exchangeRouteServersDelete, { id: handle }, ana!);
    await world.done(exchangeFabricsDelete, { id: 'rsf' }, ana!);
  });
});
