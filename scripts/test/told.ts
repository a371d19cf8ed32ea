import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kebab, readFlags, readPlain } from '../../sdk/src/cli/flags.ts';
import { isServerCommand } from '../../sdk/src/cli/installation.ts';
import { RUN } from '../../sdk/src/cli/run.ts';
import { LOGIN } from '../../sdk/src/cli/session.ts';
import { bundled, specOf, type Command, type Spec } from '../../sdk/src/cli/spec.ts';
import { ROOT } from '../../server/test/architecture/sources.ts';
import type { Text } from '../../server/test/architecture/committed.ts';

/** A command as a document tells it, where it stands. */
export interface Told {
  where: string;
  /** Without the program. */
  words: string[];
  /** The program on the server itself, rather than `switchyard`. */
  isServer: boolean;
}

const WORD = /'([^']*)'|"((?:[^"\\]|\\.)*)"|(\\.)|([^\s'"\\|;&<>]+|<[a-z][\w -]*>)|(\s+)|(\|\|?|&&?|;|[<>]+)/gy;

/** Words as a shell has them, command by command; what stands for something else, such as `<id>`, is a word. What it is redirected to is a command of its own here. */
function shellWords(line: string): string[][] {
  const found: string[][] = [[]];
  let isOpen = false;
  for (const [all, single, double, escaped, plain, space, operator] of line.matchAll(WORD)) {
    if (all.startsWith('#') && !isOpen) break;
    if (operator !== undefined) found.push([]);
    const text = [single, double, escaped?.slice(1), plain].find((one) => one !== undefined);
    const words = found.at(-1)!;
    if (text !== undefined) words.push(isOpen ? words.pop()! + text : text);
    isOpen = space === undefined && operator === undefined;
  }
  return found;
}

const PROGRAM = /^(?:\S+=\S* )*(?:npx )?(?:(switchyard)|node server\/(?:src\/main\.ts|dist\/main\.mjs))(?: |$)/;

/** The commands of one line, at the beginning of which one stands, or behind a pipe. */
function commandsIn(line: string, where: string): Told[] {
  return shellWords(line).flatMap((words) => {
    const [all, ours] = PROGRAM.exec(words.join(' ')) ?? [];
    if (all === undefined) return [];
    const rest = words.slice(all.trim().split(' ').length);
    return rest.length === 0 ? [] : [{ where, words: rest, isServer: ours === undefined }];
  });
}

/** Every command that a document names: in a block of code, where a line may go on behind `\`, or between backticks. */
export function toldCommands({ path, text }: Text): Told[] {
  const found: Told[] = [];
  const blank = (block: string): string => block.replace(/[^\n]/g, ' ');
  const lineOf = (at: number): string => `${path}:${text.slice(0, at).split('\n').length}`;
  const prose = text.replace(/^ *```[^\n]*\n[\s\S]*?^ *```$/gm, (block, at: number) => {
    const joined = block.replace(/\\\n\s*/g, ' ');
    for (const line of joined.split('\n')) found.push(...commandsIn(line.trim(), lineOf(at)));
    return blank(block);
  });
  for (const match of prose.matchAll(/`([^`\n]+)`/g)) found.push(...commandsIn(match[1]!, lineOf(match.index)));
  return found;
}

const spec: Spec = specOf(bundled());
const source = (path: string): string => (existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : '');
const ROLES = ['all', 'serve', 'work'];
/** Commands of the command line that are no Operations, and what they take. */
const OWN: Record<string, Parameters<typeof readPlain>[1]> = {
  login: LOGIN,
  logout: {},
  whoami: {},
  context: {},
  completion: {},
  run: RUN,
  doctor: {},
  mcp: { stdio: { type: 'boolean', help: '' } },
  'changes watch': { timeout: { type: 'string', help: '' } },
};

const isWord = (text: string | undefined): boolean => text !== undefined && /^[a-z][a-z0-9-]*$/.test(text);
const flagsIn = (words: readonly string[]): string[] => words.filter((word) => /^--[a-z]/.test(word)).map((word) => word.split('=')[0]!);

/** What the server's own command says of itself does not name the verb or the option. */
function serverFault([name = '', verb, ...rest]: readonly string[]): string | undefined {
  if (ROLES.includes(name)) return undefined;
  const text = source(`server/src/commands/${name}.ts`) || source(`server/src/commands/${name}/index.ts`);
  if (!new RegExp(`^  ${name}: `, 'm').test(source('server/src/commands/index.ts'))) return `the server has no command "${name}"`;
  if (isWord(verb) && !new RegExp(`\\b${verb}\\b`).test(text)) return `"${name}" has no verb "${verb}"`;
  const unknown = flagsIn([verb ?? '', ...rest]).filter((flag) => !text.includes(flag));
  return unknown.length > 0 ? `"${name}" takes no ${unknown.join(', ')}` : undefined;
}

const faultOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** A secret that stands on the command line is refused there, as everybody on the machine sees it. */
function shownSecret(command: Command, given: ReadonlyMap<string, readonly (string | boolean)[]>): string | undefined {
  const shown = command.fields.find(
    ({ name, schema }) => schema['x-secret'] && given.get(name)?.some((text) => !/^(-$|@|secret:)/.test(String(text))),
  );
  return shown && `--${kebab(shown.name)} is a secret and takes - or @file`;
}

function operationFault(words: readonly string[]): string | undefined {
  const fitting = spec.commands.filter((command) => command.words.every((word, at) => words[at] === word));
  const command = fitting.sort((a, b) => b.words.length - a.words.length)[0];
  if (!command) return `there is no command "${words.slice(0, 3).join(' ')}"`;
  return faultOf(() => {
    const { given } = readFlags(command, spec, words.slice(command.words.length));
    const shown = shownSecret(command, given);
    if (shown !== undefined) throw new Error(shown);
  });
}

/** Of workflow files, whose commands have their own words and options. */
function fileFault([verb = '', ...rest]: readonly string[]): string | undefined {
  const text = source('sdk/src/cli/workflows.ts') + source('sdk/src/cli/flags.ts');
  const unknown = flagsIn(rest).filter((flag) => !new RegExp(`\\b'?${flag.slice(2)}'?:`).test(text));
  return new RegExp(`\\b${verb}\\b`).test(text) && unknown.length === 0 ? undefined : `"workflows ${verb}" takes no ${unknown.join(', ')}`;
}

/** What is wrong with a command that a document tells; nothing when the program takes it. */
export function commandFault({ words, isServer }: Told): string | undefined {
  const [first = '', second = ''] = words;
  if (isServer) return serverFault(words);
  if (first.startsWith('--')) return undefined;
  const io = { env: {} } as Parameters<typeof isServerCommand>[0];
  // In prose one stands without the file that it reads.
  if (isServerCommand(io, words) || isServerCommand(io, [...words, 'file'])) return serverFault(words);
  const own = Object.hasOwn(OWN, `${first} ${second}`) ? `${first} ${second}` : first;
  // What stands behind two dashes is meant for another program.
  const ours = words.slice(0, words.includes('--') ? words.indexOf('--') : undefined);
  if (Object.hasOwn(OWN, own)) return faultOf(() => readPlain(ours.slice(own.split(' ').length), OWN[own]));
  const fault = operationFault(words);
  return fault !== undefined && first === 'workflows' ? fileFault(words.slice(1)) : fault;
}
