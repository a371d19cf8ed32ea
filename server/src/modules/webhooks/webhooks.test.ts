import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { appendEvents } from '#kernel/events.ts';
import { answering, startReceiver, verifiedBy, type Behave, type Receiver } from '#test/webhooks/receivers.ts';
import {
  webhooksDelete,
  webhooksDeliveriesGet,
  webhooksDeliveriesList,
  webhooksGet,
  webhooksReplay,
  webhooksReplayRange,
  webhooksRotateSecret,
  webhooksUpdate,
} from './index.ts';
import { createWebhookWorld, type WebhookWorld } from './testing.ts';

let world: WebhookWorld;
const open: Receiver[] = [];
beforeAll(async () => void (world = await createWebhookWorld()));
afterAll(() => world.close());
afterEach(async () => {
  await world.rows(`update webhooks set state = 'paused'`);
  for (const receiver of open.splice(0)) await receiver.close();
});

const receiver = async (behave?: Behave): Promise<Receiver> => {
  const made = await startReceiver(behave);
  open.push(made);
  return made;
};
const soon = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 60_000, interval: 20 });
const deliveries = async (id: string) => (await world.done(webhooksDeliveriesList, { id }, world.owner)).items;
const stateOf = async (id: string) => (await world.done(webhooksGet, { id }, world.owner)).state;

test('an event reaches who wants it, signed, with its place and tenant; and each delivery shows what was sent and answered', async () => {
  const there = await receiver(answering(200, { 'x-answer': 'yes' }, 'thanks'));
  const hook = await world.create(there.url, { headers: { 'X-Team': 'core' } });
  await world.announce(1, { colour: 'red' });
  await soon(() => there.heard.length).toBe(1);
  const [heard] = there.heard;
  expect(verifiedBy(hook.secret, heard!)).toEqual({
    type: 'lamp.lit',
    timestamp: expect.any(String),
    data: { lampId: 'lamp-0', colour: 'red' },
    tenantId: world.tenants.a,
    apiVersion: hook.apiVersion,
    sequence: expect.any(Number),
  });
  expect(heard!.headers['x-team']).toBe('core');
  await soon(async () => (await deliveries(hook.id))[0]?.state).toBe('delivered');
  const [delivery] = await deliveries(hook.id);
  expect(delivery).toMatchObject({ messageId: heard!.id, attempts: 1, status: 200, code: null, nextAt: null });
  const { payload, history } = await world.done(webhooksDeliveriesGet, { id: delivery!.id }, world.owner);
  expect(payload).toBe(heard!.body);
  expect(history).toEqual([expect.objectContaining({ number: 1, outcome: 'delivered', response: { headers: expect.objectContaining({ 'x-answer': 'yes' }), body: 'thanks' } })]); // prettier-ignore
  expect(JSON.stringify(history)).not.toContain('core');
});

test('another tenant, what a person alone hears of, and what no pattern names are not sent', async () => {
  const there = await receiver();
  const hook = await world.create(there.url, { events: ['*'], environments: ['staging'] });
  await world.announce(1, { environment: 'staging' }, { tenantId: world.tenants.b });
  await world.announce(1, { environment: 'staging' }, { type: 'lamp.seen' });
  await world.announce(1, { environment: 'dev' });
  await world.announce(1, {});
  await world.announce(1, { environment: 'staging', last: true });
  await soon(() => there.heard.length).toBe(1);
  expect(JSON.parse(there.heard[0]!.body)).toMatchObject({ data: { last: true } });
  expect(await deliveries(hook.id)).toHaveLength(1);
});

test('fields that are to be left out are neither sent nor stored', async () => {
  const there = await receiver();
  const hook = await world.create(there.url, { redact: ['email', '/actor/name'] });
  await world.announce(1, { email: 'ada@acme.example', actor: { name: 'Ada', id: '1' }, list: [{ email: 'x', n: 1 }] });
  await soon(() => there.heard.length).toBe(1);
  expect(JSON.parse(there.heard[0]!.body)).toMatchObject({ data: { lampId: 'lamp-0', actor: { id: '1' }, list: [{ n: 1 }] } });
  const stored = await world.rows<{ body: string }>(`select body from webhook_payloads where id in (select id from webhook_deliveries where webhook_id = $1)`, [hook.id]); // prettier-ignore
  expect(stored.map(({ body }) => /ada|Ada/.test(body))).toEqual([false]);
});

test('platform 109: Given a rotated secret, when delivering within 24 h, then both signatures are present.', async () => {
  const there = await receiver();
  const hook = await world.create(there.url);
  const fresh = await world.done(webhooksRotateSecret, { id: hook.id }, world.owner);
  expect(fresh.secret).not.toBe(hook.secret);
  await world.announce();
  await soon(() => there.heard.length).toBe(1);
  for (const secret of [hook.secret, fresh.secret]) expect(verifiedBy(secret, there.heard[0]!)).toMatchObject({ type: 'lamp.lit' });
  expect(there.heard[0]!.headers['webhook-signature']!.toString().split(' ')).toHaveLength(2);
  world.later(25 * 3_600_000);
  await world.done(webhooksUpdate, { id: hook.id, description: 'opened anew' }, world.owner);
  await world.announce();
  await soon(() => there.heard.length).toBe(2);
  expect(there.heard[1]!.headers['webhook-signature']!.toString().split(' ')).toHaveLength(1);
  world.later(-25 * 3_600_000);
});

test('platform 112: Given a rolled-back transaction, when finished, then no event leaves.', async () => {
  const there = await receiver();
  const hook = await world.create(there.url);
  const failing = world.databases.tenant({ tenantId: world.tenants.a }, async (db) => {
    await appendEvents(db, world.tenants.a, [{ type: 'lamp.lit', data: { lampId: 'never' } }], null);
    throw new Error('no after all');
  });
  await expect(failing).rejects.toThrow('no after all');
  await world.announce(1, { lampId: 'after' });
  await soon(() => there.heard.length).toBe(1);
  expect(JSON.parse(there.heard[0]!.body)).toMatchObject({ data: { lampId: 'after' } });
  expect(await deliveries(hook.id)).toHaveLength(1);
});

describe('platform 115: Given `410`, when answered, then the endpoint is disabled and the owner told; given Retry-After 120, then the next attempt is ≥ 120 s later.', () => {
  test('410', async () => {
    const there = await receiver(answering(410));
    const hook = await world.create(there.url);
    await world.announce(3);
    await soon(() => stateOf(hook.id)).toBe('disabled');
    await soon(async () => new Set((await deliveries(hook.id)).map(({ state, code }) => `${state} ${code}`))).toEqual(
      new Set(['failed gone', 'failed disabled']),
    );
    const told = await world.rows<{ data: Record<string, unknown> }>(`select data from events where type = 'webhook.disabled' and data->>'webhookId' = $1`, [hook.id]); // prettier-ignore
    expect(told).toEqual([{ data: expect.objectContaining({ name: hook.name, reason: expect.stringContaining('410') }) }]);
    const heard = there.heard.length;
    await world.announce();
    await soon(() => world.rows(`select 1 from events where dispatched_at is null`)).toEqual([]);
    expect((await deliveries(hook.id)).length).toBe(3);
    expect(there.heard.length).toBe(heard);
    const [failed] = await deliveries(hook.id);
    expect((await world.refused(webhooksReplay, { id: failed!.id }, world.owner)).slug).toBe('webhook-disabled');
  });

  test('Retry-After', async () => {
    const there = await receiver(answering(429, { 'retry-after': '120' }));
    const hook = await world.create(there.url);
    await world.announce();
    await soon(async () => (await deliveries(hook.id))[0]?.attempts).toBe(1);
    const [waiting] = await deliveries(hook.id);
    expect(waiting).toMatchObject({ state: 'waiting', status: 429, code: 'refused' });
    const from = Date.parse((await world.done(webhooksDeliveriesGet, { id: waiting!.id }, world.owner)).history[0]!.at);
    expect(Date.parse(waiting!.nextAt!) - from).toBeGreaterThanOrEqual(120_000);
    // The whole receiver is left alone, not this one message.
    await world.announce();
    await soon(async () => (await deliveries(hook.id)).length).toBe(2);
    world.later(110_000);
    await soon(() => world.rows(`select 1 from events where dispatched_at is null`)).toEqual([]);
    expect(there.heard).toHaveLength(1);
    world.later(20_000);
    await soon(() => there.heard.length).toBeGreaterThan(1);
    world.later(-130_000);
  });
});

test('platform 116: Given a failed range, when replayed, then each is sent again with its id and `webhook-timestamp` new.', async () => {
  let isDown = true;
  const there = await receiver(
    (response) => void response.writeHead(isDown ? 404 : 204, isDown ? { 'webhook-delivery': 'abort-message' } : {}).end(),
  );
  const hook = await world.create(there.url);
  const from = new Date(Date.now() - 60_000).toISOString();
  await world.announce(12);
  await soon(async () => (await deliveries(hook.id)).filter(({ state, code }) => state === 'failed' && code === 'aborted').length).toBe(12);
  const first = new Map(there.heard.map((one) => [one.id, one]));
  expect(first.size).toBe(12);
  there.heard.length = 0;
  isDown = false;
  world.later(5_000);
  expect((await world.done(webhooksReplayRange, { id: hook.id, from }, world.owner)).deliveries).toBe(12);
  await soon(() => there.heard.length).toBe(12);
  expect(new Set(there.heard.map(({ id }) => id))).toEqual(new Set(first.keys()));
  for (const again of there.heard) {
    expect(again.timestamp).toBeGreaterThan(first.get(again.id)!.timestamp);
    expect(again.body).toBe(first.get(again.id)!.body);
    expect(verifiedBy(hook.secret, again)).toMatchObject({ type: 'lamp.lit' });
  }
  await soon(async () => new Set((await deliveries(hook.id)).map(({ state, attempts }) => `${state} ${attempts}`))).toEqual(new Set(['delivered 2']));
  const [one] = await deliveries(hook.id);
  await world.done(webhooksReplay, { id: one!.id }, world.owner);
  await soon(() => there.heard.length).toBe(13);
  expect(there.heard.at(-1)!.id).toBe(one!.messageId);
});

test('in order: the second waits for the first, however often that has to be sent', async () => {
  const there = await receiver((response, _heard, number) => void response.writeHead(number < 3 ? 500 : 204).end());
  const hook = await world.create(there.url, { ordered: true });
  await world.announce(4);
  await soon(() => there.heard.length).toBe(1);
  await soon(async () => (await deliveries(hook.id)).map(({ attempts }) => attempts).reduce((sum, one) => sum + one, 0)).toBe(1);
  world.later(10_000);
  await soon(() => there.heard.length).toBe(2);
  await soon(async () => (await deliveries(hook.id)).map(({ attempts }) => attempts).reduce((sum, one) => sum + one, 0)).toBe(2);
  world.later(400_000);
  await soon(() => there.heard.length).toBe(6);
  const lampsHeard = there.heard.map(({ body }) => (JSON.parse(body) as { data: { lampId: string } }).data.lampId);
  expect(lampsHeard).toEqual(['lamp-0', 'lamp-0', 'lamp-0', 'lamp-1', 'lamp-2', 'lamp-3']);
  world.later(-410_000);
});

test('what waits for a paused webhook is sent when it goes on, and nothing of a deleted one', async () => {
  const there = await receiver();
  const hook = await world.create(there.url);
  await world.done(webhooksUpdate, { id: hook.id, state: 'paused' }, world.owner);
  await world.announce(3);
  await soon(async () => (await deliveries(hook.id)).length).toBe(3);
  expect(there.heard).toEqual([]);
  await world.done(webhooksUpdate, { id: hook.id, state: 'active' }, world.owner);
  await soon(() => there.heard.length).toBe(3);
  const ended = await world.carriedOut(webhooksDelete, { id: hook.id }, world.owner, world.as({ name: 'anna' }));
  expect(ended.state).toBe('succeeded');
  await world.announce();
  await soon(() => world.rows(`select 1 from events where dispatched_at is null`)).toEqual([]);
  expect(there.heard).toHaveLength(3);
});

test('one rate is kept', async () => {
  const there = await receiver();
  const hook = await world.create(there.url, { rate: 5 });
  await world.announce(8);
  await soon(() => there.heard.length).toBe(8);
  await soon(async () => (await deliveries(hook.id)).every(({ state }) => state === 'delivered')).toBe(true);
  const at = await world.rows<{ at: Date }>('select at from webhook_attempts where webhook_id = $1 order by at', [hook.id]);
  expect(at.at(-1)!.at.getTime() - at[0]!.at.getTime()).toBeGreaterThanOrEqual(1_300);
});
