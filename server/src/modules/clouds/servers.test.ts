import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloudWorld, type CloudWorld } from './clouds.fixture.ts';
import { serversCreate, serversGet, serversList } from './index.ts';
import type { Person } from '#test/world.ts';

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
afterAll(async () => {
  expect(world.faults).toEqual([]);
  await world.close();
});

describe('making servers', () => {
  test('infrastructure 18: Given a create, when the Job succeeds, then status `running`, addresses, cost and mark are set, and observed equals desired', async () => {
    const server = await world.server(ann, dev.id, 'web-1');
    expect(server).toMatchObject({ name: 'web-1', status: 'running', cost: { monthly: { amount: 400, currency: 'EUR' } }, openChange: null });
    expect(server.publicIpv4).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    expect(await world.get(ann, server.id)).toEqual(server);
    const { world: there } = await world.cloud(dev.id);
    expect(there.servers.find(({ id }) => id === server.externalId)?.labels).toMatchObject({ 'switchyard-id': server.id });
  });
});
