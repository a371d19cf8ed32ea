import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { dispatch, subscribersOf } from '#kernel/events.ts';
import { newId } from '#kernel/ids.ts';
import { startReceiver, type Receiver } from '#test/webhooks/receivers.ts';
import { createFanOut } from './fan-out.ts';
import { webhooksDeliveriesList } from './index.ts';
import { createWebhookWorld, type WebhookWorld } from './testing.ts';

const open: { close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});
const kept = <T extends { close: () => Promise<unknown> }>(one: T): T => {
  open.push(one);
  return one;
};
const soon = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 90_000, interval: 25 });

/** Another process on the same database. */
const restarted = async ({ databaseUrl, tenants }: WebhookWorld): Promise<WebhookWorld> => kept(await createWebhookWorld({ databaseUrl, tenants }));
const ids = (receiver: Receiver): string[] => receiver.heard.map(({ id }) => id);

/** Makes the deliveries as the dispatcher would, and sends nothing. */
const dispatchOnly = (world: WebhookWorld): Promise<number> =>
  dispatch(world.databases, world.jobs, subscribersOf(world.registry), [
    createFanOut({ now: world.now, publicUrl: 'http://localhost', isPublic: () => true, wake: () => undefined }),
  ]);

test('platform 111: Given a process crash between commit and send, when restarted, then the event is sent.', async () => {
  const there = kept(await startReceiver());
  const first = kept(await createWebhookWorld({ works: false }));
  const hook = await first.create(there.url);
  // Committed, and not dispatched by anybody.
  await first.announce(3);
  // Dispatched as well, and not sent.
  await dispatchOnly(first);
  await first.announce(2);
  expect(there.heard).toEqual([]);
  const second = await restarted(first);
  await soon(() => new Set(ids(there)).size).toBe(5);
  const listed = async () => (await first.done(webhooksDeliveriesList, { id: hook.id }, first.owner)).items;
  await soon(async () => (await listed()).filter(({ state }) => state === 'delivered').length).toBe(5);
  expect(second.faults).toEqual([]);
});

test('what a worker held when it died is sent by another once its lease is over, and not before', async () => {
  const there = kept(await startReceiver());
  const first = kept(await createWebhookWorld({ works: false }));
  const hook = await first.create(there.url);
  await first.announce(1);
  await dispatchOnly(first);
  await first.rows(`update webhook_lanes set holder = $1, held_until = now() + interval '1 hour', slots = 1 where id = $2`, [newId(), hook.id]);
  const second = await restarted(first);
  const other = kept(await startReceiver());
  await first.create(other.url);
  await second.announce(1);
  // Whoever sends this one has looked at all lanes.
  await soon(() => ids(other).length).toBe(1);
  expect(there.heard).toEqual([]);
  await first.rows(`update webhook_lanes set held_until = now() where id = $1`, [hook.id]);
  await soon(() => ids(there).length).toBe(2);
});

test('many processes send everything once, when none of them dies', async () => {
  const there = [kept(await startReceiver()), kept(await startReceiver())];
  const first = kept(await createWebhookWorld());
  await restarted(first);
  await restarted(first);
  for (const { url } of there) await first.create(url);
  for (let n = 0; n < 5; n++) await first.announce(40);
  for (const receiver of there) await soon(() => ids(receiver).length).toBeGreaterThanOrEqual(200);
  for (const receiver of there) expect([ids(receiver).length, new Set(ids(receiver)).size]).toEqual([200, 200]);
  const waiting = () => first.rows(`select 1 from webhook_deliveries where state <> 'delivered'`);
  await soon(waiting).toEqual([]);
});

test('a process that is stopped ends what it has begun, and leaves the rest to others', async () => {
  const slow = kept(await startReceiver((response) => void setTimeout(() => response.writeHead(204).end(), 300)));
  const first = await createWebhookWorld();
  await first.create(slow.url);
  await first.announce(20);
  await soon(() => slow.heard.length).toBeGreaterThan(0);
  const { databaseUrl, tenants } = first;
  await first.close();
  const sent = slow.heard.length;
  expect(sent).toBeLessThan(20);
  kept(await createWebhookWorld({ databaseUrl, tenants }));
  await soon(() => slow.heard.length).toBe(20);
  expect(new Set(ids(slow)).size).toBe(20);
});

test('platform 132: Given a suspended tenant, when its webhooks have something to send, then nothing is delivered; after activation they go on.', async () => {
  const there = kept(await startReceiver());
  const world = kept(await createWebhookWorld());
  await world.create(there.url);
  const id = world.tenants.a;
  // Who is active is what the wiring says of a tenant.
  world.tenants.a = newId();
  await pause(2_100);
  await world.announce(2, {}, { tenantId: id });
  await soon(() => world.rows(`select 1 from webhook_deliveries where state = 'waiting'`)).toHaveLength(2);
  await soon(() => world.rows(`select 1 from webhook_lanes where due_at > now() + interval '30 seconds'`)).toHaveLength(1);
  expect(there.heard).toEqual([]);
  world.tenants.a = id;
  await pause(2_100);
  await world.announce(1, {}, { type: 'tenant.activated', tenantId: id });
  await soon(() => there.heard.length).toBe(2);
});
