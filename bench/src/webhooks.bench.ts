import { openDatabases, type Databases } from '../../server/src/kernel/database.ts';
import { appendEvents } from '../../server/src/kernel/events.ts';
import { tallyOf } from '../../server/test/webhooks/tally.ts';
import { cpuSeconds } from './lib/cpu.ts';
import { withDatabase, type Bench } from './lib/database.ts';
import { atLeast, atMost, note, quantile } from './lib/figures.ts';
import { seedCaller, type Caller } from './lib/people.ts';
import { startProduct, type Running } from './lib/process.ts';
import { startReceivers, type Receivers } from './lib/receivers.ts';

const { BENCH_WEBHOOK_EVENTS = '10000', BENCH_WEBHOOK_RATE = '200', BENCH_WEBHOOK_BURST = '20000' } = process.env;
/** Nobody in the product waits for it, so that what is measured is the way to receivers. */
const EVENT = 'group.updated';
const ENDPOINTS = 50;
const DOWN_EVERY = 10;
const PROMPT = 4_000;
const BURST = Number(BENCH_WEBHOOK_BURST);
/** On a machine that does other things besides, everything takes its time; what does not come at all is a fault. */
const PATIENCE_MS = 1_200_000;

interface Yard {
  bench: Bench;
  product: Running;
  databases: Databases;
  caller: Caller;
  receivers: Receivers;
}

async function create({ product, caller }: Yard, url: string, environment: string): Promise<string> {
  const body = JSON.stringify({ name: `hook ${environment}`, url, events: [EVENT], environments: [environment], rate: 1_000, challenge: false });
  const headers = { Authorization: `Bearer ${caller.apiKey}`, 'Content-Type': 'application/json' };
  const answer = await fetch(`${product.url}/api/v1/webhooks`, { method: 'POST', headers, body });
  if (answer.status !== 201) throw new Error(`a webhook could not be made: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

let hinting: Promise<unknown> | undefined;
let again = false;
/** As processes tell each other that there is something to dispatch: many in one moment are one. */
async function hint(bench: Bench): Promise<void> {
  again = true;
  hinting ??= (async () => {
    while (again) {
      again = false;
      await bench.sql('select pg_notify($1, $2)', ['sy_live', 'bench\noutbox']);
    }
  })().finally(() => (hinting = undefined));
  await hinting;
}

/** Announces as operations do: in a transaction of the tenant, with a hint to whoever dispatches. */
async function announce({ databases, bench, caller: { tenantId } }: Yard, environments: readonly string[]): Promise<void> {
  const at = Date.now();
  const emitted = environments.map((environment) => ({ type: EVENT, data: { environment, at } }));
  await databases.tenant({ tenantId }, (db) => appendEvents(db, tenantId, emitted, null));
  await hint(bench);
}

/** One event after the other, `rate` in a second, however long each takes to commit. */
async function atRate(yard: Yard, count: number, rate: number, environmentOf: (n: number) => string): Promise<void> {
  const from = performance.now();
  const under = new Set<Promise<void>>();
  for (let n = 0; n < count;) {
    const due = Math.min(count, Math.floor(((performance.now() - from) / 1_000) * rate) + 1);
    for (; n < due; n += 1) {
      const one: Promise<void> = announce(yard, [environmentOf(n)]).finally(() => under.delete(one));
      under.add(one);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await Promise.all(under);
}

const until = async (what: () => boolean, limitMs: number): Promise<boolean> => {
  for (const end = performance.now() + limitMs; !what();) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
};

/** A queue of messages to fast receivers, drained by one worker. */
async function drained(yard: Yard): Promise<void> {
  const environments = Array.from({ length: 20 }, (_, at) => `fast-${at}`);
  for (const environment of environments) await create(yard, yard.receivers.fast(environment), environment);
  const { receivers } = yard;
  const before = receivers.count();
  for (let sent = 0; sent < BURST; sent += 500)
    await announce(
      yard,
      Array.from({ length: 500 }, (_, n) => environments[(sent + n) % 20]!),
    );
  const from = performance.now();
  const already = receivers.count();
  const used = await cpuSeconds(yard.product.pid);
  if (!(await until(() => receivers.count() >= before + BURST, PATIENCE_MS))) throw new Error(`only ${receivers.count() - before} of ${BURST} came`);
  const made = before + BURST - already;
  atLeast('webhooks: attempts of one worker, queued for 20 fast receivers', made / ((performance.now() - from) / 1_000), '/s', 500);
  note('webhooks: processor time of the worker for one of them', (1_000 * ((await cpuSeconds(yard.product.pid)) - used)) / made, 'ms');
}

/** From just before the commit to the receiver, at a steady rate. */
async function prompt(yard: Yard): Promise<void> {
  await create(yard, yard.receivers.fast('prompt'), 'prompt');
  await atRate(yard, PROMPT, 200, () => 'prompt');
  if (!(await until(() => yard.receivers.heard('prompt').length >= PROMPT, PATIENCE_MS))) throw new Error('not all came');
  const delays = yard.receivers.heard('prompt').map(({ delay }) => delay);
  note('webhooks: commit to first attempt at 200 events a second, p50', quantile(delays, 0.5), 'ms');
  atMost('webhooks: commit to first attempt at 200 events a second, p95', quantile(delays, 0.95), 'ms', 1_000);
}

/** Fifty endpoints, every tenth of which is dead, hangs or fails: the others on time and complete, nothing of the five lost. */
async function soaked(yard: Yard): Promise<void> {
  const [events, rate] = [Number(BENCH_WEBHOOK_EVENTS), Number(BENCH_WEBHOOK_RATE)];
  const { receivers, bench } = yard;
  const ids = new Map<string, string>();
  const environments = Array.from({ length: ENDPOINTS }, (_, at) => `soak-${at}`);
  const isDown = (at: number): boolean => at % DOWN_EVERY === 0;
  for (const [at, environment] of environments.entries())
    ids.set(environment, await create(yard, isDown(at) ? receivers.down(at / DOWN_EVERY, environment) : receivers.fast(environment), environment));
  await atRate(yard, events, rate, (n) => environments[n % ENDPOINTS]!);
  const healthy = environments.filter((_, at) => !isDown(at));
  const each = events / ENDPOINTS;
  await until(() => healthy.every((environment) => receivers.heard(environment).length >= each), PATIENCE_MS);

  const rows = await bench.sql<{ id: string; environment: string }>(`select id, data->>'environment' as environment from events where data->>'environment' like 'soak-%'`); // prettier-ignore
  const expected = Map.groupBy(rows, ({ environment }) => environment);
  const tallies = healthy.map((environment) => tallyOf(receivers.heard(environment), expected.get(environment)!.map(({ id }) => `msg_${id.replaceAll('-', '')}`))); // prettier-ignore
  const sum = (pick: (one: (typeof tallies)[number]) => number): number => tallies.reduce((all, one) => all + pick(one), 0);
  const delays = healthy.flatMap((environment) => receivers.heard(environment).map(({ delay }) => delay));
  const kept = await bench.sql<{ n: number }>(
    `select count(*)::int as n from webhook_deliveries d where d.webhook_id = any ($1::uuid[]) and d.state = 'waiting'`,
    [environments.filter((_, at) => isDown(at)).map((environment) => ids.get(environment))],
  );
  note('webhooks: soak, events to 50 endpoints, five of them down', rows.length, '');
  atMost('webhooks: soak, p95 to the 45 that are well', quantile(delays, 0.95), 'ms', 1_000);
  note('webhooks: soak, slowest to one that is well', Math.max(...delays), 'ms');
  atMost('webhooks: soak, lost', sum(({ missing }) => missing.length) + (each * DOWN_EVERY) / 2 - kept[0]!.n, '', 0);
  note(
    'webhooks: soak, repeated',
    sum(({ repeated }) => repeated),
    '',
  );
}

await withDatabase(async (bench) => {
  const caller = await seedCaller(bench);
  const databases = openDatabases({ url: bench.url, masterKey: bench.masterKey });
  const receivers = await startReceivers();
  const product = await startProduct(bench, 'all', { SWITCHYARD_ALLOW_PRIVATE_TARGETS: 'true', SWITCHYARD_LOG_LEVEL: 'warn' });
  try {
    const yard: Yard = { bench, product, databases, caller, receivers };
    await drained(yard);
    await prompt(yard);
    await soaked(yard);
  } finally {
    await product.stop();
    await receivers.close();
    await databases.close();
  }
});
