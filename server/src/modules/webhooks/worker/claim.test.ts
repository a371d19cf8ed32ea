import { afterEach, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { webhooksReplayRange } from '../index.ts';
import { WEBHOOKS } from '../rules.ts';
import { createWebhookWorld, type WebhookWorld } from '../testing.ts';
import { claim } from './claim.ts';

let world: WebhookWorld | undefined;
afterEach(() => world?.close());

const URL_OF = 'https://hooks.example.com/';

test('a tenant with hundreds of webhooks that wait, and all its attempts under way, does not hide others from whoever claims', async () => {
  world = await createWebhookWorld({ works: false });
  const { a, b } = world.tenants;
  const { id } = await world.create(URL_OF);
  const mine = `select $1::uuid, gen_random_uuid(), name || n, url, events, rate, state, secret_sealed, api_version, created_by, created_by_name from webhooks, generate_series(1, $2) n where id = $3`;
  const columns = '(tenant_id, id, name, url, events, rate, state, secret_sealed, api_version, created_by, created_by_name)';
  await world.databases.tenant({ tenantId: a }, (db) => db.$client.query(`insert into webhooks ${columns} ${mine}`, [a, 150, id]));
  const theirs = await world.create(URL_OF, {}, world.as({ name: 'berta', roles: ['owner'], tenant: 'b' }));
  await world.databases.tenant({ tenantId: a }, (db) => db.$client.query('insert into webhook_lanes (tenant_id, id) select tenant_id, id from webhooks on conflict do nothing')); // prettier-ignore
  await world.rows(`update webhook_lanes set due_at = now() - interval '1 minute', served_at = now() - interval '1 hour' where tenant_id = $1`, [a]);
  await world.rows(`update webhook_lanes set due_at = now() - interval '1 minute', served_at = now() where tenant_id = $1`, [b]);

  const { databases, now } = world;
  const take = async (room: number): Promise<string[]> => {
    const lanes = await claim({ databases, openTenants: async () => new Set([a, b]) }, newId(), room, now());
    return lanes.map(({ tenantId }) => tenantId);
  };
  expect(await take(5)).toEqual([a, a, a, a, a]);
  expect((await take(100)).toSorted()).toEqual([...Array.from({ length: WEBHOOKS.perTenant - 5 }, () => a), b].toSorted());
  await world.rows(`update webhook_lanes set holder = null, due_at = now() - interval '1 minute', slots = 0 where id = $1`, [theirs.id]);
  // All 20 of the one are under way: with room for two the other is still seen.
  expect(await take(2)).toEqual([b]);
}); // prettier-ignore

test('five replays of one webhook may be under way, and no more', async () => {
  world = await createWebhookWorld({ works: false });
  const { id } = await world.create(URL_OF);
  const wish = { id, from: new Date(Date.now() - 60_000).toISOString() };
  for (let n = 0; n < WEBHOOKS.replaysAtOnce; n++) await world.done(webhooksReplayRange, wish, world.owner);
  expect((await world.refused(webhooksReplayRange, wish, world.owner)).slug).toBe('rate-limited');
});
