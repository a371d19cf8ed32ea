import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outboundRequest } from '#kernel/outbound-http.ts';
import { Problem } from '#kernel/problem.ts';
import { startZerotierCentral, startZerotierController, type ZerotierFake } from '#test/zerotier.ts';
import { controllers } from './controllers.ts';
import type { Controller, ControllerKind, NetworkWish } from './port.ts';
import { HYGIENE } from './rules.ts';

const NODE = '8056c2e21c';
const NETWORK = `${NODE}000001`;
const wish: NetworkWish = { name: 'Frankfurt', mtu: 2_800, broadcast: false, multicastLimit: 32, prefixes: ['2001:db8:100::/64'] };
const member = { authorized: true, addresses: ['2001:db8:100:0:6:4512:0:1'], name: 'AS64512 3f2a9c' };
const rules = { exceptions: [], allowPrivateTargets: true };

const waits: number[] = [];
let clock = 0;
const pause = async (ms: number): Promise<void> => {
  waits.push(ms);
  clock += ms;
};
const kept = new Set<ZerotierFake>();
const open = (kind: ControllerKind, { url, own }: ZerotierFake, token = own.token): Controller =>
  controllers({ kind, ownUrl: undefined, send: () => (request) => outboundRequest(request, rules), pause, now: () => clock }).open('a', {
    kind,
    baseUrl: url,
    token,
  }); // prettier-ignore
const slugOf = async (act: Promise<unknown>): Promise<string> => {
  const error = await act.then(() => undefined, (found: unknown) => found); // prettier-ignore
  return error instanceof Problem ? error.slug : `no problem: ${String(error)}`;
};

const START: Readonly<Record<string, () => Promise<ZerotierFake>>> = {
  self_hosted_controller: () => startZerotierController({ nodeId: NODE }),
  'self_hosted_controller without the newer lists': () => startZerotierController({ nodeId: NODE, unstable: false }),
  central: () => startZerotierCentral({ networks: [NETWORK] }),
};
afterAll(async () => void (await Promise.all([...kept].map((fake) => fake.close()))));

describe.each(Object.keys(START))('exchange 46: the contract suite passes for %s', (name) => {
  const kind = name.split(' ')[0] as ControllerKind;
  const isOwn = kind === 'self_hosted_controller';
  let fake: ZerotierFake;
  let controller: Controller;
  beforeAll(async () => {
    kept.add((fake = await START[name]!()));
    controller = open(kind, fake);
  });

  test('it says who it is', async () => {
    expect(await controller.probe()).toEqual({ nodeId: isOwn ? NODE : null, version: expect.stringMatching(/^1\./) });
  });

  test('a network gets what was wished for, keeps the routes of others, and is written once', async () => {
    const made = await controller.ensureNetwork(NETWORK, wish);
    expect(made.created).toBe(isOwn);
    expect(made.network).toMatchObject({ private: true, mtu: 2_800, broadcast: false, assigns: false, guarded: true, name: 'Frankfurt' });
    fake.byHand(isOwn ? `/controller/network/${NETWORK}` : `/network/${NETWORK}`, other([{ target: '2001:db8:100::/64', via: null }, { target: '10.9.0.0/16', via: '10.9.0.1' }])); // prettier-ignore
    const { revision } = fake.network(NETWORK)!;
    expect((await controller.ensureNetwork(NETWORK, wish)).updated).toEqual([]);
    expect(fake.network(NETWORK)).toMatchObject({ revision, routes: [expect.anything(), { target: '10.9.0.0/16', via: '10.9.0.1' }] });
    const { updated } = await controller.ensureNetwork(NETWORK, { ...wish, mtu: 1_500 });
    expect(updated).toEqual(['mtu']);
    expect(fake.network(NETWORK)).toMatchObject({ mtu: 1_500, routes: [expect.anything(), { target: '10.9.0.0/16' }] });
    if (isOwn) expect(fake.network(NETWORK)!['rules']).toEqual(HYGIENE);
    // For the time of a maintenance members are kept from speaking BGP with each other.
    const culling = await controller.ensureNetwork(NETWORK, { ...wish, mtu: 1_500, culls: true });
    expect([culling.updated, culling.network]).toMatchObject([['maintenance'], { guarded: true, culled: wish.prefixes }]);
    const over = await controller.ensureNetwork(NETWORK, { ...wish, mtu: 1_500 });
    expect([over.updated, over.network]).toMatchObject([['maintenance'], { guarded: true, culled: [] }]);
  });
  const other = (routes: object[]): object => (isOwn ? { routes } : { config: { routes } });

  test('a member is authorised with exactly its addresses, and a second time changes nothing', async () => {
    expect(await controller.getMember(NETWORK, 'a1b2c3d4e5')).toBeNull();
    const made = await controller.upsertMember(NETWORK, 'a1b2c3d4e5', member);
    expect(made).toMatchObject({ nodeId: 'a1b2c3d4e5', memberId: isOwn ? 'a1b2c3d4e5' : `${NETWORK}-a1b2c3d4e5`, authorized: true, addresses: member.addresses }); // prettier-ignore
    expect(fake.member(NETWORK, 'a1b2c3d4e5')).toMatchObject({ noAutoAssignIps: true, activeBridge: false });
    expect((await controller.upsertMember(NETWORK, 'a1b2c3d4e5', member)).revision).toBe(made.revision);
    expect(await controller.listMembers(NETWORK)).toEqual([await controller.getMember(NETWORK, 'a1b2c3d4e5')]);
  });

  test('a member is taken off, and what is absent is absent', async () => {
    expect(await controller.deauthorizeMember(NETWORK, 'ffffffffff')).toBeNull();
    expect(fake.member(NETWORK, 'ffffffffff')).toBeUndefined();
    expect(await controller.deauthorizeMember(NETWORK, 'a1b2c3d4e5')).toMatchObject({ authorized: false });
    await controller.deleteMember(NETWORK, 'a1b2c3d4e5');
    await controller.deleteMember(NETWORK, 'a1b2c3d4e5');
    expect(await controller.listMembers(NETWORK)).toEqual([]);
  });

  test('a network that is absent is said to be, and ids are looked at before they stand in a path', async () => {
    const absent = `${NODE}0000ff`;
    expect(await controller.getNetwork(absent)).toBeNull();
    expect(await slugOf(controller.listMembers(absent))).toBe('controller-network-missing');
    expect(await slugOf(controller.upsertMember(absent, 'a1b2c3d4e5', member))).toBe('controller-network-missing');
    expect(await slugOf(controller.ensureNetwork('00000000000000ff', wish))).toBe('controller-network-missing');
    const before = fake.asked.length;
    expect(await slugOf(controller.getNetwork('../../status'))).toBe('network-id-invalid');
    expect(await slugOf(controller.getMember(NETWORK, '../x'))).toBe('node-id-invalid');
    expect(fake.asked.length).toBe(before);
  });

  test('exchange 33: 429 with Retry-After: 2 twice, then 200: success, three calls, waits obeyed', async () => {
    waits.length = 0;
    const busy = { status: 429, headers: { 'retry-after': '2' } };
    fake.forced.push(busy, busy);
    const before = fake.asked.length;
    expect(await controller.getNetwork(NETWORK)).toMatchObject({ id: NETWORK });
    expect(fake.asked.length - before).toBe(3);
    expect(waits.filter((ms) => ms > 150)).toEqual([2_000, 2_000]);
  });

  test('exchange 34: 401: controller-auth-failed, one call, remediation names what can be done', async () => {
    const before = fake.asked.length;
    const found = await open(kind, fake, 'wrong').probe().catch((error: unknown) => error as Problem); // prettier-ignore
    expect(found).toMatchObject({
      slug: 'controller-auth-failed',
      extras: { remediation: expect.stringContaining(isOwn ? 'allowManagementFrom' : 'token') },
    });
    expect(JSON.stringify(found)).not.toContain('wrong');
    expect(fake.asked.length - before).toBe(1);
  });

  test.each([
    ['an error of its own four times', [503, 500, 502, 504].map((status) => ({ status })), 'controller-upstream-error', 4],
    ['a longer wait than a minute', [{ status: 429, headers: { 'retry-after': '120' } }], 'controller-rate-limited', 1],
    ['what is not JSON', [{ status: 200, text: '<html>' }], 'controller-bad-response', 1],
    ['what is no object', [{ status: 200, text: '"yes"' }], 'controller-bad-response', 1],
    ['a redirect, which is not followed', [{ status: 302, headers: { location: 'http://169.254.169.254/' } }], 'controller-bad-response', 1],
    ['more than 4 MiB', [{ status: 200, text: 'x'.repeat(4 * 1_048_576 + 1) }], 'controller-bad-response', 1],
  ])('it answers %s', async (_what, forced, slug, calls) => {
    fake.forced.push(...forced);
    const before = fake.asked.length;
    expect(await slugOf(controller.getNetwork(NETWORK))).toBe(slug);
    expect(fake.asked.length - before).toBe(calls);
    expect(fake.forced).toEqual([]);
  });

  test('what it does not keep is a mismatch at the second attempt', async () => {
    const lie = { status: 200, body: isOwn ? { authorized: false } : { nodeId: 'a1b2c3d4e5', config: { authorized: false } } };
    fake.forced.push(lie, lie, lie, lie);
    expect(await slugOf(controller.upsertMember(NETWORK, 'a1b2c3d4e5', member))).toBe('controller-readback-mismatch');
    expect(fake.forced).toEqual([]);
  });

  test('nobody answers', async () => {
    const gone = await START[name]!();
    await gone.close();
    waits.length = 0;
    expect(await slugOf(open(kind, gone).probe())).toBe('controller-unreachable');
    expect(waits.filter((ms) => ms > 150)).toHaveLength(3);
  });
});

test('the guarded way out keeps a controller from being any other address of this machine', async () => {
  const guarded = controllers({ kind: 'central', ownUrl: undefined, pause: async () => undefined, send: () => (request) => outboundRequest(request, { exceptions: [], allowPrivateTargets: false }) }); // prettier-ignore
  for (const baseUrl of ['http://127.0.0.1:9993', 'http://169.254.169.254', 'http://localhost:9993'])
    expect(await slugOf(guarded.open('a', { kind: 'self_hosted_controller', baseUrl, token: 'x' }).probe())).toBe('controller-address-forbidden');
});

test('new controllers are of the kind of the installation, and each is spoken to as its own kind asks', async () => {
  const made = (kind: ControllerKind, ownUrl?: string) => {
    const sent: Record<string, string>[] = [];
    const send = () => async (request: { headers: Readonly<Record<string, string>> }) => (sent.push(request.headers), { status: 404, headers: {}, body: new Uint8Array(), url: '' }); // prettier-ignore
    return { port: controllers({ kind, ownUrl, pause: async () => undefined, send }), sent };
  };
  expect(made('central').port).toMatchObject({ kind: 'central', defaultUrl: 'https://api.zerotier.com/api/v1' });
  expect(made('self_hosted_controller').port).toMatchObject({ kind: 'self_hosted_controller', defaultUrl: null });
  const { port, sent } = made('self_hosted_controller', 'http://127.0.0.1:9993');
  expect(port.defaultUrl).toBe('http://127.0.0.1:9993');
  for (const kind of ['self_hosted_controller', 'central'] as const)
    await port.open('a', { kind, baseUrl: 'https://zt.example.net', token: 'abc' }).getNetwork(NETWORK);
  expect(sent).toMatchObject([{ 'x-zt1-auth': 'abc' }, { authorization: 'token abc' }]);
});

test('a controller whose database is not ready says so', async () => {
  const fake = await startZerotierController();
  kept.add(fake);
  fake.own.isReady = false;
  expect(await slugOf(open('self_hosted_controller', fake).probe())).toBe('controller-database-not-ready');
});

test('wrong types are silently passed over by a controller of one’s own, and wrapped bodies too: what is read back shows it', async () => {
  const fake = await startZerotierController();
  kept.add(fake);
  const path = `/controller/network/${NETWORK}`;
  fake.byHand(path, { config: { mtu: 1_500 }, mtu: 'no', private: null });
  expect(fake.network(NETWORK)).toMatchObject({ mtu: 2_800, private: true });
  fake.byHand(`${path}/member/a1b2c3d4e5`, { ipAssignments: 'fe80::1', config: { authorized: true } });
  expect(fake.member(NETWORK, 'a1b2c3d4e5')).toMatchObject({ authorized: false, ipAssignments: [] });
  fake.byHand(`${path}/member/a1b2c3d4e5`, { ipAssignments: ['2001:db8::1/128', 'nonsense'] });
  expect(fake.member(NETWORK, 'a1b2c3d4e5')).toMatchObject({ ipAssignments: ['2001:db8::1'] });
});
