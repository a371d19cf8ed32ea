import { readFileSync } from 'node:fs';
import { createApi, type Api } from './cli/api.ts';
import { complete, completion } from './cli/completion.ts';
import { checkConnection } from './cli/doctor.ts';
import { ApiProblem, EXIT, Unreachable, UsageError } from './cli/exit.ts';
import { leading, readPlain, type Flags } from './cli/flags.ts';
import { follow } from './cli/follow.ts';
import { overview, ownHelp } from './cli/help.ts';
import { hasServer, isServerCommand, runServer } from './cli/installation.ts';
import { note, print, type Io } from './cli/io.ts';
import { bridge } from './cli/mcp.ts';
import { durationOf, runOperation, showChange } from './cli/operation.ts';
import { problem } from './cli/output.ts';
import { run as runCommand, RUN } from './cli/run.ts';
import { context, login, LOGIN, logout, whoami } from './cli/session.ts';
import { bundled, loadSpec, specOf, type Command, type Spec } from './cli/spec.ts';
import { styleOf } from './cli/style.ts';
import { targetOf, type GlobalFlags, type Target } from './cli/target.ts';
import { workflowFiles } from './cli/workflows.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

interface Found {
  command: Command;
  rest: string[];
}

/** The command whose words stand at the front, the longest if several do, and what follows them. */
function find(spec: Spec, args: readonly string[]): Found | undefined {
  const fitting = spec.commands.filter(({ words }) => words.every((word, at) => args[at] === word));
  const command = fitting.sort((a, b) => b.words.length - a.words.length)[0];
  return command && { command, rest: args.slice(command.words.length) };
}

async function watch(io: Io, connect: (target: Target) => Api, args: readonly string[]): Promise<number> {
  const { flags, positionals } = readPlain(args, { timeout: { type: 'string', value: 'time', help: 'Wait no longer than this' } });
  const [id] = positionals;
  if (!id) throw new UsageError('changes watch needs a Change, such as CHG-12');
  const change = await follow(io, connect(targetOf(io, flags)), id, styleOf(io), durationOf(flags.timeout));
  return showChange(io, change, flags.json);
}

/** Commands that are not operations. */
const BUILT_IN: Record<string, (io: Io, args: readonly string[], connect: (target: Target) => Api) => Promise<number> | number> = {
  login,
  logout,
  whoami,
  context: (io, args) => context(io, args),
  completion: (io, args) => completion(io, args),
  run: runCommand,
  doctor: (io, args, connect) => checkConnection(io, connect(targetOf(io, readPlain(args).flags))),
  // Standard input and output is the only way there is; agents that say so are right.
  mcp: (io, args) => bridge(io, targetOf(io, readPlain(args, { stdio: { type: 'boolean', help: 'Over standard input and output (always)' } }).flags)),
};

type Connect = (target: Target) => Api;

const OWN_FLAGS: Record<string, Parameters<typeof ownHelp>[1]> = { login: LOGIN, run: RUN };

/** Commands that need no document: of the server beside us, and our own. Undefined when it is neither. */
function runOwn(io: Io, head: readonly string[], tail: readonly string[], connect: Connect): Promise<number> | number | undefined {
  const [word = '', second] = tail;
  if (hasServer() && isServerCommand(io, tail)) return runServer(io, tail);
  const flags = Object.hasOwn(OWN_FLAGS, word) ? OWN_FLAGS[word] : undefined;
  if (wantsHelp(tail) && flags) {
    print(io, ownHelp(word, flags, styleOf(io)));
    return EXIT.ok;
  }
  if (wantsHelp(tail)) return undefined;
  if (word === 'changes' && second === 'watch') return watch(io, connect, [...head, ...tail.slice(2)]);
  if (word === 'workflows') return workflowFiles(io, second, [...head, ...tail.slice(2)], connect);
  return Object.hasOwn(BUILT_IN, word) ? BUILT_IN[word]!(io, [...head, ...tail.slice(1)], connect) : undefined;
}

/** What follows two dashes is meant for the command that is run. */
const ours = (args: readonly string[]): readonly string[] => (args.includes('--') ? args.slice(0, args.indexOf('--')) : args);
const wantsHelp = (args: readonly string[]): boolean => ours(args).some((arg) => arg === '--help' || arg === '-h');

async function run(io: Io, argv: readonly string[]): Promise<number> {
  const { head, tail } = leading(argv);
  if (head.includes('--version')) {
    print(io, version);
    return EXIT.ok;
  }
  const connect: Connect = (target) => createApi(io, target, version);
  if (mayBePublished(tail)) {
    const code = await runPublished(io, head, tail, connect);
    if (code !== undefined) return code;
  }
  return (await runOwn(io, head, tail, connect)) ?? runRemote(io, head, tail, connect);
}

/** `workflows run <slug>` is ours for any workflow, with flags of its own; one that is published as an Operation is called as that. */
const mayBePublished = ([first, second, name = '-', ...rest]: readonly string[]): boolean =>
  first === 'workflows' && second === 'run' && !name.startsWith('-') && !rest.some((arg) => /^--(input|version)(=|$)/.test(arg));

async function runPublished(io: Io, head: readonly string[], tail: readonly string[], connect: Connect): Promise<number | undefined> {
  const global = readPlain(head).flags;
  const api = connect(targetOf(io, { ...global, ...addressIn(tail) }));
  const isIt = (found: Found | undefined): found is Found => found?.command.words.length === 3;
  const known = await loadSpec(io, api);
  // Published since we last asked, or not any more.
  const spec = isIt(find(known, tail)) ? known : await loadSpec(io, api, { fresh: true });
  const found = find(spec, tail);
  if (!isIt(found)) return undefined;
  return runOperation(io, (flags: Flags) => connect(targetOf(io, { ...global, ...flags })), spec, found.command, found.rest);
}

async function runRemote(io: Io, head: readonly string[], tail: readonly string[], connect: Connect): Promise<number> {
  const global = readPlain(head).flags;
  const api = connect(targetOf(io, { ...global, ...addressIn(tail) }));
  const spec = await loadSpec(io, api);
  if (tail[0] === '__complete') return complete(io, spec, tail.slice(1));
  const call = (found: Found, from: Spec): Promise<number> =>
    runOperation(io, (flags: Flags) => connect(targetOf(io, { ...global, ...flags })), from, found.command, found.rest);
  const found = find(spec, tail);
  if (found) return call(found, spec);
  const asked = wantsHelp([...head, ...tail]);
  // The server may have learnt it since we last asked.
  const fresh = tail.length > 0 && !asked ? await loadSpec(io, api, { fresh: true }) : spec;
  const late = find(fresh, tail);
  return late ? call(late, fresh) : explain(io, fresh, tail.filter((arg) => !arg.startsWith('-')), asked); // prettier-ignore
}

/**
 * The server may be named behind the command too, and the command is known only when the server is; unless the command has such a
 * field itself: the address in `webhooks create --url` is not ours.
 */
function addressIn(args: readonly string[]): GlobalFlags {
  if (find(specOf(bundled()), args)?.command.fields.some(({ name }) => name === 'url' || name === 'context')) return {};
  const at = args.findIndex((arg) => arg === '--url' || arg === '--context' || arg.startsWith('--url=') || arg.startsWith('--context='));
  const [name = '', inline] = (args[at] ?? '').replace(/^--/, '').split(/=(.*)/s);
  const value = inline ?? args[at + 1];
  return at >= 0 && value !== undefined ? { [name]: value } : {};
}

/** Help for words that name no command: all that begins with them, or what was meant. */
function explain(io: Io, spec: Spec, words: string[], asked: boolean): number {
  const known = words.length === 0 || spec.commands.some((command) => words.every((word, at) => command.words[at] === word));
  if (!known && !Object.hasOwn(BUILT_IN, words[0] ?? '')) throw new UsageError(`there is no command "${words.join(' ')}"`);
  const text = overview(spec, known ? words : [], styleOf(io));
  (asked || words.length === 0 ? print : note)(io, text);
  return asked || words.length === 0 ? EXIT.ok : EXIT.usage;
}

function fail(io: Io, error: unknown, json: boolean): number {
  const style = styleOf({ ...io, stdout: io.stderr });
  if (error instanceof ApiProblem) {
    note(io, json ? JSON.stringify(error.body, null, 2) : problem(error.body, style));
    return EXIT.problem;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError) {
    note(io, `switchyard: ${message}\n${style.quiet('switchyard --help lists the commands; each has its own --help.')}`);
    return EXIT.usage;
  }
  note(io, `switchyard: ${message}`);
  return error instanceof Unreachable ? EXIT.unreachable : EXIT.problem;
}

/** The command line; answers the exit code. `io` is the process itself unless a test says otherwise. */
export async function main(argv: readonly string[], given: Partial<Io> = {}): Promise<number> {
  const interrupted = new AbortController();
  const onInterrupt = (): void => interrupted.abort();
  const { stdin, stdout, stderr, env } = process;
  const io: Io = { stdin, stdout, stderr, env, fetch: globalThis.fetch, signal: interrupted.signal, ...given };
  process.once('SIGINT', onInterrupt);
  try {
    return await run(io, argv);
  } catch (error) {
    return interrupted.signal.aborted ? 130 : fail(io, error, ours(argv).includes('--json'));
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}
