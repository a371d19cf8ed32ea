import { obeySignals } from './lib/children.mjs';
import { summary } from './lib/counts.mjs';
import { install } from './lib/install.mjs';
import { script } from './lib/refusal.mjs';
import { buildServer } from './lib/server.mjs';
import { steps } from './lib/steps.mjs';
import { journeys } from './lib/suites.mjs';
import { buildWeb } from './lib/web.mjs';

/** The journeys alone: `npm run e2e`, or `npm run e2e -- login dns` for files with these words in their names. */
await script(async () => {
  obeySignals();
  const { step } = steps(3);
  await step('Packages', install);
  await step('Web', buildWeb);
  await step('Server', buildServer);
  const suites = await journeys(process.argv.slice(2).filter((arg) => !arg.startsWith('-')));
  process.stdout.write(`${summary(suites)}\n`);
  return suites.every(({ failed }) => failed.length === 0) ? 0 : 1;
});
