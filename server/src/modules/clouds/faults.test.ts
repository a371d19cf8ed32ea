import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { and, eq, isNull } from '#kernel/drizzle.ts';
import type { Person } from '#test/world.ts';
import { changesCancel } from '#modules/governance/index.ts';
import { cloudsGet, serversCreate, serversList, serversPoweroff, serversReboot, serversResize, serversStart } from './index.ts';
import { CloudProviders } from './providers/port.ts';
import type { Fault } from './simulator.ts';
import { providerCalls, servers } from './tables.ts';
import { cloudWorld, QUICK, type CloudWorld, eventually } from './testing.ts';

let world: CloudWorld;
let ann: Person;
let bob: Person;
let cloud: { id: string };

beforeAll(async () => {
  world = await cloudWorld({ pace: { ...QUICK, timeoutMs: 300, stuckSeconds: 2, circuit: { failures: 5, openMs: 400, openCapMs: 800 } } });
  ann = world.as({ name: 'ann' });
  bob = world.as({ name: 'bob' });
});
beforeEach(async () => {
  cloud = await world.connect(ann);
});
afterAll(() => world.end());

const create = async (name: string, faults: Partial<Fault>[]) => {
  await world.misbehave(ann, cloud.id, faults);
  return world.settled(await world.accepted(serversCreate, world.wish(cloud.id, name), ann), ann);
};
const names = async () => (await world.cloud(cloud.id)).world.servers.map(({ name }) => name);
const listed = async () => (await world.done(serversList, { connectionId: cloud.id }, ann)).items;
const tries = (method: string) =>
  world.databases.tenant({ tenantId: world.tenants.a }, async (db) => {
    const rows = await db.select().from(providerCalls).where(and(eq(providerCalls.connectionId, cloud.id), eq(providerCalls.method, method))).orderBy(providerCalls.id); // prettier-ignore
    return rows.map(({ outcome }) => outcome);
  });
/** What the tenant's quota counts must be what is there. */
const reserved = () =>
  world.databases.tenant({ tenantId: world.tenants.a }, async (db) => {
    const rows = await db.select({ n: servers.reservedVcpus }).from(servers).where(and(eq(servers.connectionId, cloud.id), isNull(servers.deletedAt))); // prettier-ignore
    return rows.reduce((sum, { n }) => sum + n, 0);
  });

describe('creation under faults', () => {
  test('infrastructure 21: Given the provider’s create answer is lost after commit, when the Job resolves, then exactly one server exists and the Change succeeds', async () => {
    const change = await create('web-1', [{ operation: 'create', kind: 'lost-answer', count: 1 }]);
    expect(change.state).toBe('succeeded');
    expect(await names()).toEqual(['web-1']);
    expect(await tries('create')).toEqual(['found']);
    expect(await listed()).toMatchObject([{ name: 'web-1', status: 'running' }]);
  });

  test('the same when the new server stays out of lists for a while: it is looked for again, not made again', async () => {
    cloud = await world.connect(ann, { config: { lagSeconds: 5, speed: 100 } });
    const change = await create('web-1', [{ operation: 'create', kind: 'lost-answer', count: 1 }]);
    expect(change.state).toBe('succeeded');
    expect(await names()).toEqual(['web-1']);
  });

  test('a call that was cut before it arrived is sent again, once it is certain that it had no effect', async () => {
    const change = await create('web-1', [{ operation: 'create', kind: 'reset-before', count: 1 }]);
    expect(change.state).toBe('succeeded');
    expect(await names()).toEqual(['web-1']);
    expect(await tries('create')).toEqual(['ambiguous', 'done']);
  });

  test('a call that hangs is given up at its time limit and resolved', async () => {
    const change = await create('web-1', [{ operation: 'create', kind: 'hang', count: 1 }]);
    expect(change.state).toBe('succeeded');
    expect(await names()).toEqual(['web-1']);
  });

  test('throttling and server errors are waited out', async () => {
    const change = await create('web-1', [
      { operation: 'create', kind: 'server-error', count: 2 },
      { operation: 'poll', kind: 'server-error', count: 2 },
    ]);
    expect(change.state).toBe('succeeded');
    expect(await names()).toEqual(['web-1']);
  });

  test('infrastructure 31: Given the capacity fault, then 409 `provider-capacity` on the Change with alternatives, and no retry loop', async () => {
    const change = await create('web-1', [{ operation: 'create', kind: 'capacity' }]);
    expect(change).toMatchObject({
      state: 'rolled_back',
      problem: {
        status: 409,
        type: expect.stringMatching(/provider-capacity$/),
        alternatives: expect.arrayContaining([expect.objectContaining({ size: 'std-2' })]),
      },
    });
    expect(await tries('create')).toEqual(['refused']);
    expect(await names()).toEqual([]);
    expect(await listed()).toEqual([]);
    expect(await reserved()).toBe(0);
  });

  test('when the quota of the provider is used up in the middle of five, those that were made are taken back', async () => {
    await world.misbehave(ann, cloud.id, [{ operation: 'create', kind: 'quota', nth: 4 }]);
    const wish = { ...world.wish(cloud.id, ''), name: undefined, namePattern: 'n-{n}', count: 5 };
    const change = await world.settled(await world.accepted(serversCreate, wish, ann), ann);
    expect(change).toMatchObject({ state: 'rolled_back', problem: { type: expect.stringMatching(/provider-quota-exceeded$/) } });
    expect(await names()).toEqual([]);
    expect(await listed()).toEqual([]);
    expect(await reserved()).toBe(0);
  });

  test('a creation that fails at the provider is taken back, the half-made server included', async () => {
    const change = await create('web-1', [{ operation: 'create', kind: 'failing-action', count: 1 }]);
    expect(change).toMatchObject({ state: 'rolled_back', problem: { type: expect.stringMatching(/provider-action-failed$/) } });
    expect(await names()).toEqual([]);
    expect(await listed()).toEqual([]);
  });

  test('a creation whose compensation loses its answer, too, leaves nothing', async () => {
    const change = await create('web-1', [
      { operation: 'create', kind: 'failing-action', count: 1 },
      { operation: 'delete', kind: 'lost-answer', count: 1 },
      { operation: 'get', kind: 'server-error', probability: 0.3, count: 20 },
    ]);
    expect(change.state).toBe('rolled_back');
    expect(await names()).toEqual([]);
  });

  test('what somebody changed on the new server meanwhile is noticed: the Change does not claim success', async () => {
    await world.clock(ann, cloud.id, { rate: 0 });
    const change = await world.accepted(serversCreate, world.wish(cloud.id, 'web-1'), ann);
    await eventually(names).toEqual(['web-1']);
    await world.outsider(ann, cloud.id, [{ act: 'edit', server: 'web-1', size: 'std-8' }]);
    await world.clock(ann, cloud.id, { rate: 1_000 });
    expect(await world.settled(change, ann)).toMatchObject({
      state: 'rolled_back',
      problem: { type: expect.stringMatching(/verification-failed$/) },
    });
    expect(await names()).toEqual([]);
  });

  test('a creation that is cancelled while the provider is at it is taken back', async () => {
    await world.clock(ann, cloud.id, { rate: 0 });
    const change = await world.accepted(serversCreate, world.wish(cloud.id, 'web-1'), ann);
    await eventually(names).toEqual(['web-1']);
    await world.call(changesCancel, { id: change.id }, ann);
    await world.clock(ann, cloud.id, { rate: 1_000 });
    expect((await world.settled(change, ann)).state).toBe('cancelled');
    expect(await names()).toEqual([]);
    expect(await listed()).toEqual([]);
    expect(await reserved()).toBe(0);
  });
});

describe('actions under faults', () => {
  test.each(['lost-answer', 'reset-before', 'hang', 'server-error'] as const)('a reboot with %s is done exactly once', async (kind) => {
    const server = await world.server(ann, cloud.id, 'web-1');
    await world.misbehave(ann, cloud.id, [{ operation: 'power', kind, count: 1 }]);
    const change = await world.settled(await world.accepted(serversReboot, { id: server.id }, ann), ann);
    expect(change.state).toBe('succeeded');
    const reboots = (await world.cloud(cloud.id)).world.actions.filter(({ effect }) => effect.kind === 'power');
    expect(reboots).toHaveLength(1);
  });

  test('a resize whose answers are all lost ends with the new size', async () => {
    const server = await world.server(ann, cloud.id, 'web-1');
    await world.misbehave(ann, cloud.id, [
      { operation: 'resize', kind: 'lost-answer', count: 1 },
      { operation: 'power', kind: 'lost-answer', count: 2 },
    ]);
    const change = await world.accepted(serversResize, { id: server.id, size: 'std-4' }, ann);
    await world.approve(change, bob);
    expect((await world.settled(change, ann)).state).toBe('succeeded');
    expect(await world.get(ann, server.id)).toMatchObject({ size: 'std-4', status: 'running' });
    expect(await reserved()).toBe(4);
  });

  test('a server deleted by somebody in the middle of its Change: the Change fails and holds nothing', async () => {
    const server = await world.server(ann, cloud.id, 'web-1', { start: false });
    await world.misbehave(ann, cloud.id, [{ operation: 'power', kind: 'external-delete', count: 1 }]);
    const change = await world.settled(await world.accepted(serversStart, { id: server.id }, ann), ann);
    expect(change.problem).toMatchObject({ type: expect.stringMatching(/resource-gone$/), status: 410 });
    await eventually(async () => (await world.get(ann, server.id)).openChange).toBeNull();
  });

  test('infrastructure 144: Given 5 refusals in a row, then the circuit opens, Changes wait, and one probe closes it', async () => {
    const server = await world.server(ann, cloud.id, 'web-1');
    await world.misbehave(ann, cloud.id, [{ kind: 'server-error', count: 6 }]);
    const change = await world.accepted(serversReboot, { id: server.id }, ann);
    const circuits = (world.adapters.get(CloudProviders.port) as CloudProviders).circuits;
    await eventually(() => circuits.get(cloud.id)?.openUntil ?? null).not.toBeNull();
    expect((await world.settled(change, ann)).state).toBe('succeeded');
    expect(circuits.get(cloud.id)?.openUntil).toBeNull();
    expect((await world.done(cloudsGet, { id: cloud.id }, ann)).status).toBe('active');
    const { control } = await world.cloud(cloud.id);
    expect(control.faults[0]).toMatchObject({ struck: 6 });
  });

  test('a credential that is refused fails the Change at once, with what to do', async () => {
    const server = await world.server(ann, cloud.id, 'web-1');
    await world.misbehave(ann, cloud.id, [{ kind: 'revoked-credential' }]);
    const change = await world.settled(await world.accepted(serversReboot, { id: server.id }, ann), ann);
    expect(change).toMatchObject({
      state: 'failed',
      problem: { type: expect.stringMatching(/provider-auth-failed$/), detail: expect.stringContaining('validate it again') },
    });
    await eventually(async () => (await world.get(ann, server.id)).openChange).toBeNull();
  });

  test('what was left in motion when its Change failed is unknown, until the next pass sees it', async () => {
    const server = await world.server(ann, cloud.id, 'web-1');
    await world.misbehave(ann, cloud.id, [{ operation: 'power', kind: 'failing-action', count: 1 }]);
    const change = await world.settled(await world.accepted(serversReboot, { id: server.id }, ann), ann);
    expect(change.state).toBe('failed');
    await eventually(async () => (await world.get(ann, server.id)).status).toBe('unknown');
    await world.pass(cloud.id);
    expect((await world.get(ann, server.id)).status).toBe('running');
  });

  test('a stuck action ends the Change with provider-timeout, and the server is unknown until it is observed', async () => {
    const server = await world.server(ann, cloud.id, 'web-1');
    await world.misbehave(ann, cloud.id, [{ operation: 'power', kind: 'stuck-action', count: 1 }]);
    const change = await world.settled(await world.accepted(serversReboot, { id: server.id }, ann), ann);
    expect(change).toMatchObject({ state: 'failed', problem: { status: 504, type: expect.stringMatching(/provider-timeout$/) } });
    await eventually(async () => (await world.get(ann, server.id)).status).toBe('unknown');
  });

  test('two Changes that were both agreed on cannot both run on one server', async () => {
    const server = await world.server(ann, cloud.id, 'web-1');
    const [first, second] = [
      await world.accepted(serversPoweroff, { id: server.id }, ann),
      await world.accepted(serversPoweroff, { id: server.id }, ann),
    ];
    await Promise.all([world.approve(first, bob), world.approve(second, bob)]);
    const states = [(await world.settled(first, ann)).state, (await world.settled(second, ann)).state];
    expect(states.filter((state) => state === 'succeeded')).toHaveLength(1);
    expect((await world.cloud(cloud.id)).world.actions.filter(({ effect }) => effect.kind === 'power')).toHaveLength(1);
  });
});
