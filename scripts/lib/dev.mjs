import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ended, start, tellAll } from './children.mjs';
import { install } from './install.mjs';
import { HOME, ROOT, at, node24, toolEnvironment } from './paths.mjs';
import { Refusal } from './refusal.mjs';
import { steps } from './steps.mjs';

/**
 * Server and pages from source, each reloading at a change. The database stays up meanwhile.
 * @param {readonly string[]} args for the server
 */
export async function dev(args) {
  const { step } = steps(2);
  await step('Packages', install);
  const databaseUrl = process.env.DATABASE_URL || (await step('Database', holdDatabase));
  const env = { ...toolEnvironment(), DATABASE_URL: databaseUrl };
  const server = start(node24(), ['--watch', '--watch-preserve-output', at('server', 'src', 'main.ts'), 'all', '--demo', ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const pages = start(node24(), [at('web', 'node_modules', 'vite', 'bin', 'vite.js')], {
    cwd: at('web'),
    env: { ...env, SWITCHYARD_DEV_SERVER: `http://127.0.0.1:${process.env.PORT || 8420}` },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ends = [ended(server), ended(pages)];
  const code = await Promise.race(ends);
  tellAll('SIGTERM');
  await Promise.all(ends);
  return code;
}

/** @param {(what: string) => void} say */
async function holdDatabase(say) {
  const holder = start(node24(), [at('server', 'src', 'embedded', 'hold.ts'), '--dir', `${HOME}/postgres`], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: /** @type {import('node:stream').Readable} */ (holder.stdout) });
  const first = await Promise.race([once(lines, 'line'), ended(holder)]);
  if (typeof first === 'number') throw new Refusal('The database did not start.', 'The line above says why.');
  const { url, adopted } = JSON.parse(String(first[0]));
  say(adopted ? 'adopted' : 'started');
  return /** @type {string} */ (url);
}
