import { afterAll, describe, expect, test } from 'vitest';
import { and, eq, sql } from '#kernel/drizzle.ts';
import type { z } from 'zod';
import { secretsCreate } from '#modules/secrets/index.ts';
import { joiningLab, NODE, TOKEN } from '#test/joining.ts';
import { exchangeControllersCreate } from '../controllers/operations/exchange.controllers.create.ts';
import { exchangeControllersPreflight } from '../controllers/operations/exchange.controllers.preflight.ts';
import { exchangeNetworksBind } from '../controllers/operations/exchange.networks.bind.ts';
import { watchControllers } from '../controllers/watch.ts';
import { watchPorts } from './ports.ts';
import { exchangePortsSuspend } from '../joining/operations/exchange.ports.suspend.ts';
import { requests } from '../joining/tables.ts';
import { exchangeDriftIgnore } from './operations/exchange.drift.ignore.ts';
import { exchangeDriftList } from './operations/exchange.drift.list.ts';
import { exchangeDriftRepair } from './operations/exchange.drift.repair.ts';
import type { Drift, FindingState } from './schemas.ts';
import { findings } from './tables.ts';

const NETWORK = `${NODE}00b001`;
const OURS = 'd1d2d3d4d5';
const THEIRS = 'e1e2e3e4e5';
const { world, zerotier, ana, gustav, peer, carriedOut, fabric, ask, slugOf, approve, inTenant, close } = await joiningLab();
const petra = await peer('petra', 'peeringdb', [20_001]);
const reader = world.as({ name: 'reader', permissions: ['exchange:read'] });
await world.done(secretsCreate, { name: 'ZT_TOKEN', value: TOKEN }, ana);
await world.done(exchangeControllersCreate, { name: 'main', baseUrl: zerotier.url, token: 'secret://ZT_TOKEN' }, ana);
await fabric('zt', 9, { access: 'open' });
/** As the clock does. */
const provider = (port: { port: string }) => world.adapters.get(port.port);
const job = { tenantId: world.tenants.a, now: () => new Date(), provider, tx: inTenant } as never;
const look = () => watchControllers(job);
await carriedOut(exchangeControllersPreflight, { id: 'main' });
await carriedOut(exchangeNetworksBind, { fabricId: 'zt', controllerId: 'main', network: '00b001' });
const made = await ask(petra, 'zt', 20_001, OURS);
await approve(made);
afterAll(close);

type Found = z.output<typeof Drift>;
const list = async (state?: FindingState): Promise<Found[]> => (await world.done(exchangeDriftList, { state }, reader)).items;
const classes = async (state?: FindingState) => (await list(state)).map((one) => `${one.class} ${one.severity} ${one.state}`);
const of = (path: string, body: object) => zerotier.byHand(`/controller/network/${NETWORK}${path}`, body);

describe('what differs at a controller', () => {
  test('nothing does, and it is said when it was looked', async () => {
    await look();
    expect(await world.done(exchangeDriftList, {}, reader)).toMatchObject({ items: [], checkedAt: expect.stringMatching(/Z$/) });
  });

  test('exchange 42: someone de-authorises a member by hand: `member_deauthorized`, repaired; unknown authorised member: reported critical', async () => {
    of(`/member/${OURS}`, { authorized: false });
    zerotier.joins(NETWORK, THEIRS);
    of(`/member/${THEIRS}`, { authorized: true });
    await look();
    expect((await classes()).toSorted((one, other) => one.localeCompare(other))).toEqual(['member_deauthorized warning open', 'member_unknown_authorized critical open']);
    const ours = (await list()).find(({ nodeId }) => nodeId === OURS)!;
    expect(ours).toMatchObject({ fabric: 'zt', controller: 'main', networkId: NETWORK, routeServer: null, isRepairable: true, mode: 'report' });
    await look();
    expect((await list()).find(({ nodeId }) => nodeId === OURS)).toMatchObject({ id: ours.id, firstSeenAt: ours.firstSeenAt });
    for (const [who, slug] of [[reader, 'permission-denied'], [petra, 'permission-denied'], [gustav, 'exchange-finding-not-found']] as const)
      for (const [operation, more] of [[exchangeDriftRepair, {}], [exchangeDriftIgnore, { reason: 'because' }]] as const)
        expect([operation.name, await slugOf(operation, { id: ours.id, ...more }, who)]).toEqual([operation.name, slug]);
    const change = await carriedOut(exchangeDriftRepair, { id: ours.id });
    expect(change.state).toBe('succeeded');
    expect(zerotier.member(NETWORK, OURS)).toMatchObject({ authorized: true });
    expect(await list('repaired')).toMatchObject([{ id: ours.id, changeId: change.id, isRepairable: false }]);
    expect(await slugOf(exchangeDriftRepair, { id: ours.id }, ana)).toBe('exchange-finding-over');
  }); // prettier-ignore

  test('what is left alone is looked at and not asked about, for as long as somebody said', async () => {
    const [theirs] = await list();
    expect(await slugOf(exchangeDriftIgnore, { id: theirs!.id, reason: 'The laboratory’s own', until: '2020-01-01T00:00:00Z' }, ana)).toBe('validation-failed');
    const until = new Date(Date.now() + 60_000).toISOString();
    expect(await world.done(exchangeDriftIgnore, { id: theirs!.id, reason: 'The laboratory’s own', until }, ana)).toMatchObject({ state: 'ignored', ignoredBy: 'ana', ignoredUntil: until });
    await look();
    expect(await classes()).toEqual(['member_unknown_authorized critical ignored']);
    const over = { ignoredUntil: new Date(Date.now() - 1_000) };
    await inTenant(({ db, tenantId }) => db.update(findings).set(over).where(and(eq(findings.tenantId, tenantId), eq(findings.id, theirs!.id))));
    await look();
    expect(await list()).toMatchObject([{ id: theirs!.id, state: 'open', reason: null, ignoredUntil: null }]);
    expect((await carriedOut(exchangeDriftRepair, { id: theirs!.id })).state).toBe('succeeded');
    expect(zerotier.member(NETWORK, THEIRS)).toMatchObject({ authorized: false });
    await look();
    expect(await classes()).toEqual([]);
  }); // prettier-ignore

  test('settings of a network are written again; a repair that the controller refuses leaves the finding open', async () => {
    of('', { mtu: 1_280 });
    await look();
    const [found] = await list();
    expect(found).toMatchObject({ class: 'network_config', detail: expect.stringContaining('mtu') });
    zerotier.own.token = 'another-token-of-the-laboratory';
    expect((await carriedOut(exchangeDriftRepair, { id: found!.id })).state).toBe('failed');
    expect(await list()).toMatchObject([{ id: found!.id, state: 'open', changeId: null }]);
    zerotier.own.token = TOKEN;
    expect((await carriedOut(exchangeDriftRepair, { id: found!.id })).state).toBe('succeeded');
    expect(zerotier.network(NETWORK)).toMatchObject({ mtu: 1_500 });
  });

  test('what goes away by itself is gone; a port that was stopped is none that was de-authorised by hand', async () => {
    zerotier.joins(NETWORK, THEIRS);
    of(`/member/${THEIRS}`, { authorized: true });
    await look();
    of(`/member/${THEIRS}`, { authorized: false });
    expect((await carriedOut(exchangePortsSuspend, { id: made.id, reason: 'Leaks our routes' })).state).toBe('succeeded');
    await look();
    expect([await classes(), (await list('gone')).map(({ nodeId }) => nodeId)]).toEqual([[], [THEIRS]]);
    const long = { statusAt: new Date(Date.now() - 3_600_000) };
    await inTenant(({ db, tenantId }) =>
      db
        .update(requests)
        .set(long)
        .where(and(eq(requests.tenantId, tenantId), eq(requests.id, made.id))),
    );
    of(`/member/${OURS}`, { authorized: true });
    await look();
    expect(await list()).toMatchObject([{ class: 'member_unknown_authorized', severity: 'critical', nodeId: OURS }]);
  });

  test('exchange 37: controller node id changes: `controller-identity-changed`, everything blocked, critical Finding', async () => {
    zerotier.own.nodeId = 'ffffffffff';
    await look();
    const found = (await list()).find((one) => one.class === 'identity_changed')!;
    expect(found).toMatchObject({ severity: 'critical', controller: 'main', fabric: null, isRepairable: false });
    expect(await slugOf(exchangeDriftRepair, { id: found.id }, ana)).toBe('exchange-finding-not-repairable');
    zerotier.own.nodeId = NODE;
    await look();
    expect((await list()).map((one) => one.class)).toEqual(['member_unknown_authorized']);
  });

  test('a port whose network nobody speaks for any more is told of and left alone, until somebody does again', async () => {
    const speak = (state: string) => world.databases.platform('test', (db) => db.execute(sql`update auth.asn_rights set state = ${state} where asn = 20001`)); // prettier-ignore
    const orphans = async (state?: FindingState) => (await list(state)).filter((one) => one.class === 'orphaned_port');
    await watchPorts(job);
    expect(await orphans()).toEqual([]);
    await speak('revoked');
    await watchPorts(job);
    const [found] = await orphans();
    expect(found).toMatchObject({ portId: made.id, asn: 20_001, fabric: 'zt', routeServer: null, controller: null, mode: 'report', severity: 'warning', isRepairable: false });
    expect(await slugOf(exchangeDriftRepair, { id: found!.id }, ana)).toBe('exchange-finding-not-repairable');
    expect(await slugOf(exchangeDriftIgnore, { id: found!.id, reason: 'because' }, gustav)).toBe('exchange-finding-not-found');
    await speak('live');
    await watchPorts(job);
    expect([await orphans(), (await orphans('gone')).map(({ id }) => id)]).toEqual([[], [found!.id]]);
  }); // prettier-ignore
});
