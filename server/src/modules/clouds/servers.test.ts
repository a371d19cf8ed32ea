import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changesRollback } from '#modules/governance/index.ts';
import type { Person } from '#test/world.ts';
import { serversCreate, serversDelete, serversGet, serversList, serversResize, serversUpdate } from './index.ts';
import { quotas, servers } from './tables.ts';
import { cloudWorld, type CloudWorld, eventually } from './testing.ts';

let world: CloudWorld;
let ann: Person;
let bob: Person;
let dev: { id: string };

beforeAll(async () => {
  world = await cloudWorld();
  ann = world.as({ name: 'ann' });
  bob = world.as({ name: 'bob' });
  dev = await world.connect(ann, { name: 'dev' });
});
afterAll(() => world.end());

const writes = async (): Promise<number> => {
  const calls = await world.cloud(dev.id).then(
    ({ control }) => control.calls,
    () => undefined, // not even started
  );
  return ['create', 'update', 'delete', 'power', 'resize', 'protect'].reduce((sum, method) => sum + (calls?.[method] ?? 0), 0);
};

describe('planning a creation', () => {
  test('infrastructure 16: Given a create with dryRun, then the plan holds steps, hourly and monthly price, quota after, and the simulator’s write counter is 0', async () => {
    const planned = await world.call(serversCreate, world.wish(dev.id, 'dry', { size: 'std-8' }), ann, { dryRun: true });
    expect(planned).toMatchObject({
      status: 'planned',
      risk: 'write',
      plan: {
        cost: { before: { amount: 0 }, after: { amount: 4_800, currency: 'EUR' }, exact: true },
        facts: { costHourly: '0.0658', costDeltaMonthly: 4_800 },
        quota: [
          { name: 'servers', before: 0, after: 1 },
          { name: 'vCPU', before: 0, after: 8 },
        ],
      },
    });
    if (planned.status === 'planned') expect(planned.plan.steps.length).toBeGreaterThan(1);
    expect(await writes()).toBe(0);
  });

  test('infrastructure 24: Given a size not sold in the region, when planned, then 422 `size-unavailable` with alternatives and prices', async () => {
    const problem = await world.refused(serversCreate, world.wish(dev.id, 'x', { region: 'sim-eu-2', size: 'std-32' }), ann);
    expect(problem.kind.status).toBe(422);
    expect(problem.slug).toBe('size-unavailable');
    expect(problem.extras['alternatives']).toEqual(
      expect.arrayContaining([expect.objectContaining({ size: 'std-16', monthly: { amount: 11_000, currency: 'EUR' } })]),
    );
  });

  test('infrastructure 25: Given an arm size and an x86 image, when planned, then 422 naming both', async () => {
    const problem = await world.refused(serversCreate, world.wish(dev.id, 'x', { size: 'arm-2' }), ann);
    expect(problem.kind.status).toBe(422);
    expect(problem.message).toMatch(/debian-13 is for x86 and size arm-2 is arm/);
  });

  test('infrastructure 26: Given an image that is deprecated in 40 days, when planned, then a warning with the date', async () => {
    const planned = await world.call(serversCreate, world.wish(dev.id, 'x', { image: 'debian-12' }), ann, { dryRun: true });
    const date = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
    expect(planned.status === 'planned' && planned.plan.warnings.join()).toContain(`debian-12 will be withdrawn on ${date}`);
  });

  test.each([
    [{ name: undefined }, '/name'],
    [{ namePattern: 'web-{n}' }, '/name'],
    [{ count: 3 }, '/count'],
    [{ name: 'Web_1' }, '/name'],
    [{ name: 'a'.repeat(64) }, '/name'],
    [{ name: undefined, namePattern: 'web', count: 2 }, '/namePattern'],
    [{ count: 51 }, '/count'],
    [{ labels: { 'switchyard-id': 'x' } }, '/labels/switchyard-id'],
    [{ environment: 'Prod!' }, '/environment'],
  ])('the input %j is refused with a pointer to %s', async (wrong, pointer) => {
    const problem = await world.refused(serversCreate, { ...world.wish(dev.id, 'x'), ...wrong }, ann);
    expect(problem.slug).toBe('validation-failed');
    expect(problem.extras.errors?.map((error) => error.pointer)).toContain(pointer);
  });

  test('an unknown connection, region, zone and image are each named', async () => {
    const slug = async (more: object) => (await world.refused(serversCreate, world.wish(dev.id, 'x', more), ann)).slug;
    expect(await slug({ connectionId: '01990000-0000-7000-8000-000000000000' })).toBe('cloud-not-found');
    expect(await slug({ region: 'moon-1' })).toBe('region-unavailable');
    expect(await slug({ zone: 'sim-us-1a' })).toBe('region-unavailable');
    expect(await slug({ image: 'beos' })).toBe('image-not-found');
  });
});

describe('making servers', () => {
  test('infrastructure 17: Given a create, when accepted, then 202 with Change and status `requested` at once, and `creating` when the provider has taken it on', async () => {
    const slow = await world.connect(ann, { config: { speed: 0 } });
    const change = await world.accepted(serversCreate, world.wish(slow.id, 'slow-1'), ann);
    expect(change).toMatchObject({ number: expect.stringMatching(/^CHG-\d+$/), state: 'running' });
    const find = async () => (await world.done(serversList, { connectionId: slow.id }, ann)).items[0]!;
    expect(['requested', 'creating']).toContain((await find()).status);
    await eventually(async () => (await find()).status).toBe('creating');
    await eventually(async () => (await find()).openChange).toEqual({ id: change.id, number: change.number });
    await world.clock(ann, slow.id, { stepSeconds: 60 });
    expect((await world.settled(change, ann)).state).toBe('succeeded');
  });

  test('infrastructure 18: Given a create, when the Job succeeds, then status `running`, addresses, cost and mark are set, and observed equals desired', async () => {
    const server = await world.server(ann, dev.id, 'web-18', { labels: { app: 'web' }, description: 'first' });
    expect(server).toMatchObject({
      name: 'web-18',
      status: 'running',
      labels: { app: 'web' },
      cost: { monthly: { amount: 400, currency: 'EUR' } },
      openChange: null,
      drift: { state: 'none' },
    });
    expect(server.publicIpv4).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    expect(await world.get(ann, server.id)).toEqual(server);
    const there = (await world.cloud(dev.id)).world.servers.find(({ id }) => id === server.externalId);
    expect(there?.labels).toMatchObject({ app: 'web', 'switchyard-id': server.id });
  });

  test('infrastructure 19: Given the same Idempotency-Key twice, then one server exists and both answers name one Change', async () => {
    const envelope = { idempotencyKey: 'once-19' };
    const first = await world.accepted(serversCreate, world.wish(dev.id, 'web-19'), ann, envelope);
    const second = await world.accepted(serversCreate, world.wish(dev.id, 'web-19'), ann, envelope);
    expect(second.id).toBe(first.id);
    await world.settled(first, ann);
    const third = await world.accepted(serversCreate, world.wish(dev.id, 'web-19'), ann, envelope);
    expect(third.id).toBe(first.id);
    expect((await world.done(serversList, { q: 'web-19' }, ann)).items).toHaveLength(1);
  });

  test('infrastructure 20: Given the same key with another body, then 409 `idempotency-conflict`', async () => {
    await world.accepted(serversCreate, world.wish(dev.id, 'web-20'), ann, { idempotencyKey: 'once-20' });
    expect((await world.refused(serversCreate, world.wish(dev.id, 'web-20b'), ann, { idempotencyKey: 'once-20' })).slug).toBe('idempotency-conflict');
  });

  test('infrastructure 28: Given count 5 with `web-{n}` and `web-3` taken, when planned, then 409 `name-conflict` naming web-3 and nothing is made', async () => {
    const other = await world.connect(ann);
    await world.server(ann, other.id, 'web-3');
    const wish = { ...world.wish(other.id, ''), name: undefined, namePattern: 'web-{n}', count: 5 };
    const problem = await world.refused(serversCreate, wish, ann);
    expect(problem).toMatchObject({ slug: 'name-conflict', extras: { taken: ['web-3'] } });
    expect((await world.done(serversList, { connectionId: other.id }, ann)).items).toHaveLength(1);
  });

  test('five by pattern are made by one Change, and one rollback takes all five back', async () => {
    const other = await world.connect(ann);
    const wish = { ...world.wish(other.id, ''), name: undefined, namePattern: 'node-{n}', count: 5, start: false };
    const change = await world.settled(await world.accepted(serversCreate, wish, ann), ann);
    expect(change.state).toBe('succeeded');
    const names = (await world.done(serversList, { connectionId: other.id, sort: 'name' }, ann)).items.map(({ name, status }) => `${name} ${status}`);
    expect(names).toEqual([1, 2, 3, 4, 5].map((n) => `node-${n} stopped`));
    const undo = await world.accepted(changesRollback, { id: change.id }, ann);
    expect(undo.state).toBe('awaiting_approval');
    await world.approve(undo, bob);
    expect((await world.settled(undo, ann)).state).toBe('succeeded');
    expect((await world.cloud(other.id)).world.servers).toEqual([]);
    expect((await world.done(serversList, { connectionId: other.id }, ann)).items).toEqual([]);
  });
});

describe('quota of the tenant', () => {
  const limit = (amount: { servers: number; vcpus: number }) =>
    world.databases.tenant({ tenantId: world.tenants.a }, (db) =>
      db
        .insert(quotas)
        .values({ tenantId: world.tenants.a, id: world.tenants.a, ...amount })
        .onConflictDoUpdate({ target: [quotas.tenantId, quotas.id], set: amount }),
    );

  test('infrastructure 27: Given plan quota 10 and 9 servers, when two creates run at once, then one succeeds and one is 403 `plan-quota-exceeded`', async () => {
    const other = await world.connect(ann);
    const rows = await world.databases.tenant({ tenantId: world.tenants.a }, (db) => db.select({ deletedAt: servers.deletedAt }).from(servers));
    await limit({ servers: rows.filter(({ deletedAt }) => deletedAt === null).length + 1, vcpus: 10_000 });
    const outcomes = await Promise.allSettled(['q-1', 'q-2'].map((name) => world.call(serversCreate, world.wish(other.id, name), ann)));
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { slug: 'plan-quota-exceeded', kind: { status: 403 } } });
    const won = outcomes.find((outcome) => outcome.status === 'fulfilled')!.value;
    if (won.status === 'accepted') expect((await world.settled(won.change, ann)).state).toBe('succeeded');
    await limit({ servers: 100, vcpus: 800 });
  });

  test('growing beyond the vCPU of the tenant is refused', async () => {
    const server = await world.server(ann, dev.id, 'grow-me');
    await limit({ servers: 100, vcpus: 30 });
    expect(await world.refused(serversResize, { id: server.id, size: 'std-32' }, ann)).toMatchObject({
      slug: 'plan-quota-exceeded',
      extras: { quota: 'vcpus' },
    });
    await limit({ servers: 100, vcpus: 800 });
  });
});

describe('changing what is known of a server', () => {
  test('infrastructure 46: Given PATCH with a stale If-Match, then 412', async () => {
    const server = await world.server(ann, dev.id, 'web-46');
    const stale = await world.refused(serversUpdate, { id: server.id, labels: { a: 'b' } }, ann, { ifMatch: String(server.version - 1) });
    expect(stale).toMatchObject({ slug: 'version-conflict', kind: { status: 412 } });
    const change = await world.settled(
      await world.accepted(serversUpdate, { id: server.id, name: 'web-46b', labels: { a: 'b' } }, ann, { ifMatch: `"${server.version}"` }),
      ann,
    );
    expect(change.state).toBe('succeeded');
    expect(await world.get(ann, server.id)).toMatchObject({ name: 'web-46b', labels: { a: 'b' } });
    expect((await world.cloud(dev.id)).world.servers.find(({ id }) => id === server.externalId)).toMatchObject({
      name: 'web-46b',
      labels: { a: 'b', 'switchyard-id': server.id },
    });
  });

  test('a change to what it is already is refused, and one into prod asks for an approval', async () => {
    const server = await world.server(ann, dev.id, 'web-47', { labels: { a: 'b' } });
    expect((await world.refused(serversUpdate, { id: server.id, labels: { a: 'b' } }, ann)).slug).toBe('validation-failed');
    const change = await world.accepted(serversUpdate, { id: server.id, environment: 'prod' }, ann);
    expect(change.state).toBe('awaiting_approval');
    await world.approve(change, bob);
    expect((await world.settled(change, ann)).state).toBe('succeeded');
    expect((await world.get(ann, server.id)).environment).toBe('prod');
  });
});

describe('who may see and touch a server', () => {
  test('another tenant gets 404, and a scope hides and refuses what is outside', async () => {
    const server = await world.server(ann, dev.id, 'mine', { labels: { team: 'red' } });
    const stranger = world.as({ tenant: 'b' });
    expect(await world.refused(serversGet, { id: server.id }, stranger)).toMatchObject({ slug: 'server-not-found', kind: { status: 404 } });
    expect((await world.done(serversList, {}, stranger)).items).toEqual([]);
    const blue = world.as({ scope: { any: [{ type: 'server', labels: { team: 'blue' } }] } });
    expect((await world.refused(serversGet, { id: server.id }, blue)).slug).toBe('scope-denied');
    expect((await world.done(serversList, {}, blue)).items).toEqual([]);
    const red = world.as({ scope: { any: [{ type: 'server', labels: { team: 'red' } }] } });
    expect((await world.done(serversList, {}, red)).items.map(({ name }) => name)).toEqual(['mine']);
    const reader = world.as({ permissions: ['servers:read'] });
    expect((await world.refused(serversDelete, { id: server.id }, reader)).slug).toBe('permission-denied');
  });
});
