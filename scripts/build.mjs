import { obeySignals, run } from './lib/children.mjs';
import { install } from './lib/install.mjs';
import { at, node24, toolEnvironment } from './lib/paths.mjs';
import { Refusal, script } from './lib/refusal.mjs';
import { buildServer } from './lib/server.mjs';
import { steps } from './lib/steps.mjs';
import { buildWeb } from './lib/web.mjs';

/** What production needs beyond the sources: the pages, within their size budget, and the server in few files. */
await script(async () => {
  obeySignals();
  const { step } = steps(4);
  await step('Packages', install);
  await step('Web', buildWeb);
  await step('Server', buildServer);
  await step('Budget', async (say) => {
    const { code, output } = await run(node24(), [at('web', 'budget.ts')], { cwd: at('web'), env: toolEnvironment() });
    if (code !== 0) throw new Refusal(output.trimEnd(), 'Load what is not needed on the first page by route.');
    say('kept');
  });
  return 0;
});
