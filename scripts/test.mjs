import { check } from './lib/check.mjs';
import { codeOf, obeySignals, stopping } from './lib/children.mjs';
import { summary } from './lib/counts.mjs';
import { install } from './lib/install.mjs';
import { bringParts } from './lib/parts.mjs';
import { script } from './lib/refusal.mjs';
import { buildServer } from './lib/server.mjs';
import { steps } from './lib/steps.mjs';
import { journeys, vitest } from './lib/suites.mjs';
import { buildWeb } from './lib/web.mjs';

/** Everything: checks, unit and integration tests, journeys. `--no-install` leaves missing test servers out. */
await script(async () => {
  obeySignals();
  const print = (/** @type {string} */ text) => void process.stdout.write(text);
  const { step } = steps(4);
  await step('Packages', install);
  const absent = await step('Test servers', async (say) => {
    const lines = await bringParts({ allowed: !process.argv.includes('--no-install'), print });
    say(lines.length === 0 ? 'all there' : `${lines.length} absent`);
    return lines;
  });
  await step('Web', buildWeb);
  await step('Server', buildServer);
  // What only reads sources fits in where tests wait for a database or a clock.
  const [checked, tested] = await Promise.all([check({ beside: true, print }), vitest()]);
  const suites = [checked, ...tested, ...(stopping() ? [] : await journeys())];
  const signal = stopping();
  if (signal) return codeOf(signal);
  if (absent.length > 0) print(`Absent, so what needs them was skipped\n${absent.map((line) => `  ${line}\n`).join('')}`);
  print(`${summary(suites)}\n`);
  return suites.every(({ failed }) => failed.length === 0) ? 0 : 1;
});
