import { afterAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { sql } from '#kernel/drizzle.ts';
import { secretsCreate } from '#modules/secrets/index.ts';
import { joiningLab, NODE, TOKEN } from '#test/joining.ts';
import { exchangeControllersCreate } from '../controllers/operations/exchange.controllers.create.ts';
import { exchangeControllersPreflight } from '../controllers/operations/exchange.controllers.preflight.ts';
import { exchangeNetworksBind } from '../controllers/operations/exchange.networks.bind.ts';
import { watchControllers } from '../controllers/watch.ts';
import { exchangeDriftList } from '../findings/operations/exchange.drift.list.ts';
import { exchangeFabricsGet } from '../operations/exchange.fabrics.get.ts';
import { exchangeRouteServersCreate } from '../operations/exchange.routeServers.create.ts';
import { guardIn } from '../providers/zerotier/rules.ts';
import { watchMaintenance } from './clock.ts';
import { exchangeMaintenanceBegin } from './operations/exchange.maintenance.begin.ts';
import { exchangeMaintenanceCancel } from './operations/exchange.maintenance.cancel.ts';
import { exchangeMaintenanceCreate } from './operations/exchange.maintenance.create.ts';
import { exchangeMaintenanceGet } from './operations/exchange.maintenance.get.ts';
import { exchangeMaintenanceList } from './operations/exchange.maintenance.list.ts';
import { exchangeMaintenanceUpdate } from './operations/exchange.maintenance.update.ts';
import { exchangePortsMaintenance } from './operations/exchange.ports.maintenance.ts';
import type { Maintenance } from './schemas.ts';

const NETWORK = `${NODE}00b001`;
const LAN = '2001:db8:59::/64';
const { world, zerotier, ana, gustav, peer, carriedOut, fabric, ask, slugOf, approve, inTenant, close } = await joiningLab();
const petra = await peer('petra', 'peeringdb', [20_001]);
const reader = world.as({ name: 'reader', permissions: ['exchange:read'] });
await world.done(secretsCreate, { name: 'ZT_TOKEN', value: TOKEN }, ana);
await world.done(exchangeControllersCreate, { name: 'main', baseUrl: zerotier.url, token: 'secret://ZT_TOKEN' }, ana);
await fabric('zt', 9, { access: 'open' });
await fabric('bare', 8);
await carriedOut(exchangeControllersPreflight, { id: 'main' });
await carriedOut(exchangeNetworksBind, { fabricId: 'zt', controllerId: 'main', network: '00b001' });
await world.done(exchangeRouteServersCreate, { fabricId: 'zt', handle: 'rs1', name: 'rs1', addressV6: '2001:db8:59::1', routerId: '192.0.2.1', rtrServers: [{ host: '::1', port: 8_282 }] }, ana); // prettier-ignore
const joined = await ask(petra, 'zt', 20_001, 'd1d2d3d4d5');
await approve(joined);
const pia = await peer('pia', 'peeringdb', [20_002]);
afterAll(close);

type Window = z.output<typeof Maintenance>;
interface Said {
  type: string;
  data: { recipients: string[]; summary: string };
}
const said: Said[] = [];
const provider = (port: { port: string }) => world.adapters.get(port.port);
const emit = (type: string, data: Said['data']) => void (type.startsWith('exchange.maintenance') && said.push({ type, data }));
const job = {
  tenantId: world.tenants.a,
  now: () => new Date(),
  provider,
  tx: (work: (ctx: object) => Promise<unknown>) => inTenant((ctx) => work({ ...ctx, provider, emit })),
} as never;
const clock = () => watchMaintenance(job);
const hours = (count: number): string => new Date(Date.now() + count * 3_600_000).toISOString();
const cull = { fabricId: 'zt', kind: 'fabric_cull', reason: 'A switch is replaced' };
const show = (id: string): Promise<Window> => world.done(exchangeMaintenanceGet, { id }, reader);
const list = async (of: 'current' | 'past') => (await world.done(exchangeMaintenanceList, { of }, reader)).items.map(({ id, state }) => `${id} ${state}`); // prettier-ignore
const plan = async (input: object, who = ana): Promise<Window> =>
  (await carriedOut(exchangeMaintenanceCreate, { ...cull, endsAt: hours(1), ...input }, who)).outcome as Window;
const shift = (id: string, byHours: number) => inTenant(({ db }) => db.execute(sql`update exchange_maintenance set starts_at = starts_at + make_interval(hours => ${byHours}), ends_at = ends_at + make_interval(hours => ${byHours}), asked_at = null where id = ${id}`)); // prettier-ignore
const culled = () => guardIn(zerotier.network(NETWORK)!['rules']);
const settled = async ({ beginChangeId }: Window) => world.settled({ id: beginChangeId! }, ana);
/** The clock strikes, and what it asked for has been carried out. */
async function begun(id: string): Promise<Window> {
  await clock();
  await expect.poll(async () => (await show(id)).silentAt, { timeout: 60_000, interval: 50 }).not.toBeNull();
  await settled(await show(id));
  return show(id);
} // prettier-ignore

describe('what can be planned', () => {
  test('by whom, when, and of what', async () => {
    const refused = (input: object, who = ana) => slugOf(exchangeMaintenanceCreate, { ...cull, endsAt: hours(1), ...input }, who);
    expect([await refused({}, reader), await refused({}, petra), await refused({}, gustav)]).toEqual(['permission-denied', 'permission-denied', 'exchange-fabric-not-found']);
    for (const times of [{ endsAt: hours(0.1) }, { startsAt: hours(2) }, { startsAt: hours(-24), endsAt: hours(-1) }, { startsAt: hours(1), endsAt: hours(200) }])
      expect([times, await refused(times)]).toEqual([times, 'validation-failed']);
    for (const what of [{ routeServers: ['rs1'] }, { kind: 'rs_drain' }, { kind: 'rs_reload' }, { fabricId: 'bare', kind: 'rs_drain', routeServers: ['rs1'] }])
      expect([what, await refused(what)]).toEqual([what, 'validation-failed']);
    expect(await refused({ kind: 'rs_drain', routeServers: ['rs9'] })).toBe('exchange-route-server-not-found');
    for (const kind of ['rs_drain', 'rs_reload']) expect([kind, await refused({ kind, routeServers: ['rs1'] })]).toEqual([kind, 'ssh-not-set-up']);
    expect(await refused({ fabricId: 'bare' })).toBe('exchange-network-not-found');
    const bareId = (await world.done(exchangeFabricsGet, { id: 'bare' }, ana)).id;
    const scoped = world.as({ name: 'scoped', scope: { any: [{ type: 'exchangeFabric', ids: [bareId] }] } });
    expect(await refused({}, scoped)).toBe('scope-denied');
  });

  test('not what overlaps, also when two plan it at once; it is changed while it is planned, and called off', async () => {
    const wish = { ...cull, startsAt: hours(48), endsAt: hours(50) };
    const both = await Promise.all([carriedOut(exchangeMaintenanceCreate, wish), carriedOut(exchangeMaintenanceCreate, { ...wish, startsAt: hours(49), endsAt: hours(51) })]);
    expect(both.map(({ state }) => state).toSorted()).toEqual(['failed', 'succeeded']);
    const made = both.find(({ state }) => state === 'succeeded')!.outcome as Window;
    expect(await slugOf(exchangeMaintenanceCreate, { ...wish, startsAt: hours(47), endsAt: hours(52) }, ana)).toBe('exchange-maintenance-overlap');
    const other = await plan({ startsAt: hours(52), endsAt: hours(54) });
    expect(await slugOf(exchangeMaintenanceUpdate, { id: other.id, startsAt: hours(49) }, ana)).toBe('exchange-maintenance-overlap');
    for (const [who, slug] of [[reader, 'permission-denied'], [gustav, 'exchange-maintenance-not-found']] as const)
      for (const operation of [exchangeMaintenanceUpdate, exchangeMaintenanceCancel, exchangeMaintenanceBegin])
        expect([operation.name, await slugOf(operation, { id: made.id }, who)]).toEqual([operation.name, slug]);
    expect(await slugOf(exchangeMaintenanceBegin, { id: made.id }, ana)).toBe('exchange-maintenance-not-due');
    const changed = await carriedOut(exchangeMaintenanceUpdate, { id: other.id, endsAt: hours(55), reason: 'It takes longer' });
    expect(changed.outcome).toMatchObject({ reason: 'It takes longer', version: other.version + 1, state: 'planned' });
    expect(await list('current')).toEqual([`${other.id} planned`, `${made.id} planned`]);
    // Who has a port on the fabric sees what is to come of it, the earliest first; nobody else does.
    const { items } = await world.done(exchangePortsMaintenance, { id: joined.id }, petra);
    const [first, second] = [await show(made.id), await show(other.id)];
    const told = ({ id, fabric: on, kind, reason, state, startsAt, endsAt, silentAt }: Window) => ({ id, fabric: on, kind, reason, state, startsAt, endsAt, silentAt, routeServers: [] });
    expect(items).toEqual([told(first), told(second)]);
    for (const [who, slug] of [[pia, 'exchange-request-not-found'], [gustav, 'exchange-request-not-found'], [reader, 'permission-denied']] as const)
      expect(await slugOf(exchangePortsMaintenance, { id: joined.id }, who)).toBe(slug);
    for (const { id } of [made, other]) await world.done(exchangeMaintenanceCancel, { id }, ana);
    expect([await list('current'), await list('past')]).toEqual([[], [`${other.id} cancelled`, `${made.id} cancelled`]]);
    expect(await slugOf(exchangeMaintenanceCancel, { id: made.id }, ana)).toBe('exchange-maintenance-over');
  });
}); // prettier-ignore

describe('a fabric whose members are kept from speaking BGP with each other', () => {
  test('people of the networks are told a day before, once; the controller drops BGP at its time, and nothing of that is drift', async () => {
    const made = await plan({ startsAt: hours(30), endsAt: hours(31) });
    await clock();
    expect(said).toEqual([]);
    await shift(made.id, -10);
    await clock();
    await clock();
    expect(said.splice(0)).toMatchObject([{ type: 'exchange.maintenance.reminded', data: { recipients: [petra.actor.id], summary: expect.stringContaining('begins within a day') } }]);
    expect(culled()).toEqual({ guarded: true, culled: [] });
    await shift(made.id, -20);
    const now = await begun(made.id);
    expect(now).toMatchObject({ state: 'active', problemCode: null });
    expect(culled()).toEqual({ guarded: true, culled: [LAN] });
    // Nobody can be asked for what is agreed on, so it is the most that there is.
    expect(Math.round((Date.parse(now.silentAt!) - Date.now()) / 1_000)).toBeGreaterThan(220);
    await watchControllers(job);
    expect((await world.done(exchangeDriftList, {}, reader)).items).toEqual([]);
    expect(await slugOf(exchangeMaintenanceUpdate, { id: made.id, startsAt: hours(2) }, ana)).toBe('validation-failed');
    await world.done(exchangeMaintenanceCancel, { id: made.id }, ana);
    await clock();
    expect([culled(), (await show(made.id)).state]).toEqual([{ guarded: true, culled: [] }, 'cancelled']);
    expect(said.splice(0).map(({ type }) => type)).toEqual(['exchange.maintenance.cancelled']);
  });

  test('it ends by itself, nobody being asked, and goes on trying while the controller is away', async () => {
    const made = await plan({});
    await begun(made.id);
    zerotier.own.isReady = false;
    await carriedOut(exchangeControllersPreflight, { id: 'main' });
    await shift(made.id, -1);
    await clock();
    expect(await show(made.id)).toMatchObject({ state: 'ending', problemCode: 'controller-blocked' });
    expect(await slugOf(exchangeMaintenanceCancel, { id: made.id }, ana)).toBe('exchange-maintenance-over');
    zerotier.own.isReady = true;
    await carriedOut(exchangeControllersPreflight, { id: 'main' });
    await clock();
    expect([culled().culled, await show(made.id)]).toMatchObject([[], { state: 'ended', problemCode: null, endedAt: expect.any(String) }]);
  });

  test('a rule that was left behind by a process that is no more is taken away with the next look at the controller', async () => {
    const made = await plan({});
    await begun(made.id);
    await inTenant(({ db }) => db.execute(sql`update exchange_maintenance set state = 'ended' where id = ${made.id}`));
    expect(culled().culled).toEqual([LAN]);
    await watchControllers(job);
    expect(culled()).toEqual({ guarded: true, culled: [] });
  });

  test('it is not begun in the name of somebody who is gone, or while the controller cannot be written to; when it could not be, it has failed', async () => {
    const paul = world.as({ name: 'paul' });
    const made = await plan({}, paul);
    world.forget(paul);
    await clock();
    expect(await show(made.id)).toMatchObject({ state: 'planned', problemCode: 'unauthenticated' });
    expect(culled().culled).toEqual([]);
    await shift(made.id, -2);
    said.splice(0);
    await clock();
    expect(await show(made.id)).toMatchObject({ state: 'failed', problemCode: 'unauthenticated' });
    expect(said.map(({ type }) => type)).toEqual(['exchange.maintenance.failed']);
    const next = await plan({});
    zerotier.own.isReady = false;
    await carriedOut(exchangeControllersPreflight, { id: 'main' });
    await clock();
    expect(await show(next.id)).toMatchObject({ state: 'planned', problemCode: 'controller-blocked' });
    zerotier.own.isReady = true;
    await carriedOut(exchangeControllersPreflight, { id: 'main' });
    await shift(next.id, 0);
    expect(await begun(next.id)).toMatchObject({ state: 'active', problemCode: null });
    await world.done(exchangeMaintenanceCancel, { id: next.id }, ana);
    await clock();
    expect((await show(next.id)).state).toBe('cancelled');
  });

  test('one that the controller refuses is taken back by its Change, and has failed', async () => {
    const made = await plan({});
    zerotier.own.token = 'another-token-of-the-laboratory';
    await clock();
    await expect.poll(async () => (await show(made.id)).state, { timeout: 60_000, interval: 50 }).toBe('ending');
    zerotier.own.token = TOKEN;
    await settled(await show(made.id));
    await clock();
    expect([await show(made.id), culled().culled]).toMatchObject([{ state: 'failed', detail: expect.stringContaining('could not be begun') }, []]);
  });
}); // prettier-ignore
