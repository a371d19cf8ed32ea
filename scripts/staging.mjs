import { ended, obeySignals, start } from './lib/children.mjs';
import { install } from './lib/install.mjs';
import { at, node24, toolEnvironment } from './lib/paths.mjs';
import { script } from './lib/refusal.mjs';

/** The staging test against an installation that runs elsewhere: `npm run staging -- --config staging.yaml --confirm <host>`; also `sign` and `verify`. */
await script(async () => {
  obeySignals();
  await install(() => undefined);
  return ended(start(node24(), [at('scripts', 'staging', 'main.ts'), ...process.argv.slice(2)], { env: toolEnvironment(), stdio: 'inherit' }));
});
