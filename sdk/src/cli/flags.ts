import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { UsageError } from './exit.ts';
import { branchesOf, type Command, type Schema, type Spec } from './spec.ts';
import type { GlobalFlags } from './target.ts';

export interface Flags extends GlobalFlags {
  json?: boolean;
  help?: boolean;
  dryRun?: boolean;
  draft?: boolean;
  emergency?: boolean;
  wait?: boolean;
  timeout?: string;
  comment?: string;
  ticket?: string;
  idempotencyKey?: string;
  ifMatch?: string;
  input?: string;
  set?: string[];
  setFile?: string[];
  output?: string;
}

interface FlagHelp {
  type: 'string' | 'boolean';
  multiple?: true;
  short?: string;
  help: string;
  value?: string;
}

/** Flags that every command takes. */
export const COMMON: Record<string, FlagHelp> = {
  url: { type: 'string', value: 'address', help: 'Server to talk to (SWITCHYARD_URL)' },
  tenant: { type: 'string', value: 'slug', help: 'Tenant to work in (SWITCHYARD_TENANT)' },
  'api-key': { type: 'string', value: 'key', help: 'API key; better in SWITCHYARD_API_KEY, where others cannot see it' },
  context: { type: 'string', value: 'name', help: 'Saved sign-in to use' },
  json: { type: 'boolean', help: 'Answer as JSON' },
  help: { type: 'boolean', short: 'h', help: 'Show help' },
};

const INPUT: Record<string, FlagHelp> = {
  input: { type: 'string', value: 'file', help: 'Input as JSON from a file, or from standard input with -; flags go over it' },
  set: { type: 'string', multiple: true, value: 'path=value', help: 'One value further in, such as labels.team=web' },
  'set-file': { type: 'string', multiple: true, value: 'path=file', help: 'The same, with the text of a file' },
};

const CHANGING: Record<string, FlagHelp> = {
  comment: { type: 'string', value: 'text', help: 'Why; shown to approvers and kept in the audit trail' },
  'idempotency-key': { type: 'string', value: 'key', help: 'Same key and input within 24 h: the first result again' },
  'if-match': { type: 'string', value: 'version', help: 'Only if this is still the version' },
};

const PLANNED: Record<string, FlagHelp> = {
  'dry-run': { type: 'boolean', help: 'Show the plan and do nothing' },
  draft: { type: 'boolean', help: 'Keep the Change as a draft until it is submitted' },
  emergency: { type: 'boolean', help: 'Skip approvals and time windows; with --comment and --ticket, and reviewed afterwards' },
  ticket: { type: 'string', value: 'id', help: 'Ticket that this belongs to' },
  wait: { type: 'boolean', help: 'Stay until the Change has ended, and show its progress' },
  timeout: { type: 'string', value: 'time', help: 'Wait no longer than this, such as 90s or 10m' },
};

const DOWNLOAD: Record<string, FlagHelp> = {
  output: { type: 'string', short: 'o', value: 'file', help: 'Write the file here instead of to standard output' },
};

export const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const camel = (flag: string): string => flag.replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());

/** Flags beside the input that a command takes; those whose name the input has itself are left to it. */
export function extraFlags({ change, method, download, fields }: Command): Record<string, FlagHelp> {
  const own = new Set(fields.map(({ name }) => kebab(name)));
  const extra = { ...(method === 'GET' ? {} : CHANGING), ...(change ? PLANNED : {}), ...(download ? DOWNLOAD : {}), ...INPUT };
  return Object.fromEntries(Object.entries(extra).filter(([name]) => !own.has(name)));
}

export const typesOf = (schema: Schema, resolve: Spec['resolve']): Set<string> => {
  const found = resolve(schema);
  const types = new Set([found.type ?? []].flat());
  for (const branch of branchesOf(found)) for (const type of typesOf(branch, resolve)) types.add(type);
  if (types.size === 0 && found.enum) for (const value of found.enum) types.add(typeof value);
  return types;
};

const isSwitch = (schema: Schema, resolve: Spec['resolve']): boolean => {
  const types = typesOf(schema, resolve);
  types.delete('null');
  return types.has('boolean') && [...types].every((type) => type === 'boolean' || type === 'string');
};

interface Read {
  flags: Flags;
  /** What was given for each field, as text; `true` and `false` for switches. */
  given: Map<string, (string | boolean)[]>;
  positionals: string[];
}

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

function values(args: readonly string[], options: ParseArgsOptionsConfig): { values: Values; positionals: string[] } {
  // A switch may be written with a value, which parseArgs does not take.
  const plain = args.map((arg) => {
    const [, name = '', value = ''] = /^--([^=]+)=(true|false)$/.exec(arg) ?? [];
    return options[name]?.type === 'boolean' ? `--${value === 'false' ? 'no-' : ''}${name}` : arg;
  });
  try {
    return parseArgs({ args: plain, options, allowPositionals: true, allowNegative: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. To specify')[0]!.replace(/\.$/, ''));
  }
}

const parserOf = (flags: Record<string, FlagHelp>): ParseArgsOptionsConfig =>
  Object.fromEntries(Object.entries(flags).map(([name, { help: _help, value: _value, ...option }]) => [name, option]));

/** Reads what stands behind a command's words. */
export function readFlags(command: Command, spec: Spec, args: readonly string[]): Read {
  const own = Object.fromEntries(
    command.fields.map(({ name, schema }) => [
      kebab(name),
      { type: isSwitch(schema, spec.resolve) ? ('boolean' as const) : ('string' as const), multiple: true as const },
    ]),
  );
  const read = values(args, { ...parserOf({ ...COMMON, ...extraFlags(command) }), ...own });
  const given = new Map<string, (string | boolean)[]>();
  for (const { name } of command.fields) {
    const texts = read.values[kebab(name)];
    if (Array.isArray(texts)) given.set(name, texts);
  }
  const flags = Object.fromEntries(Object.entries(read.values).filter(([name]) => !(name in own)).map(([name, value]) => [camel(name), value])) as Flags; // prettier-ignore
  return { flags, given, positionals: read.positionals };
}

/** Flags of commands that are not operations. */
export function readPlain(
  args: readonly string[],
  more: Record<string, FlagHelp> = {},
): { flags: Flags & Record<string, unknown>; positionals: string[] } {
  const read = values(args, parserOf({ ...COMMON, ...more }));
  return {
    flags: Object.fromEntries(Object.entries(read.values).map(([name, value]) => [camel(name), value])) as Flags & Record<string, unknown>,
    positionals: read.positionals,
  };
}

/** Parts leading common flags (and their values) from the words that follow. */
export function leading(args: readonly string[]): { head: string[]; tail: string[] } {
  let at = 0;
  while (at < args.length && args[at]!.startsWith('-')) {
    const [, name = '', inline] = /^--?([^=]+)(=.*)?$/.exec(args[at]!) ?? [];
    at += COMMON[name]?.type === 'string' && inline === undefined ? 2 : 1;
  }
  return { head: args.slice(0, at), tail: args.slice(at) };
}
