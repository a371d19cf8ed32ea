import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Api } from './api.ts';
import { Unreachable, UsageError } from './exit.ts';
import { readPlain, type Flags } from './flags.ts';
import { note, type Io } from './io.ts';
import { targetOf, type Target } from './target.ts';

export const RUN = {
  project: { type: 'string', value: 'slug', help: 'Variables of this project, over those of the workspace' },
  environment: { type: 'string', value: 'name', help: 'Variables of this environment, over those of all' },
  only: { type: 'string', multiple: true, value: 'names', help: 'These variables and no others, with commas' },
} as const;

interface Wish {
  flags: Flags;
  input: { project?: string; environment?: string; names?: string[] };
  command: string;
  args: string[];
}

/** Ours stands before `--`, all behind it is the command’s and is not looked at. */
function wishOf(argv: readonly string[]): Wish {
  const at = argv.indexOf('--');
  const { flags, positionals } = readPlain(at === -1 ? argv : argv.slice(0, at), RUN);
  const [command, ...args] = at === -1 ? [] : argv.slice(at + 1);
  if (positionals.length > 0 || command === undefined)
    throw new UsageError('run takes the command behind two dashes: switchyard run --environment prod -- node server.js');
  const { project, environment, only } = flags as { project?: string; environment?: string; only?: string[] };
  const names = only?.flatMap((list) => list.split(',')).filter((name) => name !== '');
  if (names?.length === 0) throw new UsageError('--only takes names of variables, such as --only DB_URL,API_TOKEN');
  return { flags, command, args, input: { ...(project ? { project } : {}), ...(environment ? { environment } : {}), ...(names ? { names } : {}) } };
}

/** By these a shell, loader or runtime is told what to run before the command itself has said anything. */
const RESERVED =
  /^(PATH|PATHEXT|COMSPEC|SHELL|SHELLOPTS|BASHOPTS|HOME|USER|LOGNAME|PWD|IFS|ENV|BASH_ENV|BASH_FUNC_.*|PS4|PROMPT_COMMAND|LD_.*|DYLD_.*|GLIBC_TUNABLES|GCONV_PATH|NODE_.*|PYTHON(PATH|HOME|STARTUP|INSPECT|BREAKPOINT|USERBASE)|PERL5?(LIB|OPT|DB)|RUBY(OPT|LIB)|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_JAVA_OPTIONS|CLASSPATH|DOTNET_STARTUP_HOOKS|LUA_INIT.*|PHPRC|PHP_INI_SCAN_DIR|OPENSSL_(CONF|MODULES|ENGINES)|GIT_(SSH.*|EXEC_PATH|CONFIG.*|ASKPASS|EDITOR|SEQUENCE_EDITOR|PAGER|PROXY_COMMAND|EXTERNAL_DIFF|TEMPLATE_DIR)|SSH_ASKPASS|EDITOR|VISUAL|PAGER|LESSOPEN|LESSCLOSE|BROWSER|SWITCHYARD_.*)$/i;

export const isReserved = (name: string): boolean => RESERVED.test(name);

async function valuesFor(api: Api, { input }: Wish): Promise<Record<string, string>> {
  const { body } = await api.request('POST', '/api/v1/secrets/inject', { body: input, once: true });
  const values = (body as { values?: unknown } | undefined)?.values;
  if (values === null || typeof values !== 'object') throw new Unreachable(`${api.target.url} gave no variables, though it answered`);
  return values as Record<string, string>;
}

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;
/** As shells answer: not found, found but not a program. */
const NOT_STARTED: Readonly<Record<string, number>> = { ENOENT: 127, EACCES: 126 };

/** Runs the command where we stand, its streams being ours. Answers its exit code, or 128 and the number of the signal that ended it. */
function runWith(io: Io, { command, args }: Wish, values: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((done) => {
    const child = spawn(command, args, { stdio: 'inherit', env: { ...io.env, ...values } });
    const forward = (signal: NodeJS.Signals): void => {
      // A key on the terminal reaches the whole group; once is enough.
      if (!(signal === 'SIGINT' || signal === 'SIGQUIT') || !io.stdin.isTTY) child.kill(signal);
    };
    for (const signal of FORWARDED) process.on(signal, forward);
    const end = (code: number): void => {
      for (const signal of FORWARDED) process.off(signal, forward);
      done(code);
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      note(io, `switchyard run: ${command} cannot be started (${error.code ?? error.message})`);
      end(NOT_STARTED[error.code ?? ''] ?? 126);
    });
    child.once('exit', (code, signal) => end(code ?? 128 + constants.signals[signal!]));
  });
}

/** `run -- command`: starts a command with variables and secrets of the tenant in its environment, and nowhere else. */
export async function run(io: Io, argv: readonly string[], connect: (target: Target) => Api): Promise<number> {
  const wish = wishOf(argv);
  const values = await valuesFor(connect(targetOf(io, wish.flags)), wish);
  const reserved = Object.keys(values).filter(isReserved);
  if (reserved.length > 0)
    throw new UsageError(`${reserved.join(', ')} would change how programs are found or started, and is not set. Name the others with --only.`);
  if (Object.keys(values).length === 0) note(io, 'switchyard run: there is no variable for this project and environment');
  return runWith(io, wish, values);
}
