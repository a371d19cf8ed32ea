import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../build.ts';
import { LEAN } from './lean.ts';
import { BUILT, nameOf, PROGRAMS } from './programs.ts';

/** What most of the programs consist of; nothing runs when it is read. */
const WARM = ['../src/app.ts', './crash/company.ts'].map((path) => new URL(path, import.meta.url));

/**
 * Builds the programs that tests start: those that kill processes start hundreds. Then lets Node compile them once, in a process that
 * ends by itself: one that is killed keeps nothing.
 */
export default async function setup(): Promise<() => Promise<void>> {
  await bundle(Object.fromEntries([...PROGRAMS, ...WARM].map((source) => [nameOf(source), fileURLToPath(source)])), BUILT);
  const paths = WARM.map((source) => join(BUILT, `${nameOf(source)}.mjs`));
  const script = `await Promise.all(${JSON.stringify(paths)}.map((path) => import(path))); process.exit(0)`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { env: LEAN, stdio: 'ignore' });
  const ended = once(child, 'close');
  // Nobody waits for it: other tests come first.
  return async () => {
    child.kill();
    await ended;
  };
}
