import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ended, start, tellAll } from './children.mjs';
import { demandTests, emptySuite, failure } from './counts.mjs';
import { ROOT, at, node24, toolEnvironment } from './paths.mjs';
import { scratchFolder } from './scratch.mjs';

/** @typedef {import('./counts.mjs').Suite} Suite */

/** A test file that never ends (a server left running keeps it alive) must not hold up the count. */
const LIMIT_MINUTES = 45;

/**
 * Runs a program that writes its counts to a file. Answers its exit code and the file's text.
 * @param {(file: string) => { args: string[], env?: Record<string, string> }} command
 */
async function counted(command) {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-counts-'));
  let timer;
  try {
    const file = join(folder, 'counts');
    const { args, env } = command(file);
    const child = start(node24(), args, {
      cwd: ROOT,
      env: { ...toolEnvironment(), TMPDIR: scratchFolder(), ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    // Its whole group goes, and with it what a test forgot to stop.
    timer = setTimeout(() => {
      process.stdout.write(`\nno end after ${LIMIT_MINUTES} minutes: killed\n`);
      tellAll('SIGKILL');
    }, LIMIT_MINUTES * 60_000);
    return { code: await ended(child), text: read(file) };
  } finally {
    clearTimeout(timer);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** An exit code that no counted failure explains is a failure of its own. @param {number} code @param {Suite[]} suites @param {string} name */
const explained = (code, suites, name) =>
  code === 0 || suites.some(({ failed }) => failed.length > 0) ? suites : [...suites, { ...emptySuite(name), failed: [`ended with code ${code}`] }];

/** Unit and integration tests of all packages, one Suite per project. @returns {Promise<Suite[]>} */
export async function vitest() {
  const { code, text } = await counted((file) => ({
    args: [at('node_modules', 'vitest', 'vitest.mjs'), 'run', '--reporter=default', `--reporter=${at('scripts', 'lib', 'vitest-reporter.mjs')}`],
    env: { COUNTS_FILE: file },
  }));
  return explained(code, text ? JSON.parse(text) : [demandTests(emptySuite('vitest'))], 'vitest');
}

/** Journeys that take longest begin first, so that none is left to run alone in the end; the others as they are called. */
const LONG = [
  'pages',
  'federation',
  'second-factor',
  'team',
  'workflows',
  'workflow-builder',
  'workflow-large',
  'access-reviews',
  'webhooks',
  'sign-up',
  'lifecycle',
  'staging',
];

/** @param {string} file */
const placeOf = (file) => {
  const place = LONG.indexOf(basename(file, '.test.ts'));
  return place === -1 ? LONG.length : place;
};

/** Journeys through the running product, by browser, command line and MCP. @param {readonly string[]} [only] parts of file names @returns {Promise<Suite[]>} */
export async function journeys(only = []) {
  const files = readdirSync(at('e2e'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules') && (only.length === 0 || only.some((part) => name.includes(part))))
    .map((name) => join('e2e', name))
    .sort()
    .sort((a, b) => placeOf(a) - placeOf(b));
  if (files.length === 0) return [demandTests(emptySuite('e2e'))];
  const { code, text } = await counted((file) => ({ args: [at('scripts', 'lib', 'run-journeys.mjs'), file, ...files] }));
  const suite = emptySuite('e2e');
  for (const line of text.split('\n').filter(Boolean)) {
    const { name, state, note } = JSON.parse(line);
    if (state === 'passed') suite.passed += 1;
    else if (state === 'skipped') suite.skipped.push(note ? `${name} (${note})` : name);
    else suite.failed.push(failure(name, note));
  }
  return explained(code, [demandTests(suite)], 'e2e');
}
