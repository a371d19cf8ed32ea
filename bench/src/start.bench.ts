import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withDatabase, type Bench } from './lib/database.ts';
import { atMost, median, note } from './lib/figures.ts';
import { seedCaller } from './lib/people.ts';
import { MAIN, startProcess, startProduct, type Running } from './lib/process.ts';

const ROUNDS = 3;
const IDLE_MS = 5_000;

/** Until the first call is answered, by the clock of who waits. */
async function firstAnswer(
  start: () => Promise<Running>,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ seconds: number; running: Running }> {
  const from = performance.now();
  const running = await start();
  for (;;) {
    const { status } = await fetch(running.url + path, { headers });
    if (status === 200) return { seconds: (performance.now() - from) / 1_000, running };
    await pause(10);
  }
}

async function starts(bench: Bench): Promise<void> {
  const { apiKey } = await seedCaller(bench);
  const serve = () => firstAnswer(() => startProduct(bench, 'serve'), '/api/v1/me', { Authorization: `Bearer ${apiKey}` });
  const seconds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const found = await serve();
    seconds.push(found.seconds);
    await found.running.stop();
  }
  atMost('start of one process to its first answer, warm database', median(seconds), 's', 2);

  const { running } = await firstAnswer(() => startProduct(bench, 'all'), '/health/ready');
  await pause(IDLE_MS);
  atMost('memory of role `all`, idle', await running.memory(), 'MB', 350);
  await running.stop();

  // The whole product with its own database, as `npm start` runs it once everything is installed and built.
  const home = join(bench.home, 'own');
  const whole = () => firstAnswer(() => startProcess(MAIN, ['all', '--demo'], { SWITCHYARD_HOME: home, SWITCHYARD_DNS_PORT: '0' }), '/health/ready');
  for (const what of ['first start, with a new database and the demo', 'second start']) {
    const found = await whole();
    if (what === 'second start') atMost(`${what}, to ready`, found.seconds, 's', 5);
    else note(`${what}, to ready`, found.seconds, 's');
    await found.running.stop();
  }
}

await withDatabase(starts);
