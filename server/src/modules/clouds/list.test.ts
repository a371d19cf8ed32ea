import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '#test/world.ts';
import { encodeCursor } from '#kernel/page.ts';
import { serversCreate, serversList } from './index.ts';
import { cloudWorld, type CloudWorld } from './testing.ts';

let world: CloudWorld;
let ann: Person;
let cloud: { id: string };

beforeAll(async () => {
  world = await cloudWorld();
  ann = world.as({ name: 'ann' });
  cloud = await world.connect(ann);
  const other = await world.connect(ann);
  const make = (connectionId: string, pattern: string, count: number, more: object) =>
    world.accepted(serversCreate, { ...world.wish(connectionId, ''), name: undefined, namePattern: pattern, count, ...more }, ann);
  const changes = [
    await make(cloud.id, 'web-{n}', 7, { labels: { app: 'shop', tier: 'front' } }),
    await make(cloud.id, 'db-{n}', 3, { labels: { app: 'shop', tier: 'back' }, size: 'std-4', start: false }),
    await make(other.id, 'arm-{n}', 2, { size: 'arm-2', image: 'debian-13-arm', region: 'sim-eu-2', environment: 'lab' }),
  ];
  const states = await Promise.all(changes.map(async (change) => (await world.settled(change, ann)).state));
  if (states.some((state) => state !== 'succeeded')) throw new Error(states.join());
});
afterAll(() => world.end());

const names = async (input: object) => (await world.done(serversList, input, ann)).items.map(({ name }) => name);

describe('the list of servers', () => {
  test.each([
    ['name', ['arm-1', 'arm-2', 'db-1', 'db-2', 'db-3', 'web-1', 'web-2', 'web-3', 'web-4', 'web-5', 'web-6', 'web-7']],
    ['-name', ['web-7', 'web-6', 'web-5', 'web-4', 'web-3', 'web-2', 'web-1', 'db-3', 'db-2', 'db-1', 'arm-2', 'arm-1']],
  ])('by %s', async (sort, expected) => {
    expect(await names({ sort })).toEqual(expected);
  });

  test.each(['-createdAt', 'createdAt', 'name', '-name', 'status', '-status', 'cost', '-cost'])(
    'in order of %s, pages of any size show each server once',
    async (sort) => {
      const whole = await names({ sort });
      expect(new Set(whole).size).toBe(12);
      for (const limit of [1, 5, 11]) {
        const paged: string[] = [];
        let cursor: string | null | undefined;
        do {
          const page = await world.done(serversList, { sort, limit, ...(cursor ? { cursor } : {}) }, ann);
          paged.push(...page.items.map(({ name }) => name));
          cursor = page.nextCursor;
        } while (cursor);
        expect(paged).toEqual(whole);
      }
    },
  );

  test.each([
    [{ q: 'EB-1' }, 1],
    [{ q: '-1' }, 3],
    [{ q: '%' }, 0],
    [{ q: '192.0.2.250' }, 0],
    [{ status: 'stopped' }, 3],
    [{ environment: 'lab' }, 2],
    [{ region: 'sim-eu-2' }, 2],
    [{ labelSelector: 'app==shop,tier!=back' }, 7],
    [{ labelSelector: '!app' }, 2],
    [{ labelSelector: 'tier in (back,edge)' }, 3],
    [{ labelSelector: 'tier notin (back)' }, 9],
    [{ drift: 'open' }, 0],
    [{ drift: 'none', status: 'running', q: 'web' }, 7],
    [{ status: 'deleted' }, 0],
  ])('filtered by %j', async (filter, count) => {
    expect(await names(filter)).toHaveLength(count);
  });

  test('by whole address', async () => {
    const [one] = (await world.done(serversList, { q: 'web-1' }, ann)).items;
    expect(await names({ q: one!.publicIpv4! })).toEqual(expect.arrayContaining(['web-1']));
    expect(await names({ q: one!.publicIpv6! })).toEqual(expect.arrayContaining(['web-1']));
  });

  test.each([
    encodeCursor(['x', 'not-a-uuid']),
    encodeCursor(['not a time', '01990000-0000-7000-8000-000000000000']),
    encodeCursor([null, null]),
    encodeCursor(["2026-01-01 00:00:00+00'); drop table servers; --", '01990000-0000-7000-8000-000000000000']),
    encodeCursor([1]),
    'nonsense',
  ])('the forged cursor %s is refused', async (cursor) => {
    expect((await world.refused(serversList, { cursor }, ann)).slug).toBe('cursor-invalid');
  });

  test('a selector that cannot be read is refused with its place', async () => {
    expect(await world.refused(serversList, { labelSelector: 'a=b=c' }, ann)).toMatchObject({
      slug: 'label-invalid',
      extras: { errors: [{ pointer: '/labelSelector' }] },
    });
  });
});
