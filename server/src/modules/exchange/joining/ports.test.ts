import { afterAll, describe, expect, test } from 'vitest';
import { sql } from '#kernel/drizzle.ts';
import { providerOf } from '#kernel/port.ts';
import { secretsCreate } from '#modules/secrets/index.ts';
import { exchangeControllersCreate } from '../controllers/operations/exchange.controllers.create.ts';
import { exchangeControllersPreflight } from '../controllers/operations/exchange.controllers.preflight.ts';
import { exchangeMembersList } from '../controllers/operations/exchange.members.list.ts';
import { exchangeNetworksBind } from '../controllers/operations/exchange.networks.bind.ts';
import { exchangeNetworksUnbind } from '../controllers/operations/exchange.networks.unbind.ts';
import { exchangeConnectionsDelete } from '../operations/exchange.connections.delete.ts';
import { exchangeConnectionsGet } from '../operations/exchange.connections.get.ts';
import { exchangeFabricsDelete } from '../operations/exchange.fabrics.delete.ts';
import { exchangeFabricsGet } from '../operations/exchange.fabrics.get.ts';
import { exchangeFabricsUpdate } from '../operations/exchange.fabrics.update.ts';
import { decideByRule } from './deciding.ts';
import { exchangeParticipantsGet } from '../operations/exchange.participants.get.ts';
import { exchangeRouteServersCreate } from '../operations/exchange.routeServers.create.ts';
import { exchangeOnboardingGet } from './operations/exchange.onboarding.get.ts';
import { exchangePortsInstructions } from './operations/exchange.ports.instructions.ts';
import { exchangePortsLeave } from './operations/exchange.ports.leave.ts';
import { exchangePortsRemove } from './operations/exchange.ports.remove.ts';
import { exchangePortsResume } from './operations/exchange.ports.resume.ts';
import { exchangePortsSuspend } from './operations/exchange.ports.suspend.ts';
import { exchangeRequestsApprove } from './operations/exchange.requests.approve.ts';
import { exchangeRequestsRetry } from './operations/exchange.requests.retry.ts';
import { exchangeRequestsUpdate } from './operations/exchange.requests.update.ts';
import { exchangeRequestsWithdraw } from './operations/exchange.requests.withdraw.ts';
import { joiningLab, NODE, TOKEN, type Request } from '#test/joining.ts';

const NETWORK = `${NODE}00b001`;
const { world, zerotier, ana, peer, carriedOut, fabric, ask, refusal, slugOf, withdraw, approve, shown, close } = await joiningLab();
const petra = await peer('petra', 'peeringdb', [20_001, 20_002]);
await world.done(secretsCreate, { name: 'ZT_TOKEN', value: TOKEN }, ana);
await world.done(exchangeControllersCreate, { name: 'main', baseUrl: zerotier.url, token: 'secret://ZT_TOKEN' }, ana);
await fabric('zt', 9, { access: 'open', ipv4Prefix: '192.0.2.0/24', ipv4Mode: 'native' });
await carriedOut(exchangeControllersPreflight, { id: 'main' });
await carriedOut(exchangeNetworksBind, { fabricId: 'zt', controllerId: 'main', network: '00b001' });
afterAll(close);

describe('a port on a ZeroTier network', () => {
  const node = 'd1d2d3d4d5';
  let made: Request;
  const member = () => zerotier.member(NETWORK, node);
  const told = (platform: 'bird' | 'frr' = 'bird') => world.done(exchangePortsInstructions, { id: made.id, platform }, petra);

  test('needs a node; a controller that is blocked takes nothing, and the request waits', async () => {
    made = await ask(petra, 'zt', 20_002);
    expect(await slugOf(exchangeRequestsApprove, { id: made.id }, ana)).toBe('node-id-required');
    expect(await told()).toMatchObject({ networkId: NETWORK, seen: null, mtu: null, addresses: [], rsAsn: null, routeServers: [], communities: [], config: null }); // prettier-ignore
    await world.done(exchangeRequestsUpdate, { id: made.id, nodeId: node }, petra);
    expect(await told()).toMatchObject({ nodeId: node, seen: false, authorized: false });
    zerotier.joins(NETWORK, node);
    const asked = zerotier.asked.length;
    expect(await told()).toMatchObject({ seen: false });
    expect(zerotier.asked).toHaveLength(asked);
    await world.databases.lookUp((db) => db.$client.query(`update resource_cache set read_at = read_at - interval '1 minute', fresh_until = fresh_until - interval '1 minute'`)); // prettier-ignore
    expect(await told()).toMatchObject({ seen: true, authorized: false, config: null });
    zerotier.own.isReady = false;
    await carriedOut(exchangeControllersPreflight, { id: 'main' });
    expect(await slugOf(exchangeRequestsApprove, { id: made.id }, ana)).toBe('controller-blocked');
    expect(await shown(made)).toMatchObject({ status: 'pending', addressV6: null });
    zerotier.own.isReady = true;
    await carriedOut(exchangeControllersPreflight, { id: 'main' });
  });

  test('exchange 40: address stability: fail after allocation, retry: same address; next node of the ASN gets sequence 2; after leaving it is not reused', async () => {
    zerotier.byHand(`/controller/network/${NETWORK}`, {}, 'DELETE');
    expect((await approve(made)).state).toBe('failed');
    const failed = await shown(made);
    expect(failed).toMatchObject({ status: 'failed', failedStage: 'controller', lastError: { stage: 'controller', code: 'controller-network-missing' }, addressV6: '2001:db8:59:0:2:2:0:1', addressV4: '192.0.2.11' }); // prettier-ignore
    expect(await world.done(exchangeConnectionsGet, { id: failed.connectionId! }, ana)).toMatchObject({ state: 'suspended' });
    expect(await slugOf(exchangeRequestsWithdraw, { id: made.id }, petra)).toBe('invalid-state-transition');
    expect(await slugOf(exchangeConnectionsDelete, { id: failed.connectionId! }, ana)).toBe('exchange-in-use');
    await carriedOut(exchangeControllersPreflight, { id: 'main' });
    expect((await carriedOut(exchangeRequestsRetry, { id: made.id })).state).toBe('succeeded');
    const active = await shown(made);
    expect(active).toMatchObject({ status: 'active', addressV6: failed.addressV6, addressV4: failed.addressV4, connectionId: failed.connectionId, lastError: null, retryCount: 1 }); // prettier-ignore
    expect(member()).toMatchObject({ authorized: true, noAutoAssignIps: true, ipAssignments: ['2001:db8:59:0:2:2:0:1', '192.0.2.11'] });
    await world.done(exchangeRouteServersCreate, { fabricId: 'zt', handle: 'rs1-zt', name: 'x', addressV6: '2001:db8:59::1', addressV4: '192.0.2.1', routerId: '192.0.2.1' }, ana); // prettier-ignore
    const ready = await told('frr');
    expect(ready).toMatchObject({ status: 'active', reason: null, networkId: NETWORK, nodeId: node, seen: true, authorized: true, mtu: 1_500, rsAsn: 64_500, addresses: ['2001:db8:59:0:2:2:0:1/64', '192.0.2.11/24'], routeServers: [{ name: 'rs1-zt', families: ['ipv6', 'ipv4'] }] }); // prettier-ignore
    expect(ready.communities).toContainEqual({ does: 'notTo', community: '64500:0:<ASN>' });
    expect(ready.config).toContain('neighbor 192.0.2.1 remote-as 64500');
    expect(await slugOf(exchangePortsInstructions, { id: made.id }, ana)).toBe('exchange-request-not-found');
    expect(await world.done(exchangeParticipantsGet, { id: '20002' }, ana)).toMatchObject({ name: 'Net 20002' });
    const second = await ask(petra, 'zt', 20_002, 'd1d2d3d4d6');
    await approve(second);
    expect((await shown(second)).addressV6).toBe('2001:db8:59:0:2:2:0:2');
    await carriedOut(exchangePortsLeave, { id: second.id }, petra);
    expect(await shown(second)).toMatchObject({ status: 'left', connectionId: null, addressV6: '2001:db8:59:0:2:2:0:2', addressV4: '192.0.2.12' });
    const third = await ask(petra, 'zt', 20_002, 'd1d2d3d4d6');
    await approve(third);
    expect(await shown(third)).toMatchObject({ addressV6: '2001:db8:59:0:2:2:0:3', addressV4: '192.0.2.13' });
    await carriedOut(exchangePortsRemove, { id: third.id });
  });

  test('exchange 22: duplicate after `failed` is refused; after `withdrawn` it is accepted; retry of the failed one never hits a unique violation', async () => {
    const first = await ask(petra, 'zt', 20_001, 'd1d2d3d4d7');
    zerotier.byHand(`/controller/network/${NETWORK}`, {}, 'DELETE');
    await approve(first);
    expect((await shown(first)).status).toBe('failed');
    expect((await refusal(petra, 'zt', 20_001, 'd1d2d3d4d7')).slug).toBe('duplicate-request');
    await carriedOut(exchangeControllersPreflight, { id: 'main' });
    expect((await carriedOut(exchangeRequestsRetry, { id: first.id })).state).toBe('succeeded');
    await carriedOut(exchangePortsLeave, { id: first.id }, petra);
    const second = await ask(petra, 'zt', 20_001, 'd1d2d3d4d7');
    await withdraw(petra, second);
    await withdraw(petra, await ask(petra, 'zt', 20_001, 'd1d2d3d4d7'));
  });

  test('exchange 39: suffix removed from configuration: Fabric `orphaned`, grants and requests untouched', async () => {
    const gina = await peer('gina', 'peeringdb', [20_003], { grants: [NETWORK.slice(-6)] });
    const waiting = await ask(petra, 'zt', 20_001, 'd1d2d3d4d8');
    const granted = () => world.databases.platform('test', (db) => db.execute(sql`select * from auth.fabric_grants where user_id = ${gina.actor.id}`)).then(({ rows }) => rows); // prettier-ignore
    const held = async () => [await shown(made), await shown(waiting), await granted(), member()];
    const before = await held();
    expect(await slugOf(exchangeNetworksUnbind, { fabricId: 'zt' }, ana)).toBe('network-in-use');
    expect((await carriedOut(exchangeNetworksUnbind, { fabricId: 'zt', orphan: true })).state).toBe('succeeded');
    expect(await world.done(exchangeFabricsGet, { id: 'zt' }, ana)).toMatchObject({ orphanedFrom: NETWORK });
    expect(await held()).toEqual(before);
    expect((await refusal(gina, 'zt', 20_003, 'd1d2d3d4d9')).slug).toBe('fabric-inactive');
    expect(await slugOf(exchangeRequestsApprove, { id: waiting.id }, ana)).toBe('fabric-inactive');
    expect((await world.done(exchangeOnboardingGet, {}, gina)).fabrics).toMatchObject([{ slug: 'zt', whyNot: 'fabric-inactive', networkId: null }]);
    await carriedOut(exchangeNetworksBind, { fabricId: 'zt', controllerId: 'main', network: '00b001' });
    expect(await world.done(exchangeFabricsGet, { id: 'zt' }, ana)).toMatchObject({ orphanedFrom: null });
    await withdraw(gina, await ask(gina, 'zt', 20_003, 'd1d2d3d4d9'));
    await withdraw(petra, waiting);
  });

  test('is stopped: route servers forget it, its node is de-authorised, its addresses stay; and goes on', async () => {
    // The network was made anew: what was on it is let on again.
    expect((await carriedOut(exchangePortsSuspend, { id: made.id, reason: 'Leaks our routes' })).state).toBe('succeeded');
    const stopped = await shown(made);
    expect(stopped).toMatchObject({ status: 'suspended', reason: 'Leaks our routes' });
    expect(await told()).toMatchObject({
      reason: 'Leaks our routes',
      networkId: NETWORK,
      addresses: [],
      routeServers: [],
      communities: [],
      config: null,
    });
    expect(member()?.authorized ?? false).toBe(false);
    expect(await world.done(exchangeConnectionsGet, { id: stopped.connectionId! }, ana)).toMatchObject({ state: 'suspended' });
    expect((await world.done(exchangeMembersList, { fabricId: 'zt' }, ana)).items).toMatchObject([{ nodeId: node, authorized: false }]);
    expect((await carriedOut(exchangePortsSuspend, { id: made.id, reason: 'Leaks our routes still' })).state).toBe('succeeded');
    expect((await carriedOut(exchangePortsResume, { id: made.id })).state).toBe('succeeded');
    expect(await shown(made)).toMatchObject({ status: 'active', reason: null, addressV6: stopped.addressV6 });
    expect(member()).toMatchObject({ authorized: true, ipAssignments: ['2001:db8:59:0:2:2:0:1', '192.0.2.11'] });
    expect(await world.done(exchangeConnectionsGet, { id: stopped.connectionId! }, ana)).toMatchObject({ state: 'active' });
  });

  test('that cannot be taken away stays `leaving` until its controller answers', async () => {
    zerotier.own.token = 'another-token-of-the-laboratory';
    expect((await carriedOut(exchangePortsLeave, { id: made.id }, petra)).state).toBe('failed');
    expect(await shown(made)).toMatchObject({ status: 'leaving', addressV6: '2001:db8:59:0:2:2:0:1' });
    expect(await slugOf(exchangeFabricsDelete, { id: 'zt' }, ana)).toBe('exchange-in-use');
    zerotier.own.token = TOKEN;
    expect((await carriedOut(exchangePortsRemove, { id: made.id })).state).toBe('succeeded');
    expect(await shown(made)).toMatchObject({ status: 'left', connectionId: null });
    expect(member()).toBeUndefined();
  });
});

describe('a fabric under a rule', () => {
  const tick = () =>
    decideByRule({
      tenantId: world.tenants.a,
      now: () => new Date(),
      provider: providerOf(world.adapters),
      tx: (work) => world.databases.tenant({ tenantId: world.tenants.a, operation: 'test' }, (db) => work({ db, tenantId: world.tenants.a, now: () => new Date(), provider: providerOf(world.adapters), emit: () => undefined } as never)),
    });
  /** A node asks for the network, as one does that was told to join. */
  const seen = (node: string) => zerotier.byHand(`/controller/network/${NETWORK}/member/${node}`, { authorized: false });
  const becomes = (request: Request, expected: object) => expect.poll(() => shown(request), { timeout: 60_000 }).toMatchObject(expected);

  test('exchange 28: `policy_auto` with a live PeeringDB right: approved without a person, Audit names the rule; with a stale right: waits', async () => {
    const [rita, sven] = [await peer('rita', 'peeringdb', [20_011]), await peer('sven', 'peeringdb', [20_012])];
    const lena = await peer('lena', 'local', [20_013], { grants: ['*'] });
    for (const node of ['e1e1e1e102', 'e1e1e1e103']) seen(node);
    const [stale, local] = [await ask(sven, 'zt', 20_012, 'e1e1e1e102'), await ask(lena, 'zt', 20_013, 'e1e1e1e103')];
    await world.databases.platform('test', (db) => db.execute(sql`update auth.asn_rights set verified_at = now() - interval '31 days' where user_id = ${sven.actor.id}`));
    expect(await slugOf(exchangeRequestsApprove, { id: local.id, rule: 'policy_auto' }, ana)).toBe('exchange-rule-not-met');
    expect(await world.done(exchangeFabricsUpdate, { id: 'zt', approvalMode: 'policy_auto' }, ana)).toMatchObject({ approvalMode: 'policy_auto', approvalBy: 'ana' });
    const made = await ask(rita, 'zt', 20_011, 'e1e1e1e101');
    await becomes(made, { status: 'pending', waitsFor: 'node' });
    for (const waiting of [stale, local]) await becomes(waiting, { status: 'pending', waitsFor: 'right' });
    seen('e1e1e1e101');
    await tick();
    await becomes(made, { status: 'active', decidedBy: 'ana', decisionSource: 'policy', decisionRule: 'policy_auto', waitsFor: null });
    expect(zerotier.member(NETWORK, 'e1e1e1e101')).toMatchObject({ authorized: true });
    const trail = sql`select actor_id, comment, result from audit_entries where operation = 'exchange.requests.approve' and change_id = ${(await shown(made)).changeId} order by id`;
    const entries = (await world.databases.platform('test', (db) => db.execute(trail))).rows;
    expect(entries.length).toBeGreaterThan(0);
    for (const entry of entries) expect(entry).toMatchObject({ actor_id: ana.actor.id, comment: 'decision_source: policy, rule: policy_auto' });
    await tick();
    for (const waiting of [stale, local]) expect(await shown(waiting)).toMatchObject({ status: 'pending', decisionSource: null });
    for (const waiting of [stale, local]) expect(await slugOf(exchangeRequestsApprove, { id: waiting.id, rule: 'policy_auto' }, ana)).toBe('exchange-rule-not-met');
    // A person may agree all the same.
    await approve(local);
    expect(await shown(local)).toMatchObject({ status: 'active', decisionSource: 'person', decisionRule: null });
  });

  test('leaves to people what whoever put it in place asked for themselves, and what they may not do any more', async () => {
    const [rosa, ole] = [await peer('rosa', 'peeringdb', [20_014], { permissions: ['*'] }), await peer('ole', 'peeringdb', [20_015])];
    await world.done(exchangeFabricsUpdate, { id: 'zt', approvalMode: 'policy_auto' }, rosa);
    for (const node of ['e1e1e1e104', 'e1e1e1e105']) seen(node);
    const own = await ask(rosa, 'zt', 20_014, 'e1e1e1e104');
    await becomes(own, { status: 'pending', waitsFor: 'decider' });
    world.forget(rosa);
    const other = await ask(ole, 'zt', 20_015, 'e1e1e1e105');
    await becomes(other, { status: 'pending', waitsFor: 'refused' });
    expect(await world.done(exchangeFabricsUpdate, { id: 'zt', approvalMode: 'manual_admin' }, ana)).toMatchObject({ approvalBy: null });
    expect(await slugOf(exchangeRequestsApprove, { id: other.id, rule: 'policy_auto' }, ana)).toBe('exchange-rule-not-met');
  });
}); // prettier-ignore

test('exchange 84: every status change has exactly one Audit entry and one Event', async () => {
  const steps = sql`select r.id, r.status, r.status_seq as changes,
      (select json_agg(e.data->>'status' order by (e.data->>'statusSeq')::int) from events e where e.type like 'exchange.request.%' and e.type <> 'exchange.request.updated' and e.data->>'id' = r.id::text) as events,
      (select json_agg(a.comment order by a.id) from audit_entries a where a.operation = 'exchange.requests.status' and a.targets @> jsonb_build_array(jsonb_build_object('id', r.id::text))) as trail
    from exchange_join_requests r`;
  const rows = (await world.databases.tenant({ tenantId: world.tenants.a, operation: 'test' }, (db) => db.execute(steps))).rows as { status: string; changes: number; events: string[]; trail: string[] }[];
  expect(rows.length).toBeGreaterThan(10);
  for (const { status, changes, events, trail } of rows) {
    expect([events.length, trail.length]).toEqual([changes, changes]);
    expect(events.at(-1)).toBe(status);
    expect(trail.map((comment) => comment.split(/ → |; /).slice(0, 2))).toEqual(events.map((to, at) => [events[at - 1] ?? 'new', to]));
  }
  // Also those that the clock took, and those that failed.
  const seen = new Set(rows.flatMap(({ events }) => events));
  for (const status of ['pending', 'approved', 'provisioning', 'active', 'failed', 'suspended', 'leaving', 'withdrawn', 'left']) expect([status, seen.has(status)]).toEqual([status, true]);
  expect(rows.flatMap(({ trail }) => trail)).toContain('pending → approved; decision_source: policy, rule: policy_auto');
}); // prettier-ignore
