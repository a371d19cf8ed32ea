import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const children = new URL('../lib/children.mjs', import.meta.url).href;
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'switchyard-children-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A launcher that starts one child, which writes its pid and then does `behaviour` on SIGINT or SIGTERM. */
async function launcher(behaviour: string, env: Record<string, string> = {}) {
  const pidFile = join(folder, 'pid');
  const child = `for (const s of ['SIGINT', 'SIGTERM']) process.on(s, () => { ${behaviour} }); setInterval(() => {}, 1e6); require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));`;
  const main = join(folder, 'main.mjs');
  writeFileSync(
    main,
    `import { ended, obeySignals, start } from ${JSON.stringify(children)};
     obeySignals();
     process.exitCode = await ended(start(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'ignore' }));`,
  );
  const process_ = spawn(process.execPath, [main], { stdio: 'ignore', env: { ...process.env, npm_lifecycle_event: '', ...env } });
  const exit = once(process_, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  await expect.poll(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '', { timeout: 30_000 }).toBe(true);
  return { pid: process_.pid!, exit, child: Number(readFileSync(pidFile, 'utf8')) };
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test.each(['SIGINT', 'SIGTERM'] as const)('%s is passed on, and the exit code is that of the child that stopped in order', async (signal) => {
  const { pid, exit, child } = await launcher('process.exit(7)');
  process.kill(pid, signal);
  expect(await exit).toEqual([7, null]);
  expect(alive(child)).toBe(false);
});

test('the same Ctrl-C told twice, by the terminal and by npm, is one', async () => {
  const { pid, exit } = await launcher('setTimeout(() => process.exit(0), 300)');
  process.kill(pid, 'SIGINT');
  process.kill(pid, 'SIGINT');
  expect(await exit).toEqual([0, null]);
});

test('a second signal kills at once what does not want to stop', async () => {
  const { pid, exit, child } = await launcher('');
  process.kill(pid, 'SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 700));
  process.kill(pid, 'SIGINT');
  expect(await exit).toEqual([130, null]);
  await expect.poll(() => alive(child)).toBe(false);
});

test('when npm above it is killed, the launcher stops what it started', async () => {
  // An npm of one line: it starts the launcher and is then killed.
  const pids = join(folder, 'pids');
  const main = join(folder, 'main.mjs');
  const sleeper = `require('fs').appendFileSync(${JSON.stringify(pids)}, process.pid + '\\n'); setInterval(() => {}, 1e6);`;
  writeFileSync(
    main,
    `import { appendFileSync } from 'node:fs';
     import { ended, obeySignals, start } from ${JSON.stringify(children)};
     obeySignals();
     appendFileSync(${JSON.stringify(pids)}, process.pid + '\\n');
     await ended(start(process.execPath, ['-e', ${JSON.stringify(sleeper)}], { stdio: 'ignore' }));`,
  );
  const npm = `require('child_process').spawn(process.execPath, [${JSON.stringify(main)}], { stdio: 'ignore' }); setInterval(() => {}, 1e6);`;
  const parent = spawn(process.execPath, ['-e', npm], { stdio: 'ignore', env: { ...process.env, npm_lifecycle_event: 'start' } });
  const started = () => (existsSync(pids) ? readFileSync(pids, 'utf8').split('\n').filter(Boolean).map(Number) : []);
  await expect.poll(() => started().length, { timeout: 30_000 }).toBe(2);
  parent.kill('SIGKILL');
  await expect.poll(() => started().some(alive), { timeout: 30_000 }).toBe(false);
});
