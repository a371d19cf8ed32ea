import { expect, test } from 'vitest';
import { existsSync } from 'node:fs';
import { sql } from '#kernel/drizzle.ts';
import { secretsCreate } from '#modules/secrets/index.ts';
import type { Operation } from '#kernel/operation.ts';
import type { Person } from '#test/world.ts';
import { exchangeControllersCreate } from '../controllers/operations/exchange.controllers.create.ts';
import { exchangeControllersPreflight } from '../controllers/operations/exchange.controllers.preflight.ts';
import { exchangeNetworksBind } from '../controllers/operations/exchange.networks.bind.ts';
import { exchangeSyncList } from '../applying/operations/exchange.sync.list.ts';
import type { RouteHost } from '../fixtures/route-host.ts';
import { exchangeFabricsUpdate } from '../operations/exchange.fabrics.update.ts';
import type { RouteWorld } from '../ssh/testing.ts';
import { exchangePortsLeave } from './operations/exchange.ports.leave.ts';
import { exchangePortsResume } from './operations/exchange.ports.resume.ts';
import { exchangePortsSuspend } from './operations/exchange.ports.suspend.ts';
import { exchangeRequestsApprove } from './operations/exchange.requests.approve.ts';
import { exchangeRequestsCreate } from './operations/exchange.requests.create.ts';
import { exchangeRequestsList } from './operations/exchange.requests.list.ts';
import { exchangeRequestsGet } from './operations/exchange.requests.get.ts';
import { exchangeRequestsRetryServer } from './operations/exchange.requests.retryServer.ts';

interface LeavingLab {
  all: RouteWorld;
  ana: Person;
  otto: Person;
  settled: () => Promise<void>;
  generation: (host: RouteHost) => string;
  /** Routes that a member has from a server. */
  seen: (member: string, server: string) => string[];
}

const ASN = 20_003;
const ROUTE = '2400:400::/32';

async function speaker({ all: { world } }: LeavingLab, name: string, asns: readonly number[]): Promise<Person> {
  const person = world.as({ name, permissions: ['exchangeRequests:create', 'changes:read'] });
  await world.databases.platform('test', async (db) => {
    await db.execute(sql`insert into auth.users (id, email, name) values (${person.actor.id}, ${`${name}@peer.example`}, ${name})`);
    for (const asn of asns)
      await db.execute(sql`insert into auth.asn_rights (id, user_id, asn, source, net_name, verified_at)
        values (gen_random_uuid(), ${person.actor.id}, ${asn}, 'peeringdb', ${`Net ${asn}`}, now())`);
  });
  return person;
}

/** The LAN of the laboratory is a ZeroTier network, as far as its controller knows. */
async function bind({ all: { world, zerotier }, ana, otto }: LeavingLab): Promise<void> {
  await world.done(secretsCreate, { name: 'ZT_TOKEN', value: zerotier.own.token }, ana);
  await world.done(exchangeControllersCreate, { name: 'main', baseUrl: zerotier.url, token: 'secret://ZT_TOKEN' }, ana);
  await world.carriedOut(exchangeControllersPreflight, { id: 'main' }, ana, otto);
  await world.carriedOut(exchangeNetworksBind, { fabricId: 'fra', controllerId: 'main', network: '00b001' }, ana, otto);
  await world.done(exchangeFabricsUpdate, { id: 'fra', access: 'open' }, ana);
}

/** Ports that are stopped and given up, in the laboratory of `ssh/lab.test.ts`. */
// oxlint-disable-next-line max-lines-per-function -- five scenarios on a few ports
export function leavingScenarios(lab: () => LeavingLab): void {
  let petra: Person;
  let id = '';
  let first = '';
  let second = '';
  const stands = async (one: string) => (await lab().all.world.done(exchangeRequestsGet, { id: one }, lab().ana)).status;
  /** The clock strikes now and then. */
  const becomes = (one: string, status: string) => {
    let looks = 0;
    return lab().all.until(async () => {
      if (looks++ % 5 === 0) await lab().all.due();
      expect(await stands(one)).toBe(status);
    });
  };
  /** The Change waits for both servers, each of which is looked at for a while. */
  const carried = async (operation: Operation, input: object, who: Person, approver: Person): Promise<string> => {
    const { world } = lab().all;
    const change = await world.accepted(operation, input, who);
    if (change.state === 'awaiting_approval') await world.approve(change, approver);
    return (await world.settled(change, who, { timeoutMs: 100_000 })).state;
  };
  const ask = async (nodeId: string): Promise<string> => {
    const { all: { world }, ana, otto } = lab(); // prettier-ignore
    const made = await world.done(exchangeRequestsCreate, { fabricId: 'fra', asn: ASN, nodeId }, petra);
    await world.carriedOut(exchangeRequestsApprove, { id: made.id }, ana, otto);
    return made.id;
  };

  test('exchange 47: two servers, one approval: each gets `peers/as…conf`, `SY_GENERATION` answers the new number, request `active`, 2 Sync rows `applied`', async () => {
    const { all, ana, settled, generation } = lab();
    const { rs1, rs2, world } = all;
    petra = await speaker(lab(), 'petra', [ASN]);
    await bind(lab());
    await settled();
    const before = [generation(rs1), generation(rs2)].map(Number);
    id = await ask('d1d2d3d4d5');
    await becomes(id, 'active');
    const made = await world.done(exchangeRequestsGet, { id }, ana);
    first = made.addressV6!;
    expect([generation(rs1), generation(rs2)].map(Number)).toEqual(before.map((number) => number + 1));
    const { items } = await world.done(exchangeSyncList, { connectionId: made.connectionId! }, ana);
    const there = items.map(({ routeServer, state, appliedGeneration }) => `${routeServer} ${state} ${appliedGeneration}`);
    expect(there.toSorted((one, other) => one.localeCompare(other))).toEqual(before.map((number, at) => `rs${at + 1} applied ${number + 1}`));
    for (const host of [rs1, rs2]) expect(existsSync(`${host.at('base/current')}/peers/${items[0]!.name}.conf`)).toBe(true);
  }, 120_000);

  test('exchange 73: suspend: routes gone from other members before the controller member is de-authorised; resume restores', async () => {
    const { all, ana, otto, settled, seen } = lab();
    all.member('m3', ASN, first, ROUTE);
    const heard = () => ['rs1', 'rs2'].map((server) => seen('m2', server).includes(ROUTE));
    await all.until(() => expect(heard()).toEqual([true, true]), 30_000);
    let atOnce: boolean[] | undefined;
    all.fault.controller = ({ body = new Uint8Array() }) => {
      if (new TextDecoder().decode(body).includes('"authorized":false')) atOnce ??= heard();
    };
    expect(await carried(exchangePortsSuspend, { id, reason: 'Leaks our routes' }, ana, otto)).toBe('succeeded');
    all.fault.controller = () => undefined;
    expect(atOnce).toEqual([false, false]);
    expect(await carried(exchangePortsResume, { id }, ana, otto)).toBe('succeeded');
    await becomes(id, 'active');
    await settled();
    await all.until(() => expect(heard()).toEqual([true, true]), 30_000);
  }, 240_000);

  test('exchange 56: one server down at approval: request `failed(route_servers)` after its attempts, other server `applied` and serving; start the server: converges, request `active`, the healthy server was not re-applied', async () => {
    const { all, ana, otto, generation } = lab();
    const { rs1, rs2, world } = all;
    rs2.stopSsh();
    second = await ask('d1d2d3d4d6');
    await becomes(second, 'failed');
    const failed = await world.done(exchangeRequestsGet, { id: second }, ana);
    expect(failed).toMatchObject({ failedStage: 'route_servers', lastError: { code: 'ssh-unreachable', message: expect.stringContaining('"rs2" does not have it') } });
    const states = async () => (await world.done(exchangeSyncList, { connectionId: failed.connectionId! }, ana)).items.map(({ routeServer, state }) => `${routeServer} ${state}`);
    expect((await states()).toSorted((one, other) => one.localeCompare(other))).toEqual(['rs1 applied', 'rs2 retrying']);
    const served = generation(rs1);
    await rs2.startSsh();
    expect((await world.carriedOut(exchangeRequestsRetryServer, { id: second, server: 'rs2' }, ana, otto)).state).toBe('succeeded');
    await becomes(second, 'active');
    expect([generation(rs1), (await states()).filter((state) => state.endsWith('applied')).length]).toEqual([served, 2]);
  }, 240_000); // prettier-ignore

  test('exchange 74: leave with one server unreachable: `leaving` until it is back; address never reissued', async () => {
    const { all, ana, otto, settled, seen } = lab();
    const { world, rs2 } = all;
    rs2.stopSsh();
    expect(await carried(exchangePortsLeave, { id }, petra, otto)).toBe('succeeded');
    expect(await stands(id)).toBe('leaving');
    expect([seen('m2', 'rs1').includes(ROUTE), seen('m2', 'rs2').includes(ROUTE)]).toEqual([false, true]);
    expect(all.zerotier.member(`${all.zerotier.own.nodeId}00b001`, 'd1d2d3d4d5')).toBeUndefined();
    await rs2.startSsh();
    await becomes(id, 'left');
    expect(seen('m2', 'rs2')).not.toContain(ROUTE);
    const [other, next] = [second, await ask('d1d2d3d4d5')];
    const addresses = await Promise.all([other, next].map(async (one) => (await world.done(exchangeRequestsGet, { id: one }, ana)).addressV6));
    expect(new Set([first, ...addresses]).size).toBe(3);
    await becomes(next, 'active');
    await settled();
  }, 240_000);

  test('exchange 64: 20 approvals within 2 s: at most 2 generations per server, all `active`', async () => {
    const { all, ana, generation } = lab();
    const { world } = all;
    const asns = Array.from({ length: 10 }, (_, at) => 20_050 + at);
    const paul = await speaker(lab(), 'paul', asns);
    const wishes = [...asns, ...asns].map((asn, at) => ({ fabricId: 'fra', asn, nodeId: `d2d2d3d4${(at + 16).toString(16)}` }));
    const made: string[] = [];
    for (const wish of wishes) made.push((await world.done(exchangeRequestsCreate, wish, paul)).id);
    const before = [generation(all.rs1), generation(all.rs2)].map(Number);
    // As long as the product waits for more to come.
    await all.timed({ quietMs: 2_000 }, async () => {
      await Promise.all(made.map((one) => world.accepted(exchangeRequestsApprove, { id: one }, ana)));
      const stood = async () => (await world.done(exchangeRequestsList, { limit: 200 }, ana)).items.filter((one) => made.includes(one.id));
      await all.until(async () => expect((await stood()).filter(({ status }) => status !== 'active')).toEqual([]));
    });
    const after = [generation(all.rs1), generation(all.rs2)].map(Number);
    for (const [at, number] of after.entries()) expect(number - before[at]!).toBeGreaterThan(0);
    for (const [at, number] of after.entries()) expect(number - before[at]!).toBeLessThanOrEqual(2);
  }, 240_000);
}
