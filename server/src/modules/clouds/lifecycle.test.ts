import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changesRollback } from '#modules/governance/index.ts';
import type { Operation } from '#kernel/operation.ts';
import type { Person } from '#test/world.ts';
import {
  serversCreate, serversDelete, serversList, serversPoweroff, serversProtect, serversPurge, serversReboot, serversReset, serversResize, serversStart, serversStop, serversUndelete, serversUpdate,
} from './index.ts'; // prettier-ignore
import { cloudWorld, type CloudWorld } from './testing.ts';

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

/** Asked for by ann, agreed to by bob if need be, and carried out. */
async function run(operation: Operation, input: object) {
  const change = await world.accepted(operation, input, ann);
  if (change.state === 'awaiting_approval') await world.approve(change, bob);
  return world.settled(change, ann);
}
const there = async (connectionId: string, externalId: string | null) =>
  (await world.cloud(connectionId)).world.servers.find(({ id }) => id === externalId);
const titles = (change: { plan: { steps: { title: string }[] } | null }) => change.plan!.steps.map(({ title }) => title.replace(/ \S+$/, ''));

describe('power', () => {
  test('infrastructure 32: Given start on a running server, then 409 `invalid-state` with allowedFrom', async () => {
    const { id } = await world.server(ann, dev.id, 'p-32');
    expect(await world.refused(serversStart, { id }, ann)).toMatchObject({
      slug: 'invalid-state',
      kind: { status: 409 },
      extras: { state: 'running', allowedFrom: ['stopped', 'error'] },
    });
  });

  test('a server is stopped, started, rebooted, powered off and reset, and the cloud agrees each time', async () => {
    const server = await world.server(ann, dev.id, 'p-1');
    const after = async (operation: Operation): Promise<string> => {
      const change = await run(operation, { id: server.id });
      return `${change.state} ${(await world.get(ann, server.id)).status} ${(await there(dev.id, server.externalId))?.status}`;
    };
    expect(await after(serversStop)).toBe('succeeded stopped off');
    expect(await after(serversStart)).toBe('succeeded running running');
    expect(await after(serversReboot)).toBe('succeeded running running');
    expect(await after(serversReset)).toBe('succeeded running running');
    expect(await after(serversPoweroff)).toBe('succeeded stopped off');
  });

  test('powering off and resetting are of high risk and wait for somebody else', async () => {
    const { id } = await world.server(ann, dev.id, 'p-2');
    expect((await world.accepted(serversPoweroff, { id }, ann)).state).toBe('awaiting_approval');
    expect((await world.accepted(serversReset, { id }, ann)).state).toBe('awaiting_approval');
  });

  test('infrastructure 33: Given stop with a guest that ignores the signal and force false, when grace ends, then status is `running` with `guest-did-not-stop`', async () => {
    const server = await world.server(ann, dev.id, 'p-33');
    await world.outsider(ann, dev.id, [{ act: 'edit', server: 'p-33', ignoresShutdown: true }]);
    const change = await run(serversStop, { id: server.id, graceSeconds: 0 });
    expect(change).toMatchObject({ state: 'rolled_back', problem: { type: expect.stringMatching(/guest-did-not-stop$/) } });
    expect(await world.get(ann, server.id)).toMatchObject({ status: 'running', statusReason: { code: 'guest-did-not-stop' }, openChange: null });
  });

  test('infrastructure 34: Given stop with force, when grace ends, then poweroff is sent and status is `stopped`', async () => {
    const server = await world.server(ann, dev.id, 'p-34');
    await world.outsider(ann, dev.id, [{ act: 'edit', server: 'p-34', ignoresShutdown: true }]);
    expect((await run(serversStop, { id: server.id, graceSeconds: 0, force: true })).state).toBe('succeeded');
    expect((await world.get(ann, server.id)).status).toBe('stopped');
    const { actions } = (await world.cloud(dev.id)).world;
    const kinds = actions
      .filter((action) => action.server === server.externalId)
      .map(({ effect }) => (effect.kind === 'power' ? effect.action : effect.kind));
    expect(kinds).toEqual(['create', 'shutdown', 'poweroff']);
  });

  test('infrastructure 35: Given two stops at once on one server, then one runs and the other is 409 `operation-in-progress` with the Change id', async () => {
    const { id } = await world.server(ann, dev.id, 'p-35');
    const outcomes = await Promise.allSettled([1, 2].map(() => world.accepted(serversStop, { id }, ann)));
    const won = outcomes.find((outcome) => outcome.status === 'fulfilled')!.value;
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(lost).toMatchObject({ reason: { slug: 'operation-in-progress', kind: { status: 409 }, extras: { changeId: won.id } } });
    expect((await world.settled(won, ann)).state).toBe('succeeded');
  });

  test('a stop that succeeded is rolled back by a Change of its own: the server runs again', async () => {
    const { id } = await world.server(ann, dev.id, 'p-3');
    const stop = await run(serversStop, { id });
    expect((await run(changesRollback, { id: stop.id })).state).toBe('succeeded');
    expect((await world.get(ann, id)).status).toBe('running');
  });

  test('a failing action ends the Change with the provider’s words, and the server is as before', async () => {
    const server = await world.server(ann, dev.id, 'p-4', { start: false });
    await world.misbehave(ann, dev.id, [{ operation: 'power', kind: 'failing-action', count: 1 }]);
    const change = await run(serversStart, { id: server.id });
    expect(change).toMatchObject({
      state: 'rolled_back',
      problem: { type: expect.stringMatching(/provider-action-failed$/), detail: expect.stringContaining('the action failed on the host') },
    });
    expect(await world.get(ann, server.id)).toMatchObject({ status: 'stopped', openChange: null });
  });
});

describe('size', () => {
  test('infrastructure 36: Given resize of a running server with restart auto, then the step list is stop, change type, start, and the plan shows downtime', async () => {
    const server = await world.server(ann, dev.id, 's-36');
    const change = await run(serversResize, { id: server.id, size: 'std-2' });
    expect(change.state).toBe('succeeded');
    expect(titles(change)).toEqual(['Stop', 'Change the size to', 'Start']);
    expect(change.plan).toMatchObject({
      downtime: { kind: 'restart' },
      cost: { before: { amount: 400 }, after: { amount: 800 } },
      facts: { costDeltaMonthly: 400 },
    });
    expect(await world.get(ann, server.id)).toMatchObject({
      size: 'std-2',
      vcpus: 2,
      diskGb: 20,
      status: 'running',
      cost: { monthly: { amount: 800 } },
    });
  });

  test('infrastructure 37: Given resize with growDisk true, then the plan says the way back down is lost', async () => {
    const { id } = await world.server(ann, dev.id, 's-37', { start: false });
    const planned = await world.call(serversResize, { id, size: 'std-2', growDisk: true }, ann, { dryRun: true });
    expect(planned).toMatchObject({
      plan: { reversible: null, warnings: [expect.stringMatching(/way back down to std-1 is lost/)], downtime: { kind: 'none' } },
    });
    expect((await run(serversResize, { id, size: 'std-2', growDisk: true })).state).toBe('succeeded');
    expect((await world.refused(serversResize, { id, size: 'std-1' }, ann)).slug).toBe('disk-too-small');
  });

  test('infrastructure 38: Given resize fails after stop, then the server runs again with the old size and the Change is rolled_back', async () => {
    const server = await world.server(ann, dev.id, 's-38');
    await world.misbehave(ann, dev.id, [{ operation: 'resize', kind: 'failing-action', count: 1 }]);
    const change = await run(serversResize, { id: server.id, size: 'std-4' });
    expect(change.state).toBe('rolled_back');
    expect(await world.get(ann, server.id)).toMatchObject({ size: 'std-1', status: 'running', openChange: null });
    expect(await there(dev.id, server.externalId)).toMatchObject({ size: 'std-1', status: 'running' });
  });

  test('sold out after the stop: the problem names alternatives, nothing is tried again, and the server runs', async () => {
    const server = await world.server(ann, dev.id, 's-39');
    await world.misbehave(ann, dev.id, [{ operation: 'resize', kind: 'capacity' }]);
    const before = (await world.cloud(dev.id)).control.calls['resize'] ?? 0;
    const change = await run(serversResize, { id: server.id, size: 'std-4' });
    expect(change).toMatchObject({
      state: 'rolled_back',
      problem: { type: expect.stringMatching(/provider-capacity$/), alternatives: expect.any(Array) },
    });
    expect((await world.cloud(dev.id)).control.calls['resize']).toBe(before + 1);
    expect(await world.get(ann, server.id)).toMatchObject({ size: 'std-1', status: 'running' });
    await world.misbehave(ann, dev.id, []);
  });

  test('restart manual refuses a running server; another architecture, the same size and an unknown one are refused', async () => {
    const { id } = await world.server(ann, dev.id, 's-40');
    const slug = async (more: object) => (await world.refused(serversResize, { id, size: 'std-2', ...more }, ann)).slug;
    expect(await slug({ restart: 'manual' })).toBe('invalid-state');
    expect(await slug({ size: 'arm-2' })).toBe('architecture-mismatch');
    expect(await slug({ size: 'std-1' })).toBe('invalid-state');
    expect(await slug({ size: 'std-3' })).toBe('size-unavailable');
  });
});

describe('protection and deletion', () => {
  test('infrastructure 40: Given a protected server, when deleted, then 409 `deletion-protected` and no provider call was made', async () => {
    const { id } = await world.server(ann, dev.id, 'd-40', { protection: { delete: true } });
    const before = (await world.cloud(dev.id)).control.calls['all'];
    expect(await world.refused(serversDelete, { id }, ann)).toMatchObject({ slug: 'deletion-protected', kind: { status: 409 } });
    expect((await world.refused(serversPurge, { id }, ann)).slug).toBe('deletion-protected');
    expect((await world.cloud(dev.id)).control.calls['all']).toBe(before);
  });

  test('protection is set here and there, and lifting it in prod is of high risk', async () => {
    const prod = await world.connect(ann);
    const made = await run(serversCreate, world.wish(prod.id, 'd-1', { environment: 'prod' }));
    expect(made.state).toBe('succeeded');
    const [server] = (await world.done(serversList, { connectionId: prod.id }, ann)).items;
    expect(server).toMatchObject({ protection: { delete: true }, environment: 'prod' });
    expect((await there(prod.id, server!.externalId))?.protected).toBe(true);
    const lift = await run(serversProtect, { id: server!.id, delete: false });
    expect(lift).toMatchObject({ state: 'succeeded', risk: 'high' });
    expect((await there(prod.id, server!.externalId))?.protected).toBe(false);
  });

  test('outside production a server is deleted at once, and its row stays for history', async () => {
    const server = await world.server(ann, dev.id, 'd-2');
    const change = await run(serversDelete, { id: server.id });
    expect(change).toMatchObject({ state: 'succeeded', risk: 'high', plan: { dataLoss: expect.stringContaining('disk of 20 GB') } });
    expect(await there(dev.id, server.externalId)).toBeUndefined();
    expect(await world.get(ann, server.id)).toMatchObject({ status: 'deleted', deletedAt: expect.any(String) });
    expect((await world.done(serversList, { q: 'd-2' }, ann)).items).toEqual([]);
    expect((await world.done(serversList, { status: 'deleted', q: 'd-2' }, ann)).items).toHaveLength(1);
    const again = await world.server(ann, dev.id, 'd-2');
    expect(again.status).toBe('running');
  });

  test('infrastructure 41: Given a prod server, when deleted, then it is `pending_delete`, off, and undelete brings it back with its addresses', async () => {
    const server = await world.server(ann, dev.id, 'd-41', { description: 'to be prod' });
    await run(serversUpdate, { id: server.id, environment: 'prod' });
    const change = await run(serversDelete, { id: server.id });
    expect(change).toMatchObject({ state: 'succeeded', plan: { dataLoss: null, reversible: expect.stringContaining('servers.undelete') } });
    const waiting = await world.get(ann, server.id);
    expect(waiting.status).toBe('pending_delete');
    expect(Date.parse(waiting.purgeAfter!) - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    expect((await there(dev.id, server.externalId))?.status).toBe('off');
    expect((await world.done(serversList, { q: 'd-41' }, ann)).items).toEqual([]);
    await world.pass(dev.id);
    expect((await world.get(ann, server.id)).status).toBe('pending_delete');
    const back = await world.accepted(serversUndelete, { id: server.id }, ann);
    await world.approve(back, bob);
    await world.settled(back, ann);
    expect(await world.get(ann, server.id)).toMatchObject({
      status: 'stopped',
      purgeAfter: null,
      publicIpv4: server.publicIpv4,
      publicIpv6: server.publicIpv6,
    });
  });

  test('infrastructure 42: Given grace has passed, then it is deleted at the provider and billing of it ends at that time', async () => {
    const server = await world.server(ann, dev.id, 'd-42');
    await run(serversUpdate, { id: server.id, environment: 'prod' });
    await run(serversDelete, { id: server.id });
    const tomorrow = () => new Date(Date.now() + 24.1 * 3_600_000);
    await world.pass(dev.id, tomorrow);
    expect((await world.get(ann, server.id)).status).toBe('deleting');
    await world.clock(ann, dev.id, { stepSeconds: 10 });
    await world.pass(dev.id, tomorrow);
    const gone = await world.get(ann, server.id);
    expect(gone.status).toBe('deleted');
    expect(Date.parse(gone.deletedAt!)).toBeGreaterThan(Date.now() + 24 * 3_600_000);
    expect(await there(dev.id, server.externalId)).toBeUndefined();
  });

  test('a grace deletion is rolled back to a running server; a deletion for good cannot be', async () => {
    const server = await world.server(ann, dev.id, 'd-3');
    await run(serversUpdate, { id: server.id, environment: 'prod' });
    const grace = await run(serversDelete, { id: server.id });
    expect((await run(changesRollback, { id: grace.id })).state).toBe('succeeded');
    expect(await world.get(ann, server.id)).toMatchObject({ status: 'running', purgeAfter: null });
    const other = await world.server(ann, dev.id, 'd-4');
    const final = await run(serversDelete, { id: other.id });
    expect((await run(changesRollback, { id: final.id })).state).not.toBe('succeeded');
  });

  test('purge deletes at once what waits in its time of grace', async () => {
    const server = await world.server(ann, dev.id, 'd-5');
    await run(serversUpdate, { id: server.id, environment: 'prod' });
    await run(serversDelete, { id: server.id });
    expect((await run(serversPurge, { id: server.id })).state).toBe('succeeded');
    expect((await world.get(ann, server.id)).status).toBe('deleted');
    expect(await there(dev.id, server.externalId)).toBeUndefined();
  });
});

describe('a plan that has been overtaken', () => {
  test('is stale: what was agreed on is not done to a server that has changed since', async () => {
    const { id } = await world.server(ann, dev.id, 'o-1');
    const waiting = await world.accepted(serversPoweroff, { id }, ann);
    expect((await run(serversStop, { id })).state).toBe('succeeded');
    await world.approve(waiting, bob);
    expect(['stale', 'failed']).toContain((await world.settled(waiting, ann)).state);
    expect((await world.get(ann, id)).status).toBe('stopped');
  });
});
