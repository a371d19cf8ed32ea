import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';

const MAIN = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url));

/** The command line lies beside a server. */
export const hasServer = (): boolean => existsSync(MAIN);

/** Commands of the server itself, with their first word after it where only that is meant. */
const SERVER: readonly (readonly string[])[] = [['serve'], ['work'], ['all'], ['doctor'], ['config', 'check'], ['tenants', 'create']];

export const isServerCommand = (args: readonly string[]): boolean => SERVER.some((words) => words.every((word, at) => args[at] === word));

/** Runs a command of the server beside us, as it is. */
export function runServer({ env, signal }: Io, args: readonly string[]): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: 'inherit', env });
    // Ctrl-C reaches the child by itself; it decides when it is done.
    signal.addEventListener('abort', () => child.kill('SIGINT'));
    child.on('error', fail);
    child.on('exit', (code) => done(code ?? EXIT.problem));
  });
}
