import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Draining } from '#kernel/jobs.ts';
import type { Operation } from '#kernel/operation.ts';
import type { Person } from '#test/world.ts';
import { serversCreate, serversDelete, serversList, serversReboot, serversResize, serversUpdate } from './index.ts';
import type { CloudProvider } from './providers/port.ts';
import { cloudWorld, type CloudWorld } from './testing.ts';

type Mutating = 'create' | 'update' | 'delete' | 'power' | 'resize';

/** Where the worker dies: once, before or after the call has reached the provider. What it leaves in the database is what `kill -9` leaves. */
const death: { method: Mutating | null; when: 'before' | 'after' } = { method: null, when: 'before' };

function mortal(cloud: CloudProvider): CloudProvider {
  const call = cloud.servers as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  const dies =
    (method: Mutating) =>
    async (...args: unknown[]): Promise<unknown> => {
      if (death.method !== method) return call[method]!(...args);
      death.method = null;
      if (death.when === 'after') await call[method]!(...args);
      throw new Draining('the worker is gone');
    };
  const methods: readonly Mutating[] = ['create', 'update', 'delete', 'power', 'resize'];
  return { ...cloud, servers: { ...cloud.servers, ...Object.fromEntries(methods.map((method) => [method, dies(method)])) } };
}

let world: CloudWorld;
let ann: Person;
let bob: Person;
let cloud: { id: string };

beforeAll(async () => {
  world = await cloudWorld({ between: (real) => ({ ...real, open: (connection, signal) => mortal(real.open(connection, signal)) }) });
  ann = world.as({ name: 'ann' });
  bob = world.as({ name: 'bob' });
});
beforeEach(async () => {
  death.method = null;
  cloud = await world.connect(ann);
});
afterAll(() => world.end());

async function runDying(operation: Operation, input: object, method: Mutating, when: 'before' | 'after') {
  Object.assign(death, { method, when });
  const change = await world.accepted(operation, input, ann);
  if (change.state === 'awaiting_approval') await world.approve(change, bob);
  const ended = await world.settled(change, ann);
  expect(death.method).toBeNull(); // it did die
  expect(ended.job?.attempt).toBeGreaterThan(1);
  return ended;
}
const actionsOf = async (kind: string) => (await world.cloud(cloud.id)).world.actions.filter(({ effect }) => effect.kind === kind);

describe.each(['before', 'after'] as const)(
  'infrastructure 22: Given the worker is killed between intent and answer, when restarted, then exactly one server exists: %s the call arrived',
  (when) => {
    test('creating', async () => {
      const change = await runDying(serversCreate, world.wish(cloud.id, 'web-1'), 'create', when);
      expect(change.state).toBe('succeeded');
      expect((await world.cloud(cloud.id)).world.servers.map(({ name }) => name)).toEqual(['web-1']);
      expect((await world.done(serversList, { connectionId: cloud.id }, ann)).items).toMatchObject([{ name: 'web-1', status: 'running' }]);
    });

    test('rebooting: one reboot', async () => {
      const { id } = await world.server(ann, cloud.id, 'web-1');
      expect((await runDying(serversReboot, { id }, 'power', when)).state).toBe('succeeded');
      expect(await actionsOf('power')).toHaveLength(1);
    });

    test('resizing: one change of size', async () => {
      const { id } = await world.server(ann, cloud.id, 'web-1');
      expect((await runDying(serversResize, { id, size: 'std-2' }, 'resize', when)).state).toBe('succeeded');
      expect(await actionsOf('resize')).toHaveLength(1);
      expect(await world.get(ann, id)).toMatchObject({ size: 'std-2', status: 'running' });
    });

    test('updating', async () => {
      const { id } = await world.server(ann, cloud.id, 'web-1');
      expect((await runDying(serversUpdate, { id, labels: { a: 'b' } }, 'update', when)).state).toBe('succeeded');
      expect((await world.get(ann, id)).labels).toEqual({ a: 'b' });
    });

    test('deleting', async () => {
      const { id } = await world.server(ann, cloud.id, 'web-1');
      expect((await runDying(serversDelete, { id }, 'delete', when)).state).toBe('succeeded');
      expect(await world.get(ann, id)).toMatchObject({ status: 'deleted' });
      expect((await world.cloud(cloud.id)).world.servers).toEqual([]);
    });

    test('undoing: a failed creation is taken back, once', async () => {
      await world.misbehave(ann, cloud.id, [{ operation: 'create', kind: 'failing-action', count: 1 }]);
      expect((await runDying(serversCreate, world.wish(cloud.id, 'web-1'), 'delete', when)).state).toBe('rolled_back');
      expect((await world.cloud(cloud.id)).world.servers).toEqual([]);
      expect((await world.done(serversList, { connectionId: cloud.id }, ann)).items).toEqual([]);
    });
  },
);
