import { afterAll, beforeAll, expect, test } from 'vitest';
import { eq } from '#kernel/drizzle.ts';
import type { Person } from '#test/world.ts';
import { cloudsCatalog, cloudsHealth, cloudsPause, cloudsResume, cloudsSync } from './index.ts';
import type { CloudProvider, CloudProviders } from './providers/port.ts';
import { catalogs } from './tables.ts';
import { cloudWorld, type CloudWorld } from './testing.ts';

const asked = { identify: 0, catalog: 0 };
let isDown = false;

/** Counts what is asked of the clouds, and lets them be down. */
const counted = (real: CloudProviders): CloudProviders => ({
  ...real,
  open(connection, signal) {
    const cloud = real.open(connection, signal);
    const call = <T>(name: keyof typeof asked, act: () => Promise<T>) => {
      asked[name] += 1;
      return isDown ? Promise.reject(new Error('down')) : act();
    };
    const counting: CloudProvider = { ...cloud, validate: () => call('identify', cloud.validate), catalog: () => call('catalog', cloud.catalog) };
    return counting;
  },
});

let one: CloudWorld;
let other: CloudWorld;
let ann: Person;
let bea: Person;
beforeAll(async () => {
  one = await cloudWorld({ between: counted });
  other = await cloudWorld({ between: counted, databaseUrl: one.databaseUrl, tenants: one.tenants, works: false });
  ann = one.as({ name: 'ann' });
  bea = other.as({ name: 'bea' });
});
afterAll(async () => {
  await other?.end();
  await one?.end();
});
const since = async <T>(name: keyof typeof asked, act: () => Promise<T>): Promise<[T, number]> => {
  const before = asked[name];
  return [await act(), asked[name] - before];
};

test('health is asked for once for all who look, in every process, and anew after a Change of the connection', async () => {
  const { id } = await one.connect(ann);
  const [first, n] = await since('identify', () => one.done(cloudsHealth, { id }, ann));
  expect([first.ok, first.problem, n]).toEqual([true, null, 1]);
  expect(first.checks.every(({ ok }) => ok)).toBe(true);
  expect((await since('identify', () => other.done(cloudsHealth, { id }, bea)))[1]).toBe(0);

  await one.done(cloudsPause, { id }, ann);
  // What ended a Change within a call is told to all by an event.
  await expect.poll(async () => (await other.done(cloudsHealth, { id }, bea)).problem?.slug, { timeout: 60_000 }).toBe('connection-paused');
  await one.done(cloudsResume, { id }, ann);
  await expect.poll(async () => (await other.done(cloudsHealth, { id }, bea)).ok, { timeout: 60_000 }).toBe(true);

  const change = await one.settled(await one.accepted(cloudsSync, { id }, ann), ann);
  expect(change.state).toBe('succeeded');
  expect((await since('identify', () => other.done(cloudsHealth, { id }, bea)))[1], 'right after a Change that was carried out').toBe(1);
});

test('a connection that does not answer says so, with when it last did', async () => {
  const { id } = await one.connect(ann);
  const before = await one.done(cloudsHealth, { id }, ann);
  const older = (seconds: number) =>
    one.databases.lookUp((db) =>
      db.$client.query(
        `update resource_cache set read_at = read_at - make_interval(secs => ${seconds}), fresh_until = fresh_until - make_interval(secs => ${seconds}) where tag = 'cloud:${id}'`,
      ),
    );
  await older(400);
  isDown = true;
  try {
    const after = await other.done(cloudsHealth, { id }, bea);
    expect(after).toMatchObject({ ok: false, identity: before.identity, problem: { slug: 'provider-unavailable' } });
    expect(after.ageSeconds).toBeGreaterThanOrEqual(400);
  } finally {
    isDown = false;
  }
  expect((await other.done(cloudsHealth, { id }, bea)).ok).toBe(true);
});

test('what a connection sells is what a pass read within the hour, else what the provider says now, else what it said before', async () => {
  const { id } = await one.connect(ann);
  const [known, n] = await since('catalog', () => one.done(cloudsCatalog, { id }, ann));
  expect([known.sizes.length, known.stale, n]).toEqual([8, false, 0]);
  const forget = () => one.databases.lookUp((db) => db.$client.query(`delete from resource_cache where tag = 'cloud:${id}'`));
  const longAgo = new Date(Date.now() - 2 * 3_600_000);
  await one.outside().tx(async ({ db }) => db.update(catalogs).set({ updatedAt: longAgo }).where(eq(catalogs.id, id)));

  await forget();
  const [anew, asks] = await since('catalog', () => other.done(cloudsCatalog, { id }, bea));
  expect([anew.stale, asks]).toEqual([false, 1]);
  expect(new Date(anew.readAt).getTime()).toBeGreaterThan(longAgo.getTime());
  expect((await since('catalog', () => one.done(cloudsCatalog, { id }, ann)))[1]).toBe(0);

  await one.outside().tx(async ({ db }) => db.update(catalogs).set({ updatedAt: longAgo }).where(eq(catalogs.id, id)));
  await forget();
  await one.done(cloudsPause, { id }, ann);
  expect(await one.done(cloudsCatalog, { id }, ann)).toMatchObject({ stale: true, readAt: longAgo.toISOString() });
});
