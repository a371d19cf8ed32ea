import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWebhookWorld, type WebhookWorld } from '#modules/webhooks/testing.ts';
import { WEBHOOKS } from '#modules/webhooks/rules.ts';
import { answering, deadPort, startReceiver, type Behave, type Receiver } from './receivers.ts';
import { tallyOf } from './tally.ts';

/** The whole hundred thousand are in `bench/src/webhooks.bench.ts`; the proportions are the same. */
const [EVENTS, ENDPOINTS] = [3_000, 50];
const EACH = EVENTS / ENDPOINTS;
/** Ways to be down, at every tenth endpoint. */
const DOWN: readonly (Behave | 'dead')[] = ['dead', () => undefined, answering(500), 'dead', () => undefined];

let world: WebhookWorld;
const receivers: Receiver[] = [];
beforeAll(async () => void (world = await createWebhookWorld()));
afterAll(async () => {
  await world.close();
  for (const receiver of receivers) await receiver.close();
});

interface Endpoint {
  id: string;
  environment: string;
  /** Undefined where it is down. */
  there: Receiver | undefined;
}
async function startEndpoint(at: number): Promise<Endpoint> {
  const down = at % (ENDPOINTS / DOWN.length) === 0 ? DOWN[at / (ENDPOINTS / DOWN.length)] : undefined;
  const environment = `e${at}`;
  const receiver = down === 'dead' ? undefined : await startReceiver(down);
  if (receiver) receivers.push(receiver);
  const url = receiver?.url ?? `http://127.0.0.1:${await deadPort()}/hook`;
  const { id } = await world.create(url, { environments: [environment], rate: 1_000 });
  return { id, environment, there: down === undefined ? receiver : undefined };
}

test(`${EVENTS} events to ${ENDPOINTS} endpoints of which five are down: the others have all of theirs once and in time, and nothing of the five is lost`, async () => {
  const endpoints: Endpoint[] = [];
  for (let at = 0; at < ENDPOINTS; at += 1) endpoints.push(await startEndpoint(at));
  const healthy = endpoints.filter(({ there }) => there !== undefined);
  expect(healthy).toHaveLength(ENDPOINTS - DOWN.length);
  for (let round = 0; round < EACH; round += 1) await Promise.all(endpoints.map(({ environment }) => world.announce(1, { environment, round })));

  await expect.poll(() => healthy.every(({ there }) => there!.heard.length >= EACH), { timeout: 90_000, interval: 50 }).toBe(true);
  // In time, and not by a clock: every first attempt at the five ended or hangs still, and none of theirs stood in the way of the others.
  const tries = await world.rows<{ id: string; n: number }>('select webhook_id as id, count(*)::int as n from webhook_attempts group by 1');
  const triesOf = (id: string): number => tries.find((one) => one.id === id)?.n ?? 0;
  const down = endpoints.filter(({ there }) => there === undefined);
  for (const { id } of down) expect(triesOf(id)).toBeLessThan(EACH / 2);

  const events = await world.rows<{ id: string; environment: string }>(
    `select id, data->>'environment' as environment from events where type = 'lamp.lit'`,
  );
  expect(events).toHaveLength(EVENTS);
  const expectedAt = Map.groupBy(events, ({ environment }) => environment);
  for (const { there, environment } of healthy) {
    const expected = expectedAt.get(environment)!.map(({ id }) => `msg_${id.replaceAll('-', '')}`);
    expect([environment, tallyOf(there!.heard, expected)]).toEqual([environment, { distinct: EACH, repeated: 0, missing: [] }]);
  }
  const settled = () => world.rows<{ n: number }>(`select count(*)::int as n from webhook_deliveries where state = 'delivered'`);
  await expect.poll(settled, { timeout: 60_000 }).toEqual([{ n: healthy.length * EACH }]);
  const waiting = await world.rows<{ id: string; n: number }>(
    `select webhook_id as id, count(*)::int as n from webhook_deliveries where state = 'waiting' group by 1`,
  );
  expect(waiting.map(({ n }) => n)).toEqual(down.map(() => EACH));
  const states = await world.rows<{ state: string }>(`select state from webhooks where id = any ($1::uuid[])`, [down.map(({ id }) => id)]);
  expect(states.every(({ state }) => state === 'active' || state === 'failing')).toBe(true);
  expect(WEBHOOKS.disableAfter, 'and they have days to come back').toBe(5 * 86_400_000);
}, 180_000);
