import { parseArgs } from 'node:util';
import { obeySignals } from './lib/children.mjs';
import { boundaries, documents, generated } from './lib/check.mjs';
import { install } from './lib/install.mjs';
import { ROOT, at, node24 } from './lib/paths.mjs';
import { Refusal, script } from './lib/refusal.mjs';
import { release } from './lib/release.mjs';

const USAGE = 'usage: npm run release -- 0.1.0 --report staging-report.json [--dry-run]';

/** Makes the tag of a release, once everything that it needs is there and all tests pass: `npm run release -- 0.1.0 --report file`. */
await script(async () => {
  obeySignals();
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    strict: false,
    options: { report: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  });
  const [version, ...more] = positionals;
  const unknown = Object.keys(values).filter((name) => name !== 'report' && name !== 'dry-run');
  if (version === undefined || more.length > 0 || unknown.length > 0) throw new Refusal('It is not clear what is to be released.', USAGE);
  await install(() => undefined);
  const node = (/** @type {import('./lib/check.mjs').Check} */ { name, args }) => ({ name, command: node24(), args });
  await release({
    root: ROOT,
    version,
    report: typeof values.report === 'string' ? values.report : undefined,
    isDry: values['dry-run'] === true,
    checks: [generated, boundaries(), documents].map(node),
    test: { name: 'npm test', command: process.execPath, args: [at('scripts', 'test.mjs')] },
    print: (text) => void process.stdout.write(text),
  });
  return 0;
});
