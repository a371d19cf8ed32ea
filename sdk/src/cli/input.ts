import { readFileSync } from 'node:fs';
import { UsageError } from './exit.ts';
import { kebab, typesOf, type Flags } from './flags.ts';
import { ask, readAll, type Io } from './io.ts';
import { branchesOf, type Command, type Field, type Schema, type Spec } from './spec.ts';

type Input = Record<string, unknown>;
type Resolve = Spec['resolve'];

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function fromJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${where} is not valid JSON: ${(error as Error).message}`);
  }
}

function scalar(schema: Schema, text: string, resolve: Resolve): unknown {
  const types = typesOf(schema, resolve);
  if (types.has('string')) return text;
  if ((types.has('number') || types.has('integer')) && NUMBER.test(text)) return Number(text);
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return types.has('null') && text === 'null' ? null : text; // what does not fit is the server's to judge, in its words
}

const branch = (schema: Schema, resolve: Resolve, has: (found: Schema) => unknown): Schema => {
  const found = resolve(schema);
  return has(found)
    ? found
    : (branchesOf(found)
        .map((option) => branch(option, resolve, has))
        .find(has) ?? {});
};

function mapped(schema: Schema, texts: readonly string[], flag: string, resolve: Resolve): unknown {
  const { additionalProperties } = branch(schema, resolve, (found) => typeof found.additionalProperties === 'object');
  const inner = typeof additionalProperties === 'object' ? additionalProperties : {};
  return Object.assign({}, ...texts.map((text) => {
    if (text.startsWith('{')) return fromJson(text, flag);
    const at = text.indexOf('=');
    if (at < 1) throw new UsageError(`${flag} takes name=value or a JSON object, not "${text}"`);
    return { [text.slice(0, at)]: scalar(inner, text.slice(at + 1), resolve) };
  })); // prettier-ignore
}

/** The value of a field from what stood behind its flag. */
export function valueOf({ name, schema }: Pick<Field, 'name' | 'schema'>, given: readonly (string | boolean)[], resolve: Resolve): unknown {
  const flag = `--${kebab(name)}`;
  const types = typesOf(schema, resolve);
  if (typeof given[0] === 'boolean') return given.at(-1);
  const texts = given as string[];
  if (types.has('array')) {
    if (texts.length === 1 && texts[0]!.startsWith('[')) return fromJson(texts[0]!, flag);
    const items = branch(schema, resolve, (found) => found.items).items ?? {};
    return texts.map((text) => (typesOf(items, resolve).has('object') ? fromJson(text, flag) : scalar(items, text, resolve)));
  }
  if (types.has('object')) return mapped(schema, texts, flag, resolve);
  if (texts.length > 1) throw new UsageError(`${flag} is given more than once`);
  return scalar(schema, texts[0]!, resolve);
}

const own = (place: Input, step: string): unknown => (Object.hasOwn(place, step) ? place[step] : undefined);

/** Puts `value` at a path such as `labels.team` or `records.0.ttl`. */
export function setAt(input: Input, path: string, value: unknown): void {
  const steps = path.split('.');
  if (steps.some((step) => step === '' || step === '__proto__')) throw new UsageError(`"${path}" is not a path such as labels.team`);
  let place = input;
  for (const [at, step] of steps.slice(0, -1).entries()) {
    const next = own(place, step) ?? (/^\d+$/.test(steps[at + 1]!) ? [] : {});
    if (typeof next !== 'object')
      throw new UsageError(`"${steps.slice(0, at + 1).join('.')}" has a value already and cannot hold ${steps.slice(at + 1).join('.')}`);
    place[step] = next;
    place = next as Input;
  }
  place[steps.at(-1)!] = value;
}

function pair(text: string, flag: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`${flag} takes path=value, not "${text}"`);
  return [text.slice(0, at), text.slice(at + 1)];
}

const loose = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

async function base(io: Io, { input }: Flags): Promise<Input> {
  if (input === undefined) return {};
  const value = fromJson(input === '-' ? await readAll(io) : readText(input), input === '-' ? 'standard input' : input);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new UsageError('--input must be a JSON object');
  return value as Input;
}

export interface Given {
  flags: Flags;
  given: ReadonlyMap<string, (string | boolean)[]>;
  positionals: readonly string[];
}

/** What is named without a flag: fields of the path, then a file. */
const argumentsOf = ({ fields }: Command): Field[] => [
  ...fields.filter((field) => field.in === 'path'),
  ...fields.filter(({ schema }) => schema['x-file']),
];

async function addArguments(io: Io, input: Input, command: Command, positionals: readonly string[]): Promise<void> {
  const places = argumentsOf(command);
  if (positionals.length > places.length) throw new UsageError(`"${positionals[places.length]}" is one argument too many`);
  for (const [at, text] of positionals.entries()) {
    const { name, schema } = places[at]!;
    input[name] = !schema['x-file'] ? text : text === '-' ? await readAll(io) : readText(text);
  }
}

/** What a line of a terminal or a pipe ends in is not part of a secret. */
const withoutBreak = (text: string): string => text.replace(/\r?\n$/, '');

/** A secret behind its flag: only where it is to be found, since a command line is seen by everybody on the machine. */
async function secretOf(io: Io, { name, schema }: Field, [text, ...more]: readonly (string | boolean)[]): Promise<string> {
  const flag = `--${kebab(name)}`;
  if (more.length > 0) throw new UsageError(`${flag} is given more than once`);
  if (text === '-') return io.stdin.isTTY ? ask(io, schema.title ?? name, { hidden: true }) : withoutBreak(await readAll(io));
  if (typeof text === 'string' && text.startsWith('@')) return withoutBreak(readText(text.slice(1)));
  if (typeof text === 'string' && text.startsWith('secret://')) return text;
  throw new UsageError(
    `${flag} is a secret, and others see what stands on a command line: write ${flag} - to be asked or to pipe it in, or ${flag} @file`,
  );
}

async function addSettings(io: Io, input: Input, { set = [], setFile = [] }: Flags): Promise<void> {
  for (const text of set) {
    const [at, value] = pair(text, '--set');
    setAt(input, at, loose(value));
  }
  for (const text of setFile) {
    const [at, file] = pair(text, '--set-file');
    setAt(input, at, file === '-' ? await readAll(io) : readText(file));
  }
}

async function askForSecrets(io: Io, input: Input, { fields }: Command): Promise<void> {
  if (!io.stdin.isTTY) return;
  const secrets = fields.filter(({ name, schema, required }) => required && schema['x-secret'] && !schema['x-file'] && input[name] === undefined);
  for (const { name, schema } of secrets) input[name] = await ask(io, schema.title ?? name, { hidden: true });
}

const isSecret = ({ schema }: Field, { resolve }: Spec): boolean => Boolean(schema['x-secret']) && typesOf(schema, resolve).has('string');

/** The input of a command: file, then positional arguments, then flags, then --set; what is secret and missing is asked for. */
export async function readInput(io: Io, command: Command, spec: Spec, { flags, given, positionals }: Given): Promise<Input> {
  const input = await base(io, flags);
  await addArguments(io, input, command, positionals);
  for (const field of command.fields) {
    const texts = given.get(field.name);
    if (texts) input[field.name] = isSecret(field, spec) ? await secretOf(io, field, texts) : valueOf(field, texts, spec.resolve);
  }
  await addSettings(io, input, flags);
  await askForSecrets(io, input, command);
  const missing = argumentsOf(command).find((field) => field.required && input[field.name] === undefined);
  if (missing) throw new UsageError(`<${missing.schema['x-file'] ? 'file' : kebab(missing.name)}> is missing`);
  return input;
}
