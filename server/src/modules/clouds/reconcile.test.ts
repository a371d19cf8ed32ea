import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pgTable, text } from '#kernel/columns.ts';
import { and, eq } from '#kernel/drizzle.ts';
import type { WorkContext } from '#kernel/work.ts';
import type { Person } from '#test/world.ts';
import {
  cloudsGet,
  cloudsImport,
  cloudsSync,
  cloudsUnmanaged,
  driftDecide,
  driftList,
  serversReboot,
  serversResize,
  serversUpdate,
} from './index.ts';
import { sweep } from './sweep.ts';
import { providerCalls } from './tables.ts';
import { cloudWorld, type CloudWorld, eventually } from './testing.ts';

let world: CloudWorld;
let ann: Person;
let cloud: { id: string };

beforeAll(async () => {
  world = await cloudWorld();
  ann = world.as({ name: 'ann' });
  world.as({ name: 'bob' });
});
beforeEach(async () => {
  cloud = await world.connect(ann);
});
afterAll(() => world.end());

const later = (seconds: number) => () => new Date(Date.now() + seconds * 1_000);
const findings = async (more: object = {}) => (await world.done(driftList, { connectionId: cloud.id, ...more }, ann)).items;
const outbox = pgTable('events', { type: text('type').notNull() });
const announced = async (type: string): Promise<number> =>
  world.databases.tenant(
    { tenantId: world.tenants.a },
    async (db) =>
      (
        await db
          .select()
          .from(outbox)
          .where(and(eq(outbox.type, type)))
      ).length,
  );

describe('what was deleted outside', () => {
  test('infrastructure 135: Given a server deleted outside, then after two passes it is `missing`, one Event, one notification, and nothing is recreated', async () => {
    const server = await world.server(ann, cloud.id, 'web-1');
    await world.outsider(ann, cloud.id, [{ act: 'delete', server: 'web-1' }]);
    const before = await announced('server.missing');
    await world.pass(cloud.id, later(61));
    expect((await world.get(ann, server.id)).status).toBe('running');
    await world.pass(cloud.id, later(90));
    expect((await world.get(ann, server.id)).status).toBe('running');
    await world.pass(cloud.id, later(125));
    await world.pass(cloud.id, later(190));
    expect(await world.get(ann, server.id)).toMatchObject({
      status: 'missing',
      statusReason: { code: 'not-found' },
      drift: { state: 'open', open: 1 },
    });
    expect(await findings()).toMatchObject([{ kind: 'missing', serverId: server.id, name: 'web-1', costDelta: { amount: -400 } }]);
    expect(await announced('server.missing')).toBe(before + 1);
    expect((await world.cloud(cloud.id)).world.servers).toEqual([]);
  });

  test('one that a list leaves out and a direct look finds is not missing', async () => {
    const server = await world.server(ann, cloud.id, 'web-1');
    await world.misbehave(ann, cloud.id, [{ operation: 'list', kind: 'partial-list' }]);
    for (const seconds of [61, 125, 190]) await world.pass(cloud.id, later(seconds));
    expect((await world.get(ann, server.id)).status).toBe('running');
    expect(await findings()).toEqual([]);
  });

  test('infrastructure 136: Given a pass that returns half of the known ids, then nothing is marked missing and an alert is raised', async () => {
    for (const n of [1, 2, 3, 4]) await world.server(ann, cloud.id, `web-${n}`);
    await world.outsider(
      ann,
      cloud.id,
      [1, 2].map((n) => ({ act: 'delete' as const, server: `web-${n}` })),
    );
    const before = await announced('cloud.degraded');
    for (const seconds of [61, 125, 190]) await world.pass(cloud.id, later(seconds));
    expect(await findings()).toEqual([]);
    expect(await world.done(cloudsGet, { id: cloud.id }, ann)).toMatchObject({
      status: 'degraded',
      statusReason: { code: 'mass-disappearance' },
      lastPass: { complete: false, seen: 2, known: 4 },
    });
    expect(await announced('cloud.degraded')).toBe(before + 1);
  });

  test('infrastructure 146: Given a page shifted during a list, then the pass is void', async () => {
    await world.outsider(
      ann,
      cloud.id,
      Array.from({ length: 45 }, (_, i) => ({ act: 'create' as const, name: `n-${i}` })),
    );
    await world.misbehave(ann, cloud.id, [{ operation: 'list', kind: 'page-shift', nth: 2 }]);
    await world.pass(cloud.id, later(61));
    expect(await findings()).toEqual([]);
    expect(await world.done(cloudsGet, { id: cloud.id }, ann)).toMatchObject({
      lastPass: { complete: false, problem: expect.stringContaining('shifted') },
    });
    await world.pass(cloud.id, later(125));
    expect(await findings()).toHaveLength(45);
  });

  test('a missing server that is forgotten is deleted here, and one that comes back is as before', async () => {
    const [gone, back] = [await world.server(ann, cloud.id, 'gone'), await world.server(ann, cloud.id, 'back')];
    await world.outsider(ann, cloud.id, [{ act: 'delete', server: 'gone' }]);
    for (const seconds of [61, 125]) await world.pass(cloud.id, later(seconds));
    const [finding] = await findings();
    expect((await world.refused(driftDecide, { id: finding!.id, decision: 'adopt' }, ann)).slug).toBe('invalid-state');
    expect(await world.done(driftDecide, { id: finding!.id, decision: 'forget' }, ann)).toMatchObject({ status: 'forgotten' });
    expect((await world.get(ann, gone.id)).status).toBe('deleted');
    expect((await world.get(ann, back.id)).status).toBe('running');
    expect(await findings()).toEqual([]);
  });
});

describe('what was changed outside', () => {
  test('a power state is adopted', async () => {
    const server = await world.server(ann, cloud.id, 'web-1');
    await world.outsider(ann, cloud.id, [{ act: 'edit', server: 'web-1', power: 'off' }]);
    await world.pass(cloud.id, later(61));
    expect(await world.get(ann, server.id)).toMatchObject({ status: 'stopped', drift: { state: 'none' } });
  });

  test('infrastructure 137: Given a size changed outside, then a finding shows before, after, cost effect', async () => {
    const server = await world.server(ann, cloud.id, 'web-1');
    await world.outsider(ann, cloud.id, [{ act: 'edit', server: 'web-1', size: 'std-4', labels: { by: 'hand' } }]);
    await world.pass(cloud.id, later(61));
    const found = await findings();
    expect(found.find(({ field }) => field === 'size')).toMatchObject({
      kind: 'changed',
      before: 'std-1',
      after: 'std-4',
      costDelta: { amount: 1_200, currency: 'EUR' },
    });
    expect(found.find(({ field }) => field === 'labels')).toMatchObject({ before: {}, after: { by: 'hand' } });
    expect(await world.get(ann, server.id)).toMatchObject({ size: 'std-4', vcpus: 4, cost: { monthly: { amount: 1_600 } }, drift: { open: 2 } });
    await world.pass(cloud.id, later(130));
    expect(await findings()).toHaveLength(2);
  });

  test('adopted it is no finding any more, ignored it is silent until it differs again, set back it is closed', async () => {
    const server = await world.server(ann, cloud.id, 'web-1');
    await world.outsider(ann, cloud.id, [{ act: 'edit', server: 'web-1', labels: { by: 'hand' }, protected: true }]);
    await world.pass(cloud.id, later(61));
    const of = async (field: string) => (await findings()).find((finding) => finding.field === field)!;
    await world.done(driftDecide, { id: (await of('protection')).id, decision: 'adopt' }, ann);
    await world.done(driftDecide, { id: (await of('labels')).id, decision: 'ignore' }, ann);
    await world.pass(cloud.id, later(130));
    expect(await findings()).toEqual([]);
    expect(await world.get(ann, server.id)).toMatchObject({ protection: { delete: true }, drift: { state: 'none' } });
    await world.outsider(ann, cloud.id, [{ act: 'edit', server: 'web-1', labels: { by: 'someone' } }]);
    await world.pass(cloud.id, later(200));
    expect(await findings()).toMatchObject([{ field: 'labels', after: { by: 'someone' } }]);
    const change = await world.settled(await world.accepted(serversUpdate, { id: server.id, labels: { x: 'y' } }, ann), ann);
    expect(change).toMatchObject({ state: 'succeeded', plan: { warnings: [expect.stringContaining('open drift finding')] } });
    await world.pass(cloud.id, later(270));
    expect(await findings()).toEqual([]);
  });

  test('infrastructure 140: Given a Change runs on the Resource, then no finding is opened for it', async () => {
    const server = await world.server(ann, cloud.id, 'web-1', { start: false });
    await world.clock(ann, cloud.id, { rate: 0 });
    const resize = await world.accepted(serversResize, { id: server.id, size: 'std-4' }, ann);
    await eventually(async () => (await world.cloud(cloud.id)).world.actions.at(-1)?.effect.kind).toBe('resize');
    await world.outsider(ann, cloud.id, [{ act: 'edit', server: 'web-1', labels: { by: 'hand' } }]);
    await world.pass(cloud.id, later(600));
    expect(await findings()).toEqual([]);
    await world.clock(ann, cloud.id, { rate: 1_000 });
    await world.settled(resize, ann);
    await world.pass(cloud.id, later(30));
    expect(await findings()).toEqual([]);
    await world.pass(cloud.id, later(90));
    expect(await findings()).toMatchObject([{ field: 'labels' }]);
  });
});

describe('what is there and not known here', () => {
  test('infrastructure 139: Given an orphan with our mark, then it is listed with its monthly cost', async () => {
    await world.outsider(ann, cloud.id, [
      { act: 'create', name: 'lost', size: 'std-8', mark: { id: '01990000-0000-7000-8000-000000000009', change: 'c' } },
    ]);
    await world.pass(cloud.id, later(61));
    expect(await findings()).toMatchObject([{ kind: 'orphan', name: 'lost', costDelta: { amount: 4_800, currency: 'EUR' } }]);
  });

  test('on first connect what exists already is imported by one Change that writes only marks', async () => {
    await world.outsider(
      ann,
      cloud.id,
      Array.from({ length: 20 }, (_, i) => ({ act: 'create' as const, name: `old-${i}` })),
    );
    const sync = await world.settled(await world.accepted(cloudsSync, { id: cloud.id }, ann), ann);
    expect(sync).toMatchObject({ state: 'succeeded', outcome: { seen: 20, known: 0, opened: 20, complete: true } });
    const unmanaged = (await world.done(cloudsUnmanaged, { id: cloud.id }, ann)).items;
    const before = (await world.cloud(cloud.id)).control.calls;
    const change = await world.settled(
      await world.accepted(cloudsImport, { id: cloud.id, externalIds: unmanaged.map(({ externalId }) => externalId) }, ann),
      ann,
    );
    expect(change.state).toBe('succeeded');
    const { control, world: there } = await world.cloud(cloud.id);
    expect(control.calls['update']! - (before['update'] ?? 0)).toBe(20);
    for (const method of ['create', 'delete', 'power', 'resize', 'protect']) expect(control.calls[method]).toBe(before[method]);
    expect(there.servers.every(({ labels }) => labels['switchyard-id'])).toBe(true);
    await world.pass(cloud.id, later(61));
    expect(await findings()).toEqual([]);
    const reimport = await world.refused(cloudsImport, { id: cloud.id, externalIds: [unmanaged[0]!.externalId] }, ann);
    expect(reimport).toMatchObject({ slug: 'resource-already-managed', kind: { status: 409 } });
    const [imported] = (change.outcome as { servers: { id: string }[] }).servers;
    expect((await world.settled(await world.accepted(serversReboot, { id: imported!.id }, ann), ann)).state).toBe('succeeded');
  });

  test('a name that is taken at the provider by something unmanaged is refused when planned', async () => {
    await world.outsider(ann, cloud.id, [{ act: 'create', name: 'taken' }]);
    await world.pass(cloud.id, later(61));
    const { serversCreate } = await import('./index.ts');
    expect(await world.refused(serversCreate, world.wish(cloud.id, 'taken'), ann)).toMatchObject({
      slug: 'name-conflict',
      message: expect.stringContaining('import'),
    });
  });

  test('a scope without everything sees no finding that is nobody’s', async () => {
    await world.outsider(ann, cloud.id, [{ act: 'create', name: 'stray' }]);
    await world.pass(cloud.id, later(61));
    const dev = world.as({ scope: { any: [{ type: 'server', environments: ['dev'] }] } });
    expect((await world.done(driftList, { connectionId: cloud.id }, dev)).items).toEqual([]);
    expect((await world.done(driftList, {}, world.as({ tenant: 'b' }))).items).toEqual([]);
  });
});

describe('a pass that cannot be made', () => {
  test('says why, marks nothing, and the next one closes the gap', async () => {
    const server = await world.server(ann, cloud.id, 'web-1');
    await world.misbehave(ann, cloud.id, [{ operation: 'list', kind: 'server-error', count: 3 }]);
    await world.pass(cloud.id, later(61));
    expect(await world.done(cloudsGet, { id: cloud.id }, ann)).toMatchObject({
      lastPass: { complete: false, problem: expect.stringContaining('internal error of the provider') },
    });
    await world.pass(cloud.id, later(125));
    expect(await world.done(cloudsGet, { id: cloud.id }, ann)).toMatchObject({ lastPass: { complete: true, problem: null } });
    expect((await world.get(ann, server.id)).status).toBe('running');
  });

  test('after a quarter of an hour without being seen a server is unknown', async () => {
    const server = await world.server(ann, cloud.id, 'web-1');
    await world.misbehave(ann, cloud.id, [{ operation: 'list', kind: 'server-error' }]);
    await world.pass(cloud.id, later(16 * 60));
    expect(await world.get(ann, server.id)).toMatchObject({ status: 'unknown', statusReason: { code: 'not-observed' } });
    await world.misbehave(ann, cloud.id, []);
    await world.pass(cloud.id, later(17 * 60));
    expect((await world.get(ann, server.id)).status).toBe('running');
  });

  test('two at once: one reads, the other leaves it alone', async () => {
    await Promise.all([world.pass(cloud.id, later(1)), world.pass(cloud.id, later(1)), world.pass(cloud.id, later(1))]);
    expect((await world.cloud(cloud.id)).control.calls['list']).toBe(1);
  });
});

test('each night the journal of a month ago goes, and what is younger stays', async () => {
  await world.server(ann, cloud.id, 'web-1');
  const tenantId = world.tenants.a;
  const journal = () => world.databases.tenant({ tenantId }, (db) => db.select().from(providerCalls).where(eq(providerCalls.connectionId, cloud.id)));
  const at = (days: number) =>
    world.databases.tenant({ tenantId }, (db) => sweep({ db, tenantId, now: () => new Date(Date.now() + days * 86_400_000) } as WorkContext));
  await at(29);
  expect(await journal()).not.toEqual([]);
  await at(31);
  expect(await journal()).toEqual([]);
});
