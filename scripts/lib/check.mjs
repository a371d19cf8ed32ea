import { emptySuite } from './counts.mjs';
import { run, stopping } from './children.mjs';
import { ROOT, at, node24, toolEnvironment } from './paths.mjs';

/** Everything in the repository that types are checked for. `server` looks at `bench` too, which would else read all of the server once more. */
const PROJECTS = ['server', 'web', 'sdk', 'e2e', 'scripts'];

/** @param {string} name @param {string[]} parts */
const module = (name, parts) => at('node_modules', name, ...parts);

/** What a second run need not look at again. @param {string} name */
const cache = (name) => at('.switchyard', 'cache', name);

/** @typedef {{ name: string, args: string[] }} Check */

/** @returns {Check[]} */
const checks = () => [
  { name: 'lint', args: [module('oxlint', ['bin', 'oxlint']), '--type-aware', '--report-unused-disable-directives-severity=error'] },
  ...PROJECTS.map((project) => ({
    name: `types of ${project}`,
    args: [
      module('typescript', ['bin', 'tsc']),
      '-p',
      at(project),
      '--checkers',
      '1',
      '--incremental',
      '--tsBuildInfoFile',
      cache(`${project}.tsbuildinfo`),
    ],
  })),
  {
    name: 'format',
    args: [module('prettier', ['bin', 'prettier.cjs']), '--check', '--log-level=warn', '--cache', '--cache-location', cache('prettier'), '.'],
  },
  { name: 'generated files', args: [at('server', 'src', 'generate.ts'), '--check'] },
];

/** The boundary test; part of `npm run check`, and of the Vitest run in `npm test`. @returns {Check} */
const boundaries = () => ({ name: 'boundaries', args: [module('vitest', ['vitest.mjs']), 'run', '--project', 'static', '--silent=passed-only'] });

/**
 * Runs the checks, two at a time, and prints what the failed ones said. One thread for each is enough: more compare the same types anew.
 * @param {{ withBoundaries: boolean, print: (text: string) => void }} options
 */
export async function check({ withBoundaries, print }) {
  const waiting = [...(withBoundaries ? [boundaries()] : []), ...checks()];
  const suite = emptySuite('check');
  const lane = async () => {
    for (let next = waiting.shift(); next && !stopping(); next = waiting.shift()) {
      const from = Date.now();
      const { code, output } = await run(node24(), next.args, { cwd: ROOT, env: toolEnvironment() });
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
