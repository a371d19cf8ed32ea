import { afterEach, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import { webhooksDeliveriesGet, webhooksDeliveriesList, webhooksTest } from '#modules/webhooks/index.ts';
import { createCourier } from '#modules/webhooks/providers/http.ts';
import { Courier } from '#modules/webhooks/providers/port.ts';
import { createWebhookWorld, type WebhookWorld } from '#modules/webhooks/testing.ts';
import { WEBHOOKS } from '#modules/webhooks/rules.ts';
import { answering, startReceiver, verifiedBy, type Behave, type Receiver } from './receivers.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});
const worldWith = async (options?: Parameters<typeof createWebhookWorld>[0]): Promise<WebhookWorld> => {
  const made = await createWebhookWorld(options);
  open.push(made);
  return made;
};
const receiver = async (behave?: Behave): Promise<Receiver> => {
  const made = await startReceiver(behave);
  open.push(made);
  return made;
};
const soon = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 60_000, interval: 20 });

test('platform 110: Given a receiver answering 500, when watched, then eight attempts at the stated delays with the same `webhook-id`, then `failed` and `webhook.exhausted`.', async () => {
  const world = await worldWith();
  const there = await receiver(answering(500, {}, 'out of order'));
  const hook = await world.create(there.url, { environments: ['lab'] });
  const clock = await receiver();
  await world.create(clock.url, { environments: ['clock'] });
  await world.announce(1, { environment: 'lab' });
  const stated = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR];
  const delivery = async () => (await world.done(webhooksDeliveriesList, { id: hook.id }, world.owner)).items[0];
  for (const [made, delay] of stated.entries()) {
    await soon(async () => (await delivery())?.attempts).toBe(made + 1);
    const waiting = (await delivery())!;
    expect(waiting).toMatchObject({ state: 'waiting', status: 500, code: 'refused' });
    const wait = Date.parse(waiting.nextAt!) - world.now().getTime();
    // A tenth either way, and the moments that have passed since, of which a busy machine has many.
    expect(wait, `before attempt ${made + 2}`).toBeGreaterThan(0.9 * delay - MINUTE / 2);
    expect(wait, `before attempt ${made + 2}`).toBeLessThanOrEqual(1.1 * delay);
    if (delay > MINUTE) {
      // A little too early it is not sent, although something else is by then: whoever sends has looked.
      world.later(wait - MINUTE);
      await world.announce(1, { environment: 'clock' });
      await soon(() => clock.heard.length).toBe(made);
      expect(there.heard).toHaveLength(made + 1);
    }
    world.later(delay > MINUTE ? MINUTE : wait);
    world.later(SECOND);
  }
  await soon(async () => (await delivery())?.state).toBe('failed');
  expect(await delivery()).toMatchObject({ attempts: 8, code: 'exhausted', status: 500, nextAt: null });
  expect(there.heard).toHaveLength(8);
  expect(new Set(there.heard.map(({ id }) => id))).toEqual(new Set([(await delivery())!.messageId]));
  expect(new Set(there.heard.map(({ body }) => body)).size).toBe(1);
  expect(verifiedBy(hook.secret, there.heard[0]!)).toMatchObject({ type: 'lamp.lit' });
  const { history } = await world.done(webhooksDeliveriesGet, { id: (await delivery())!.id }, world.owner);
  expect(history.map(({ number }) => number)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  const span = Date.parse(history[0]!.at) - Date.parse(history[7]!.at);
  const whole = stated.reduce((sum, one) => sum + one);
  expect(whole).toBe(27 * HOUR + 35 * MINUTE + 5 * SECOND);
  expect(Math.abs(span - whole)).toBeLessThan(0.1 * whole + MINUTE);
  await soon(() => world.rows(`select data from events where type = 'webhook.exhausted'`)).toEqual([
    { data: expect.objectContaining({ webhookId: hook.id, attempts: 8, status: 500, type: 'lamp.lit' }) },
  ]);
  world.later(30 * HOUR);
  await world.announce(1, { environment: 'lab' });
  await soon(() => there.heard.length).toBe(9);
  expect(there.heard[8]!.id, 'what was given up is not tried again').not.toBe(there.heard[0]!.id);
}, 180_000);

test("platform 114: Given one endpoint that hangs 15 s, when 1 000 events queue, then other endpoints' p95 stays below 2 s.", async () => {
  const world = await worldWith();
  const hanging = await receiver(() => undefined);
  const slow = await world.create(hanging.url, { environments: ['slow'], rate: 1_000 });
  await world.announce(1_000, { environment: 'slow' });
  await soon(() => hanging.heard.length).toBeGreaterThan(0);
  const others: Receiver[] = [];
  for (let at = 0; at < 4; at += 1) {
    const other = await receiver();
    await world.create(other.url, { environments: ['quick'], rate: 1_000 });
    others.push(other);
  }
  for (let round = 0; round < 10; round += 1) await world.announce(5, { environment: 'quick' });
  await soon(() => others.map(({ heard }) => heard.length)).toEqual([50, 50, 50, 50]);
  // Not by a clock: all others have all of theirs before the first attempt at the one that hangs has even ended.
  const ended = await world.rows<{ n: number }>('select count(*)::int as n from webhook_attempts where webhook_id = $1', [slow.id]);
  expect(ended).toEqual([{ n: 0 }]);
  expect(hanging.heard.length).toBeLessThanOrEqual(WEBHOOKS.perWebhook);
  const [{ p95 }] = (await world.rows<{ p95: number }>(
    `select percentile_cont(0.95) within group (order by extract(epoch from settled_at - occurred_at)) as p95 from webhook_deliveries where webhook_id <> $1 and state = 'delivered'`,
    [slow.id],
  )) as [{ p95: number }];
  expect(p95).toBeLessThan(WEBHOOKS.timeout / SECOND);
}, 120_000);

test('thirty endpoints that hang take all that their tenant may have, and nothing of another tenant', async () => {
  const world = await worldWith();
  const hanging = await receiver(() => undefined);
  for (let at = 0; at < 30; at += 1) await world.create(hanging.url, { rate: 1_000 });
  await world.announce(50);
  await soon(() => hanging.heard.length).toBe(WEBHOOKS.perTenant);
  const neighbour = world.as({ name: 'nadia', roles: ['owner'], tenant: 'b' });
  const there = await receiver();
  await world.create(there.url, { rate: 1_000 }, neighbour);
  await world.announce(100, {}, { tenantId: world.tenants.b });
  await soon(() => there.heard.length).toBe(100);
  expect(await world.rows('select 1 from webhook_attempts where tenant_id = $1', [world.tenants.a])).toEqual([]);
  expect(hanging.heard.length).toBe(WEBHOOKS.perTenant);
}, 120_000);

test('platform 113: what leads to a forbidden address is not sent, and the history says so; a test says it at once', async () => {
  const there = await receiver();
  let leadsTo = '127.0.0.1';
  const courier = createCourier({ allowPrivateTargets: true, now: () => new Date(), look: async () => [{ address: leadsTo, family: 4 }] });
  open.push(courier);
  const world = await worldWith({ adapters: () => [provide(Courier, courier)] });
  const hook = await world.create(`http://hooks.example.test:${there.port}/hook`);
  await world.announce();
  await soon(() => there.heard.length).toBe(1);
  leadsTo = '169.254.169.254';
  const connections = there.connections();
  await world.announce();
  const newest = async () => (await world.done(webhooksDeliveriesList, { id: hook.id }, world.owner)).items[0];
  await soon(async () => (await newest())?.code).toBe('forbidden');
  const { history } = await world.done(webhooksDeliveriesGet, { id: (await newest())!.id }, world.owner);
  expect(history[0]).toMatchObject({ outcome: 'forbidden', status: null, error: expect.stringMatching(/^webhook-target-forbidden/) });
  expect(await world.done(webhooksTest, { id: hook.id }, world.owner)).toMatchObject({ outcome: 'forbidden', status: null });
  expect([there.heard.length, there.connections()]).toEqual([1, connections]);
});
