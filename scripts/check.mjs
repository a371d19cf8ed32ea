import { check } from './lib/check.mjs';
import { obeySignals } from './lib/children.mjs';
import { install } from './lib/install.mjs';
import { script } from './lib/refusal.mjs';

/** Types, lint, format, boundaries, stale generated files: seconds, and no database. */
await script(async () => {
  obeySignals();
  const print = (/** @type {string} */ text) => void process.stdout.write(text);
  await install(() => undefined);
  const suite = await check({ beside: false, print });
  print(`${suite.passed} passed, ${suite.failed.length} failed\n`);
  return suite.failed.length === 0 ? 0 : 1;
});
