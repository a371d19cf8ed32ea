import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';

const MAIN = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url));

/** The command line lies beside a server. */
export const hasServer = (): boolean => existsSync(MAIN);

/** Commands of the server itself, with their second word where only that is meant. */
const SERVER: readonly (readonly string[])[] = [['serve'], ['work'], ['all'], ['doctor'], ['config', 'check'], ['tenants', 'create']];

/** Who names an address asks about the connection to it, not about the server that happens to lie here. */
const namesAddress = ({ env }: Io, args: readonly string[]): boolean =>
  Boolean(env['SWITCHYARD_URL']) || args.some((arg) => /^--(url|context)(=|$)/.test(arg));

export const isServerCommand = (io: Io, args: readonly string[]): boolean =>
  SERVER.some((words) => words.every((word, at) => args[at] === word)) && !(args[0] === 'doctor' && namesAddress(io, args));

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
