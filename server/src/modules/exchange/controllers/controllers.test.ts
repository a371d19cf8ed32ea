import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { and, eq } from '#kernel/drizzle.ts';
import { outboundRequest } from '#kernel/outbound-http.ts';
import { provide } from '#kernel/port.ts';
import { secretsCreate, secretsRotate, secrets } from '#modules/secrets/index.ts';
import { cloneDatabase } from '#test/clone.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { startZerotierController, type ZerotierFake } from '#test/zerotier.ts';
import { secretAdapters } from '../../../secrets.ts';
import { exchange } from '../index.ts';
import { controllers as zerotierControllers } from '../providers/zerotier/controllers.ts';
import { Controllers } from '../providers/zerotier/port.ts';
import { exchangeConnectionsCreate } from '../operations/exchange.connections.create.ts';
import { exchangeConnectionsDelete } from '../operations/exchange.connections.delete.ts';
import { exchangeFabricsCreate } from '../operations/exchange.fabrics.create.ts';
import { exchangeFabricsDelete } from '../operations/exchange.fabrics.delete.ts';
import { exchangeParticipantsCreate } from '../operations/exchange.participants.create.ts';
import { exchangeControllersCreate } from './operations/exchange.controllers.create.ts';
import { exchangeControllersDelete } from './operations/exchange.controllers.delete.ts';
import { exchangeControllersGet } from './operations/exchange.controllers.get.ts';
import { exchangeControllersList } from './operations/exchange.controllers.list.ts';
import { exchangeControllersPreflight } from './operations/exchange.controllers.preflight.ts';
import { exchangeControllersReloadToken } from './operations/exchange.controllers.reloadToken.ts';
import { exchangeMembersAuthorize } from './operations/exchange.members.authorize.ts';
import { exchangeMembersDeauthorize } from './operations/exchange.members.deauthorize.ts';
import { exchangeMembersList } from './operations/exchange.members.list.ts';
import { exchangeNetworksBind } from './operations/exchange.networks.bind.ts';
import { exchangeNetworksUnbind } from './operations/exchange.networks.unbind.ts';
import { controllers } from './tables.ts';
import { watchControllers } from './watch.ts';

const NODE = '8056c2e21c';
const TOKEN = 'controller-token-of-the-laboratory';
const NETWORK = `${NODE}00a001`;
let world: World;
let zerotier: ZerotierFake;
let [ana, otto, gustav]: Person[] = [];
let minutes = 0;
let secretId = '';

beforeAll(async () => {
  zerotier = await startZerotierController({ nodeId: NODE, token: TOKEN });
  const databaseUrl = await cloneDatabase();
  world = await createWorld({
    modules: [exchange, secrets],
    databaseUrl,
    now: () => new Date(Date.now() + minutes * 60_000),
    adapters: (parts, people) => [
      ...secretAdapters(parts, people, databaseUrl),
      provide(Controllers, zerotierControllers({ kind: 'self_hosted_controller', ownUrl: undefined, pause: async () => undefined, send: () => (request) => outboundRequest(request, { exceptions: [], allowPrivateTargets: true }) })), // prettier-ignore
    ],
  });
  [ana, otto, gustav] = [world.as({ name: 'ana' }), world.as({ name: 'otto' }), world.as({ name: 'gustav', tenant: 'b' })];
  ({ id: secretId } = await world.done(secretsCreate, { name: 'ZT_TOKEN', value: TOKEN }, ana));
  await world.done(exchangeControllersCreate, { name: 'main', baseUrl: zerotier.url, token: 'secret://ZT_TOKEN' }, ana);
  await world.done(exchangeFabricsCreate, { slug: 'fra', name: 'Frankfurt', rsAsn: 64_500, ipv6Prefix: '2001:db8:100::/64' }, ana);
  await world.done(exchangeParticipantsCreate, { asn: 64_512, name: 'Example' }, ana);
});
afterAll(async () => {
  await world.close();
  await zerotier.close();
});

/** A high risk is agreed to by somebody else. */
const carriedOut = (operation: Parameters<World['carriedOut']>[0], input: object) => world.carriedOut(operation, input, ana!, otto!);
const preflight = () => carriedOut(exchangeControllersPreflight, { id: 'main' });
const shown = () => world.done(exchangeControllersGet, { id: 'main' }, ana!);
const slugOf = async (operation: Parameters<World['refused']>[0], input: object, who = ana!) => (await world.refused(operation, input, who)).slug;
const connect = (more: object = {}) => world.done(exchangeConnectionsCreate, { fabricId: 'fra', participantId: '64512', ...more }, ana!);
const classes = async () => (await shown()).findings.map((one) => `${one.class} ${one.severity} ${one.nodeId}`);
const watch = () => {
  const tenantId = world.tenants.a;
  const tx = <T>(work: (ctx: never) => Promise<T>): Promise<T> =>
    world.databases.tenant({ tenantId, operation: 'watch' }, (db) =>
      work({ db, tenantId, now: () => new Date(), emit: () => undefined, provider: undefined, changeId: null } as never),
    );
  const provider = (port: { port: string }) => world.adapters.get(port.port);
  return watchControllers({ tenantId, now: () => new Date(), provider, tx } as never);
};

describe('addresses', () => {
  test('are made of the ASN when none is given, pass over those given by hand, and are never given twice', async () => {
    const first = await connect();
    expect(first.addressV6).toBe('2001:db8:100:0:6:4512:0:1');
    const byHand = await connect({ addressV6: '2001:db8:100:0:6:4512:0:2' });
    const third = await connect();
    expect(third.addressV6).toBe('2001:db8:100:0:6:4512:0:3');
    for (const { id } of [first, byHand, third]) await world.done(exchangeConnectionsDelete, { id }, ana!);
    const next = await connect();
    expect(next.addressV6).toBe('2001:db8:100:0:6:4512:0:4');
    await world.done(exchangeConnectionsDelete, { id: next.id }, ana!);
  });
});

describe('controllers', () => {
  test('are added by a reference to a token and an address that nothing is hidden in, and shown without the token', async () => {
    const row = await shown();
    expect(row).toMatchObject({ name: 'main', kind: 'self_hosted_controller', state: 'unknown', nodeId: null, tokenReference: 'secret://ZT_TOKEN', tokenMark: null });
    expect(row).not.toHaveProperty('token');
    expect(await slugOf(exchangeControllersCreate, { name: 'main', baseUrl: zerotier.url, token: 'secret://ZT_TOKEN' })).toBe('controller-name-taken');
    expect(await slugOf(exchangeControllersCreate, { name: 'other', token: 'secret://ZT_TOKEN' })).toBe('controller-invalid');
    expect(await slugOf(exchangeControllersCreate, { name: 'other', baseUrl: 'https://u:p@zt.example.net', token: 'secret://ZT_TOKEN' })).toBe('controller-invalid');
    expect(await slugOf(exchangeControllersCreate, { name: 'other', baseUrl: zerotier.url, token: TOKEN })).toBe('validation-failed');
    expect(await slugOf(exchangeControllersCreate, { name: 'other', baseUrl: zerotier.url, token: 'secret://NOBODY' })).toBe('secret-reference-missing');
  }); // prettier-ignore

  test('of one tenant are nobody else’s', async () => {
    expect((await world.done(exchangeControllersList, {}, gustav!)).items).toEqual([]);
    expect(await slugOf(exchangeControllersGet, { id: (await shown()).id }, gustav)).toBe('controller-not-found');
    const reader = world.as({ permissions: ['exchange:read'] });
    for (const operation of [exchangeControllersPreflight, exchangeControllersReloadToken, exchangeControllersDelete])
      expect(await slugOf(operation, { id: 'main' }, reader)).toBe('permission-denied');
  });

  test('nothing is bound to one that passed no preflight', async () => {
    expect(await slugOf(exchangeNetworksBind, { fabricId: 'fra', controllerId: 'main', network: '00a001' })).toBe('controller-blocked');
  });

  test('a preflight says who it is and takes the token into use', async () => {
    expect((await preflight()).state).toBe('succeeded');
    const row = await shown();
    expect(row).toMatchObject({ state: 'ready', nodeId: NODE, software: '1.14.2', findings: [] });
    expect(row.tokenMark).toMatch(/^[0-9a-f]{12}$/);
    expect(row.stages.map(({ name, ok }) => [name, ok])).toEqual(
      ['readiness', 'identity', 'derivation', 'networks', 'members'].map((name) => [name, true]),
    );
    const [kept] = await world.databases.tenant({ tenantId: world.tenants.a, operation: 'look' }, (db) => db.select().from(controllers).where(and(eq(controllers.tenantId, world.tenants.a), eq(controllers.name, 'main')))); // prettier-ignore
    expect(kept!.token).toMatch(/^v1\./);
    expect(JSON.stringify(kept)).not.toContain(TOKEN);
  });
});

describe('networks', () => {
  test('exchange 38: suffix wrong, doubled, without /64, /64 shared, /56: each refused with its own code', async () => {
    const bind = (more: object) => slugOf(exchangeNetworksBind, { fabricId: 'fra', controllerId: 'main', network: '00a001', ...more });
    expect(await bind({ network: '00a00' })).toBe('validation-failed');
    expect(await bind({ network: 'ffffffffff00a001' })).toBe('suffix-invalid');
    await world.done(exchangeFabricsCreate, { slug: 'wide', name: 'Wide', rsAsn: 64_500, ipv6Prefix: '2001:db8:200::/56' }, ana!);
    expect(await bind({ fabricId: 'wide' })).toBe('prefix-invalid');
    const shared = { slug: 'same', name: 'Same', rsAsn: 64_500, ipv6Prefix: '2001:db8:100::/64' };
    expect(await slugOf(exchangeFabricsCreate, shared)).toBe('exchange-taken');
  });

  test('exchange 35: network absent: created with /64 route, IPv4 assignment off, hygiene rules; other routes kept', async () => {
    const change = await carriedOut(exchangeNetworksBind, { fabricId: 'fra', controllerId: 'main', network: '00a001' });
    expect(change).toMatchObject({ state: 'succeeded', outcome: { fabric: 'fra', networkId: NETWORK } });
    expect(zerotier.network(NETWORK)).toMatchObject({ name: 'Frankfurt', private: true, enableBroadcast: false, v4AssignMode: { zt: false }, routes: [{ target: '2001:db8:100::/64', via: null }] }); // prettier-ignore
    zerotier.byHand(`/controller/network/${NETWORK}`, {
      mtu: 1_400,
      v4AssignMode: { zt: true },
      routes: [{ target: '10.9.0.0/16', via: '10.9.0.1' }],
    });
    await preflight();
    expect(zerotier.network(NETWORK)).toMatchObject({ mtu: 1_500, v4AssignMode: { zt: false }, routes: [{ target: '2001:db8:100::/64' }, { target: '10.9.0.0/16', via: '10.9.0.1' }] }); // prettier-ignore
    expect(await classes()).toEqual(['foreign_route warning null']);
    zerotier.byHand(`/controller/network/${NETWORK}`, {}, 'DELETE');
    await preflight();
    expect(zerotier.network(NETWORK)).toMatchObject({ name: 'Frankfurt' });
  });

  test('are one fabric’s, and hold what needs them', async () => {
    expect(await slugOf(exchangeNetworksBind, { fabricId: 'fra', controllerId: 'main', network: '00a002' })).toBe('network-bound');
    await world.done(exchangeFabricsCreate, { slug: 'ber', name: 'Berlin', rsAsn: 64_500, ipv6Prefix: '2001:db8:101::/64' }, ana!);
    expect(await slugOf(exchangeNetworksBind, { fabricId: 'ber', controllerId: 'main', network: '00a001' })).toBe('network-bound');
    expect(await slugOf(exchangeFabricsDelete, { id: 'fra' })).toBe('exchange-in-use');
    expect(await slugOf(exchangeControllersDelete, { id: 'main' })).toBe('controller-in-use');
  });
});

describe('members', () => {
  const node = 'a1b2c3d4e5';
  const authorize = (connectionId: string, nodeId = node) => carriedOut(exchangeMembersAuthorize, { connectionId, nodeId });
  const listed = async () => (await world.done(exchangeMembersList, { fabricId: 'fra' }, ana!)).items;
  let connection: Awaited<ReturnType<typeof connect>>;

  test('exchange 31: happy path: address allocated, member authorised with flat body, `noAutoAssignIps`, read back, membership row', async () => {
    connection = await connect();
    const change = await authorize(connection.id);
    expect(change).toMatchObject({ state: 'succeeded', outcome: { nodeId: node, authorized: true, addresses: [connection.addressV6], asn: 64_512 } });
    expect(zerotier.asked.findLast(({ method }) => method === 'POST')?.body).toEqual({ authorized: true, noAutoAssignIps: true, ipAssignments: [connection.addressV6], activeBridge: false, name: `AS64512 ${connection.tag}` }); // prettier-ignore
    expect(await listed()).toMatchObject([{ nodeId: node, authorized: true, networkId: NETWORK, fabric: 'fra' }]);
    expect((await world.done(exchangeMembersList, {}, gustav!)).items).toEqual([]);
  });

  test('exchange 32: run the Job twice: one membership row, same address, controller `revision` unchanged by the second run', async () => {
    const { revision } = zerotier.member(NETWORK, node)!;
    expect((await authorize(connection.id)).state).toBe('succeeded');
    expect(await listed()).toMatchObject([{ addresses: [connection.addressV6], revision }]);
    expect(zerotier.member(NETWORK, node)).toMatchObject({ revision });
  });

  test('a node is of one connection, and a connection of one node', async () => {
    const other = await connect();
    expect(await slugOf(exchangeMembersAuthorize, { connectionId: connection.id, nodeId: 'ffffffffff' })).toBe('node-in-use');
    const taken = await world.accepted(exchangeMembersAuthorize, { connectionId: other.id, nodeId: node }, ana!).then(async (change) => {
      await world.approve(change, otto!);
      return world.settled(change, ana!);
    }, (problem: { slug: string }) => problem); // prettier-ignore
    expect(JSON.stringify(taken)).toContain('node-in-use');
    expect(zerotier.member(NETWORK, node)).toMatchObject({ ipAssignments: [connection.addressV6] });
    await world.done(exchangeConnectionsDelete, { id: other.id }, ana!);
    expect(await slugOf(exchangeConnectionsDelete, { id: connection.id })).toBe('exchange-in-use');
    expect(await slugOf(exchangeNetworksUnbind, { fabricId: 'fra' })).toBe('network-in-use');
  });

  test('exchange 42: someone de-authorises a member by hand: `member_deauthorized`; unknown authorised member: reported critical; authorising again mends it', async () => {
    zerotier.byHand(`/controller/network/${NETWORK}/member/${node}`, { authorized: false });
    zerotier.byHand(`/controller/network/${NETWORK}/member/bbbbbbbbbb`, { authorized: true, ipAssignments: ['2001:db8:100::bad'] });
    zerotier.joins(NETWORK, 'cccccccccc');
    const writes = () => zerotier.asked.filter(({ method }) => method !== 'GET').length;
    const before = writes();
    await watch();
    expect(writes()).toBe(before);
    expect(await classes()).toEqual([`member_deauthorized warning ${node}`, 'member_unknown_authorized critical bbbbbbbbbb']);
    expect(await listed()).toMatchObject([{ authorized: false }]);
    const { since } = (await shown()).findings[0]!;
    await watch();
    expect((await shown()).findings[0]).toMatchObject({ since });
    await authorize(connection.id);
    zerotier.byHand(`/controller/network/${NETWORK}/member/bbbbbbbbbb`, {}, 'DELETE');
    zerotier.byHand(`/controller/network/${NETWORK}/member/${node}`, { ipAssignments: ['2001:db8:100::bad'] });
    await watch();
    expect(await classes()).toEqual([`member_address warning ${node}`]);
    await authorize(connection.id);
    await preflight();
    expect(await classes()).toEqual([]);
    expect(zerotier.member(NETWORK, node)).toMatchObject({ authorized: true, ipAssignments: [connection.addressV6] });
  });

  test('exchange 36: `/controller` answers 503: state `blocked`, requests fail, no member call; recovery reopens', async () => {
    zerotier.own.isReady = false;
    await preflight();
    expect(await shown()).toMatchObject({
      state: 'blocked',
      blockedCode: 'controller-database-not-ready',
      stages: [{ name: 'readiness', ok: false }],
    });
    const before = zerotier.asked.length;
    const refused = await world.refused(exchangeMembersAuthorize, { connectionId: connection.id, nodeId: node }, ana!);
    expect(refused).toMatchObject({ slug: 'controller-blocked', extras: { code: 'controller-database-not-ready', remediation: expect.any(String) } });
    expect(zerotier.asked.length).toBe(before);
    zerotier.own.isReady = true;
    await preflight();
    expect((await authorize(connection.id)).state).toBe('succeeded');
  });

  test('exchange 37: controller node id changes: `controller-identity-changed`, everything blocked', async () => {
    zerotier.own.nodeId = 'deadbeef00';
    await preflight();
    expect(await shown()).toMatchObject({ state: 'blocked', blockedCode: 'controller-identity-changed', nodeId: NODE });
    expect(await slugOf(exchangeMembersAuthorize, { connectionId: connection.id, nodeId: node })).toBe('controller-blocked');
    zerotier.own.nodeId = NODE;
    await preflight();
    expect(await shown()).toMatchObject({ state: 'ready' });
  });

  test('a preflight that is old counts for nothing', async () => {
    minutes = 30;
    expect(await slugOf(exchangeMembersAuthorize, { connectionId: connection.id, nodeId: node })).toBe('controller-blocked');
    minutes = 0;
  });

  test('exchange 43: token reload with a wrong token: old token stays, state says so, no token in any Change', async () => {
    const { tokenMark } = await shown();
    await world.done(secretsRotate, { id: secretId, value: 'a-token-that-is-none' }, ana!);
    const change = await carriedOut(exchangeControllersReloadToken, { id: 'main' });
    expect(change).toMatchObject({ state: 'failed', problem: { type: expect.stringContaining('controller-auth-failed') } });
    expect(await shown()).toMatchObject({ state: 'ready', tokenMark, detail: expect.stringContaining('stays in use') });
    expect((await authorize(connection.id)).state).toBe('succeeded');
    expect(JSON.stringify([change, await shown(), world.faults])).not.toMatch(/a-token-that-is-none|controller-token-of-the-laboratory/);
    const better = 'the-next-token-of-the-laboratory';
    zerotier.own.token = better;
    await world.done(secretsRotate, { id: secretId, value: better }, ana!);
    expect((await carriedOut(exchangeControllersReloadToken, { id: 'main' })).state).toBe('succeeded');
    const after = await shown();
    expect(after).toMatchObject({ state: 'ready', detail: null });
    expect(after.tokenMark).not.toBe(tokenMark);
  });

  test('are taken off: de-authorised first, then gone, and everything can be taken down', async () => {
    const { id } = (await listed())[0]!;
    const from = zerotier.asked.length;
    expect((await carriedOut(exchangeMembersDeauthorize, { id })).state).toBe('succeeded');
    expect(zerotier.asked.slice(from).filter(({ method }) => method !== 'GET').map(({ method, body }) => [method, body])).toEqual([['POST', { authorized: false }], ['DELETE', undefined]]); // prettier-ignore
    expect(await listed()).toEqual([]);
    expect((await carriedOut(exchangeNetworksUnbind, { fabricId: 'fra' })).state).toBe('succeeded');
    expect(zerotier.network(NETWORK)).toBeDefined();
    expect((await carriedOut(exchangeControllersDelete, { id: 'main' })).state).toBe('succeeded');
    expect(await slugOf(exchangeControllersGet, { id: 'main' })).toBe('controller-not-found');
  });
});
