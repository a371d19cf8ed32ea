import { emptySuite } from './counts.mjs';
import { run, stopping } from './children.mjs';
import { ROOT, at, node24, toolEnvironment } from './paths.mjs';

/** @param {string} name @param {string[]} parts */
const module = (name, parts) => at('node_modules', name, ...parts);

/** @typedef {{ name: string, args: string[], env?: Record<string, string> }} Check */

/** What is made from the sources, docs/reference among it, is as they are now. @type {Check} */
export const generated = { name: 'generated files', args: [at('server', 'src', 'generate.ts'), '--check'] };

/** @param {boolean} beside @returns {Check[]} */
const checks = (beside) => [
  {
    name: 'types and lint',
    // The linter's rules need the types of everything: asked for in the same run, they cost a third of what the compiler takes by itself.
    args: [module('oxlint', ['bin', 'oxlint']), '--type-aware', '--type-check', '--report-unused-disable-directives-severity=error'],
    // On two cores it works out many a type twice. Where the other core has something else to do, one takes a quarter less of both.
    env: beside ? { GOMAXPROCS: '1' } : {},
  },
  { name: 'format', args: [module('oxfmt', ['bin', 'oxfmt']), '--check', '.'] },
  generated,
];

/** The boundary test; part of `npm run check`, and of the Vitest run in `npm test`. @returns {Check} */
export const boundaries = () => ({
  name: 'boundaries',
  args: [module('vitest', ['vitest.mjs']), 'run', '--project', 'static', '--silent=passed-only'],
});

/** What documents tell of commands, settings, paths and proofs is so; part of the Vitest run in `npm test` as well. @type {Check} */
export const documents = { name: 'documents', args: [module('vitest', ['vitest.mjs']), 'run', at('scripts', 'test', 'docs.test.ts')] };

/**
 * Runs the checks, two at a time, and prints what the failed ones said. `beside` other work, they leave room for that; by themselves they
 * look at the boundaries as well, which `npm test` does elsewhere.
 * @param {{ beside: boolean, print: (text: string) => void }} options
 */
export async function check({ beside, print }) {
  const waiting = [...(beside ? [] : [boundaries()]), ...checks(beside)];
  const suite = emptySuite('check');
  const lane = async () => {
    for (let next = waiting.shift(); next && !stopping(); next = waiting.shift()) {
      const from = Date.now();
      const { code, output } = await run(node24(), next.args, { cwd: ROOT, env: { ...toolEnvironment(), ...next.env } });
      print(`  ${code === 0 ? 'ok    ' : 'FAILED'}  ${next.name.padEnd(16)} ${((Date.now() - from) / 1000).toFixed(1)} s\n`);
      if (code === 0) suite.passed += 1;
      else {
        suite.failed.push(next.name);
        print(`${output.trimEnd()}\n`);
      }
    }
  };
  await Promise.all([lane(), lane()]);
  return suite;
}
