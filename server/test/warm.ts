import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { LEAN } from './lean.ts';

const SOURCES = [fileURLToPath(new URL('../src/app.ts', import.meta.url)), fileURLToPath(new URL('./crash/company.ts', import.meta.url))];

/** Reads all of the product once in a process that ends by itself, so that those which tests start, and kill, need not compile it anew. */
export default function warm(): () => Promise<void> {
  const script = `await Promise.all(${JSON.stringify(SOURCES)}.map((path) => import(path))); process.exit(0)`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { env: LEAN, stdio: 'ignore' });
  const ended = once(child, 'close');
  // Nobody waits for it: other tests come first.
  return async () => {
    child.kill();
    await ended;
  };
}
