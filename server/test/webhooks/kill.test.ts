import { spawn, type ChildProcess } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { webhooksDeliveriesList } from '#modules/webhooks/index.ts';
import { createWebhookWorld, type WebhookWorld } from '#modules/webhooks/testing.ts';
import { WEBHOOKS } from '#modules/webhooks/rules.ts';
import { testMasterKey } from '../clone.ts';
import { LEAN } from '../lean.ts';
import { program } from '../programs.ts';
import type { Orders } from './process.ts';
import { startReceiver, verifiedBy, type Behave, type Receiver } from './receivers.ts';
import { tallyOf } from './tally.ts';

const SCRIPT = program(new URL('./process.ts', import.meta.url));
const open: { close: () => unknown }[] = [];
const children = new Set<ChildProcess>();
const ended = (child: ChildProcess): Promise<unknown> => new Promise((done) => child.once('close', done));

afterEach(async () => {
  await Promise.all(
    [...children].map((child) => {
      const gone = ended(child);
      child.kill('SIGKILL');
      return gone;
    }),
  );
  for (const one of open.splice(0).toReversed()) await one.close();
});

async function startWorker(world: WebhookWorld): Promise<ChildProcess> {
  const orders: Orders = {
    databaseUrl: world.databaseUrl,
    masterKey: Buffer.from(testMasterKey()).toString('base64'),
    tenants: Object.values(world.tenants),
  };
  const child = spawn(process.execPath, [SCRIPT], {
    env: { ...LEAN, WEBHOOK_ORDERS: JSON.stringify(orders), WEBHOOK_LOG: process.env['WEBHOOK_LOG'] },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => undefined);
  children.add(child);
  child.once('close', () => children.delete(child));
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('close', () => reject(new Error('the worker ended before it was ready')));
  });
  return child;
}
/** This process announces and looks; all sending is done by others. */
async function worldApart(): Promise<WebhookWorld> {
  const world = await createWebhookWorld({ works: false });
  open.push(world);
  return world;
}
async function receiver(behave?: Behave): Promise<Receiver> {
  const made = await startReceiver(behave);
  open.push(made);
  return made;
}
const soon = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 90_000, interval: 50 });

test('platform 111: Given a process crash between commit and send, when restarted, then the event is sent.', async () => {
  const world = await worldApart();
  let victim: ChildProcess | undefined;
  const answered = await receiver((response, _heard, number) => {
    // It has the message, and whoever sent it never learns that.
    if (number === 1) victim!.kill('SIGKILL');
    else response.writeHead(204).end();
  });
  const hook = await world.create(answered.url);
  // Committed while nobody lives who could send it.
  await world.announce(1);
  victim = await startWorker(world);
  await ended(victim);
  expect(answered.heard).toHaveLength(1);
  await startWorker(world);
  await soon(() => answered.heard.length).toBe(2);
  expect(new Set(answered.heard.map(({ id }) => id)).size, 'the same message').toBe(1);
  expect(verifiedBy(hook.secret, answered.heard[1]!)).toMatchObject({ type: 'lamp.lit' });
  await soon(async () => (await world.done(webhooksDeliveriesList, { id: hook.id }, world.owner)).items[0]?.state).toBe('delivered');
}, 120_000);

test('workers that are killed while they deliver lose nothing, and repeat no more than what they had under way', async () => {
  const [EVENTS, KILLS] = [400, 4];
  const world = await worldApart();
  const receivers = [await receiver(slowly), await receiver(slowly), await receiver(slowly)];
  const hooks = [];
  for (const { url } of receivers) hooks.push(await world.create(url, { rate: 1_000 }));
  const heard = (): number => receivers.reduce((sum, one) => sum + one.heard.length, 0);
  const alive = [await startWorker(world), await startWorker(world)];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const from = heard();
    // New ones each time: where a worker starts slowly, all of those before have been delivered.
    await world.announce(EVENTS / KILLS);
    await soon(() => heard() > from + 40).toBe(true);
    const victim = alive.shift()!;
    const gone = ended(victim);
    victim.kill('SIGKILL');
    await gone;
    alive.push(await startWorker(world));
  }
  const states = async () => world.rows<{ state: string; n: number }>('select state, count(*)::int as n from webhook_deliveries group by 1');
  await soon(states).toEqual([{ state: 'delivered', n: EVENTS * receivers.length }]);

  const events = await world.rows<{ id: string }>(`select id from events where type = 'lamp.lit'`);
  expect(events).toHaveLength(EVENTS);
  const expected = events.map(({ id }) => `msg_${id.replaceAll('-', '')}`);
  const tallies = receivers.map((one) => tallyOf(one.heard, expected));
  expect(tallies.map(({ missing, distinct }) => [missing, distinct])).toEqual(receivers.map(() => [[], EVENTS]));
  const repeated = tallies.reduce((sum, one) => sum + one.repeated, 0);
  expect(repeated).toBeLessThanOrEqual(KILLS * receivers.length * WEBHOOKS.perWebhook);
  for (const [at, hook] of hooks.entries()) expect(verifiedBy(hook.secret, receivers[at]!.heard.at(-1)!)).toMatchObject({ type: 'lamp.lit' });
}, 180_000);

const slowly: Behave = (response) => void setTimeout(() => response.writeHead(204).end(), 20);
