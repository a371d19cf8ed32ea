import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';

const MAIN = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url));

/** The command line lies beside a server. */
export const hasServer = (): boolean => existsSync(MAIN);

/** Commands of the server itself, with their second word where only that is meant, and the option or file that tells them from an operation of the same name. */
const SERVER: readonly { words: readonly string[]; option?: string; file?: true }[] = [
  ...['serve', 'work', 'all', 'doctor'].map((word) => ({ words: [word] })),
  { words: ['config', 'check'] },
  // Who founds a tenant for somebody else names the owner; `tenants create` by itself founds one's own, through the API.
  { words: ['tenants', 'create'], option: '--owner-email' },
  ...['suspend', 'activate'].map((verb) => ({ words: ['tenants', verb] })),
  ...['status', 'rewrap', 'reencrypt'].map((verb) => ({ words: ['keys', verb] })),
  ...['create', 'update', 'list', 'show', 'delete', 'unlock'].map((verb) => ({ words: ['users', verb] })),
  // Files are looked at here; what is saved already, by the API.
  ...['lint', 'test', 'diff'].map((verb) => ({ words: ['policies', verb], file: true as const })),
  // A person is named by name or address here, by id through the API.
  ...['--username', '--email'].map((option) => ({ words: ['users', 'reset-mfa'], option })),
];

const has = (args: readonly string[], option: string): boolean => args.some((arg) => arg === option || arg.startsWith(`${option}=`));

/** Something is named without an option, as files are; `-` is standard input. */
const hasFile = (args: readonly string[]): boolean => args.some((arg) => arg === '-' || !arg.startsWith('-'));

/** Who names an address asks about the connection to it, not about the server that happens to lie here. */
const namesAddress = ({ env }: Io, args: readonly string[]): boolean =>
  Boolean(env['SWITCHYARD_URL']) || has(args, '--url') || has(args, '--context');

export const isServerCommand = (io: Io, args: readonly string[]): boolean =>
  SERVER.some(
    ({ words, option, file }) =>
      words.every((word, at) => args[at] === word) && (option === undefined || has(args, option)) && (!file || hasFile(args.slice(words.length))),
  ) && !(['doctor', 'users'].includes(args[0] ?? '') && namesAddress(io, args));

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
