import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendEvents } from '#kernel/events.ts';
import { taint } from '#kernel/taint.ts';
import { startReceiver, type Receiver } from '#test/webhooks/receivers.ts';
import {
  eventsGet,
  eventsList,
  webhooksCreate,
  webhooksDeliveriesGet,
  webhooksDeliveriesList,
  webhooksEventTypes,
  webhooksGet,
  webhooksList,
  webhooksReplay,
  webhooksTest,
  webhooksUpdate,
} from './index.ts';
import { createWebhookWorld, type WebhookWorld } from './testing.ts';

let world: WebhookWorld;
let there: Receiver;
beforeAll(async () => {
  world = await createWebhookWorld();
  there = await startReceiver((response, { headers }) => void response.writeHead(200, { 'x-echo': headers['authorization'] ?? '' }).end('fine'));
});
afterAll(async () => {
  await there.close();
  await world.close();
});
const soon = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 60_000, interval: 20 });
const hook = (more: object = {}) => ({ name: `hook-${Math.random()}`, url: there.url, events: ['lamp.lit'], challenge: false, ...more });
const refusal = async (input: object) => {
  const { slug, extras } = await world.refused(webhooksCreate, hook(input), world.owner);
  return [slug, extras.errors?.map(({ pointer }) => pointer)];
};

describe('what cannot be is refused, with the place:', () => {
  test.each([
    ['an address in a private network', { url: 'https://169.254.169.254/latest' }, 'webhook-target-forbidden', '/url'],
    ['a port of something else', { url: 'https://hooks.example.com:5432/' }, 'webhook-target-forbidden', '/url'],
    ['an address with a password', { url: 'https://user:pass@hooks.example.com/' }, 'webhook-target-forbidden', '/url'],
    ['an event that there is not', { events: ['lamp.lit', 'lamp.burst'] }, 'validation-failed', '/events/1'],
    ['an event for one person alone', { events: ['lamp.seen'] }, 'validation-failed', '/events/0'],
    ['a header of ours', { headers: { 'Webhook-Id': 'x' } }, 'validation-failed', '/headers/Webhook-Id'],
    ['a header twice', { headers: { 'X-A': '1', 'x-a': '2' } }, 'validation-failed', '/headers'],
    ['more than ten headers', { headers: Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`X-${n}`, 'x'])) }, 'validation-failed', '/headers'],
    ['a rate beyond 1,000', { rate: 1_001 }, 'validation-failed', '/rate'],
  ])('%s', async (_what, input, slug, pointer) => expect(await refusal(input)).toEqual([slug, [pointer]])); // prettier-ignore

  test('a name twice', async () => {
    await world.done(webhooksCreate, hook({ name: 'twice' }), world.owner);
    expect(await refusal({ name: 'twice' })).toEqual(['webhook-name-taken', ['/name']]);
  });
});

test('secrets and header values are in no other answer, no row, event or audit entry', async () => {
  const made = await world.done(webhooksCreate, hook({ headers: { Authorization: 'Bearer canary-of-a-header' } }), world.owner);
  expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const bare = made.secret.slice('whsec_'.length);
  const answers = [
    await world.done(webhooksGet, { id: made.id }, world.owner),
    await world.done(webhooksList, {}, world.owner),
    await world.done(webhooksUpdate, { id: made.id, description: 'other' }, world.owner),
  ];
  await world.announce();
  await soon(async () => (await world.done(webhooksDeliveriesList, { id: made.id }, world.owner)).items[0]?.state).toBe('delivered');
  const [delivery] = (await world.done(webhooksDeliveriesList, { id: made.id }, world.owner)).items;
  const detail = await world.done(webhooksDeliveriesGet, { id: delivery!.id }, world.owner);
  expect(detail.history[0]!.request.headers).toMatchObject({ Authorization: '••••••' });
  const stored = await world.rows<{ all: string }>(
    `select to_jsonb(w)::text as all from webhooks w union all select to_jsonb(e)::text from events e union all select to_jsonb(a)::text from webhook_attempts a union all select to_jsonb(p)::text from webhook_payloads p`,
  );
  const audited = await world.databases.tenant(
    { tenantId: world.tenants.a },
    async (db) => (await db.execute('select to_jsonb(a)::text as all from audit_entries a')).rows,
  );
  const everything = JSON.stringify([answers, detail, stored, audited]);
  for (const canary of [bare, 'canary-of-a-header']) expect(everything).not.toContain(canary);
  expect(there.heard.filter(({ id }) => id === delivery!.messageId).map(({ headers }) => headers['authorization'])).toContain(
    'Bearer canary-of-a-header',
  );
});

test('Z-5.1-B08: a test event is sent at once and its answer shown; ten in a minute and no more', async () => {
  const made = await world.done(webhooksCreate, hook({ redact: ['by'] }), world.owner);
  const heardAs = async (id: string): Promise<unknown> => {
    const { messageId } = await world.done(webhooksDeliveriesGet, { id }, world.owner);
    return JSON.parse(there.heard.find((one) => one.id === messageId)!.body);
  };
  const answer = await world.done(webhooksTest, { id: made.id }, world.owner);
  expect(answer).toMatchObject({ outcome: 'delivered', status: 200, body: 'fine', error: null });
  expect(await heardAs(answer.deliveryId)).toMatchObject({ type: 'webhook.test', data: { webhookId: made.id, name: made.name } });
  const sample = await world.done(webhooksTest, { id: made.id, type: 'lamp.lit' }, world.owner);
  expect(await heardAs(sample.deliveryId)).toMatchObject({ type: 'lamp.lit', data: { lampId: 'sample' } });
  expect(await world.done(webhooksDeliveriesGet, { id: sample.deliveryId }, world.owner)).toMatchObject({ test: true, state: 'delivered' });
  expect((await world.refused(webhooksTest, { id: made.id, type: 'lamp.seen' }, world.owner)).slug).toBe('validation-failed');
  for (let n = 0; n < 8; n++) await world.done(webhooksTest, { id: made.id }, world.owner);
  expect((await world.refused(webhooksTest, { id: made.id }, world.owner)).slug).toBe('rate-limited');
});

test('a value of a secret that a receiver answers with is neither shown nor stored', async () => {
  const value = 'a-secret-that-comes-back';
  taint(value, 'COMES_BACK', world.tenants.a);
  const back = await startReceiver((response) => void response.writeHead(200, { 'x-back': value }).end(`here: ${btoa(value)}`));
  const made = await world.done(webhooksCreate, hook({ url: back.url }), world.owner);
  const answer = await world.done(webhooksTest, { id: made.id }, world.owner);
  expect([answer.headers!['x-back'], answer.body]).toEqual(['[secret:COMES_BACK]', 'here: [secret:COMES_BACK]']);
  const { history } = await world.done(webhooksDeliveriesGet, { id: answer.deliveryId }, world.owner);
  expect(history[0]!.response).toMatchObject({ headers: { 'x-back': '[secret:COMES_BACK]' }, body: 'here: [secret:COMES_BACK]' });
  await back.close();
});

test('with a challenge nothing is sent before the receiver has answered it, and again when its address changes', async () => {
  let echoes = false;
  const proving = await startReceiver((response, heard) => {
    const { data } = JSON.parse(heard.body) as { data: { challenge?: string } };
    response.end(echoes ? JSON.stringify({ challenge: data.challenge }) : '');
  });
  const made = await world.done(webhooksCreate, hook({ url: proving.url, challenge: true }), world.owner);
  expect(made.state).toBe('unproven');
  await world.announce();
  await soon(() => world.rows('select 1 from events where dispatched_at is null')).toEqual([]);
  expect((await world.done(webhooksDeliveriesList, { id: made.id }, world.owner)).items).toEqual([]);
  expect((await world.refused(webhooksUpdate, { id: made.id, state: 'active' }, world.owner)).slug).toBe('webhook-unproven');
  echoes = true;
  expect((await world.done(webhooksUpdate, { id: made.id, state: 'active' }, world.owner)).state).toBe('active');
  expect((await world.done(webhooksUpdate, { id: made.id, url: `${proving.url}/other` }, world.owner)).state).toBe('unproven');
  await proving.close();
});

test('who moves a webhook and replaces its headers in one go sends the old values nowhere', async () => {
  const proving = await startReceiver((response, heard) => {
    const { data } = JSON.parse(heard.body) as { data: { challenge: string } };
    response.end(data.challenge);
  });
  const made = await world.done(webhooksCreate, hook({ headers: { Authorization: 'Bearer of-the-old-place' } }), world.owner);
  const moved = { id: made.id, url: proving.url, headers: { 'X-New': 'of-the-new-place' }, challenge: true, state: 'active' };
  expect(await world.done(webhooksUpdate, moved, world.owner)).toMatchObject({ state: 'active', headerNames: ['X-New'] });
  expect(proving.heard.map(({ headers }) => [headers['authorization'], headers['x-new']])).toEqual([[undefined, 'of-the-new-place']]);
  await proving.close();
});

test('who reaches one environment makes and sees webhooks of that environment alone', async () => {
  const staging = world.as({ name: 'stella', scope: { any: [{ environments: ['staging'] }] } });
  const own = await world.done(webhooksCreate, hook({ environments: ['staging'] }), staging);
  expect((await world.refused(webhooksCreate, hook(), staging)).slug).toBe('scope-denied');
  expect((await world.refused(webhooksUpdate, { id: own.id, environments: [] }, staging)).slug).toBe('scope-denied');
  expect((await world.done(webhooksList, {}, staging)).items.map(({ id }) => id)).toEqual([own.id]);
  const [other] = (await world.done(webhooksList, {}, world.owner)).items.filter(({ id }) => id !== own.id);
  expect((await world.refused(webhooksGet, { id: other!.id }, staging)).kind.status).toBeGreaterThanOrEqual(403);
});

test('another tenant’s webhooks and deliveries are not there', async () => {
  const made = await world.done(webhooksCreate, hook(), world.owner);
  await world.announce();
  await soon(async () => (await world.done(webhooksDeliveriesList, { id: made.id }, world.owner)).items.length).toBe(1);
  const [delivery] = (await world.done(webhooksDeliveriesList, { id: made.id }, world.owner)).items;
  const stranger = world.as({ name: 'sam', tenant: 'b' });
  for (const [operation, id] of [
    [webhooksGet, made.id],
    [webhooksDeliveriesList, made.id],
    [webhooksDeliveriesGet, delivery!.id],
    [webhooksReplay, delivery!.id],
  ] as const)
    // prettier-ignore
    expect((await world.refused(operation, { id }, stranger)).slug).toBe('webhook-not-found');
});

describe('polling', () => {
  test('reads what is announced from any place on, none left out, without what is one person’s own', async () => {
    const { next: from } = await world.done(eventsList, { after: 'now' }, world.owner);
    await world.announce(3, { batch: 'first' });
    await world.announce(1, {}, { type: 'lamp.seen' });
    await world.announce(2, { batch: 'second' });
    const heard: string[] = [];
    let after = from;
    for (let more = true; more;) {
      const page = await world.done(eventsList, { after, limit: 2 }, world.owner);
      heard.push(...page.items.map(({ type, data }) => `${type} ${String(data['batch'])}`));
      ({ next: after, more } = page);
    }
    expect(heard).toEqual([...Array.from({ length: 3 }, () => 'lamp.lit first'), ...Array.from({ length: 2 }, () => 'lamp.lit second')]);
    expect((await world.done(eventsList, { after }, world.owner)).items).toEqual([]);
    expect((await world.done(eventsList, { types: 'webhook.*', limit: 200 }, world.owner)).items.every(({ type }) => type.startsWith('webhook.'))).toBe(true); // prettier-ignore
    expect((await world.refused(eventsList, { after: 'yesterday' }, world.owner)).slug).toBe('cursor-invalid');
    expect((await world.refused(eventsList, { types: 'lamp.lit,lamp.burst' }, world.owner)).slug).toBe('validation-failed');
  });

  test('leaves out what the caller may not read, or does not reach', async () => {
    const { next: after } = await world.done(eventsList, { after: 'now' }, world.owner);
    await world.databases.tenant({ tenantId: world.tenants.a }, (db) =>
      appendEvents(db, world.tenants.a, [{ type: 'webhook.deleted', data: { webhookId: '0197a1b2-0000-7000-8000-00000000c4a9', name: 'x' } }], null),
    );
    await world.announce(1, { environment: 'staging' });
    await world.announce(1, { environment: 'prod' });
    const only = world.as({ name: 'reader', permissions: ['webhooks:read'] });
    expect((await world.done(eventsList, { after }, only)).items.map(({ type }) => type)).toEqual(['webhook.deleted']);
    const narrow = world.as({ name: 'narrow', scope: { any: [{ environments: ['staging'] }] } });
    const { items } = await world.done(eventsList, { after }, narrow);
    expect(items.map(({ data }) => data['environment'])).toEqual(['staging']);
    // Rights of different grants are never mixed: who may poll everywhere hears of a lamp where they may read of it.
    const mixed = world.as({ name: 'mixed', grants: [{ permissions: ['webhooks:read'] }, { permissions: ['audit:*'], scope: { any: [{ environments: ['staging'] }] } }] }); // prettier-ignore
    const heard = (await world.done(eventsList, { after, types: 'lamp.*' }, mixed)).items;
    expect(heard.map(({ data }) => data['environment'])).toEqual(['staging']);
    const all = await world.done(eventsList, { after }, world.owner);
    const hidden = all.items.find(({ data }) => data['environment'] === 'prod')!;
    expect((await world.done(eventsGet, { id: hidden.id }, world.owner)).data).toEqual(hidden.data);
    for (const person of [narrow, mixed]) expect((await world.refused(eventsGet, { id: hidden.id }, person)).slug).toBe('not-found');
  });
});

test('the catalogue names every event that may leave, with the schema of its data', async () => {
  const { items } = await world.done(webhooksEventTypes, {}, world.owner);
  expect(items.find(({ type }) => type === 'lamp.lit')).toMatchObject({ family: 'lamp', module: 'lamps', schema: { type: 'object', properties: { lampId: { type: 'string' } } } }); // prettier-ignore
  expect(items.map(({ type }) => type)).not.toContain('lamp.seen');
});
