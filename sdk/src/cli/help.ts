import { COMMON, extraFlags, kebab, typesOf } from './flags.ts';
import { branchesOf, type Command, type Field, type Spec } from './spec.ts';
import type { Style } from './style.ts';

const BUILT_IN: [string, string][] = [
  ['login', 'Sign in and keep the token'],
  ['logout', 'End the session and forget the token'],
  ['whoami', 'Show who you are, and where'],
  ['context list|use|remove', 'Show, choose or forget saved sign-ins'],
  ['run -- <command>', 'Run a command with your variables and secrets in its environment'],
  ['changes watch <id>', 'Follow a Change to its end'],
  ['policies lint|test|diff <file>', 'Check policy files, without a server'],
  ['workflows pull|push|diff|validate', 'Keep workflows as files beside your code'],
  ['workflows run <slug>', 'Run a workflow and wait for its end'],
  ['mcp', 'Speak MCP on standard input and output'],
  ['doctor', 'Check the installation, or the connection to it'],
  ['completion bash|zsh|fish', 'Print shell completion'],
];

const columns = (rows: readonly (readonly [string, string])[], style: Style): string => {
  const width = Math.min(34, Math.max(0, ...rows.map(([left]) => left.length)));
  return rows.map(([left, right]) => (right ? `  ${left.padEnd(width)}  ${style.quiet(right)}` : `  ${left}`)).join('\n');
};

const flagLines = (flags: ReturnType<typeof extraFlags>): [string, string][] =>
  Object.entries(flags).map(([name, { short, value, help }]) => [`${short ? `-${short}, ` : ''}--${name}${value ? ` <${value}>` : ''}`, help]);

/** Help of a command that is not an operation and has flags of its own. */
export const ownHelp = (command: string, flags: ReturnType<typeof extraFlags>, style: Style): string => {
  const [usage = command, summary = ''] = BUILT_IN.find(([name]) => name.split(' ')[0] === command) ?? [];
  const parts = [
    summary,
    `${style.bold('Usage')}  switchyard ${usage.replace(command, `${command} [flags]`)}`,
    columns(flagLines({ ...flags, ...COMMON }), style),
  ];
  return parts.filter(Boolean).join('\n\n');
};

/** Every command below some words, one line each; groups when there are many. */
export function overview(spec: Spec, words: readonly string[], style: Style): string {
  const below = spec.commands.filter((command) => words.every((word, at) => command.words[at] === word));
  const title = ['switchyard', ...words].join(' ');
  if (words.length > 0)
    return `${style.bold('Usage')}  ${title} <command>\n\n${columns(
      below.map((command) => [command.words.slice(words.length).join(' '), command.summary]),
      style,
    )}`;
  const resources = new Map<string, string[]>();
  for (const command of below) {
    const resource = command.words.slice(0, -1).join(' ');
    resources.set(resource, [...(resources.get(resource) ?? []), command.words.at(-1)!]);
  }
  return [
    `${style.bold('Switchyard')}  one governed control plane\n\n${style.bold('Usage')}  switchyard <command> [arguments] [flags]`,
    `${style.bold('Here')}\n${columns(BUILT_IN, style)}`,
    `${style.bold('On the server')}\n${columns([...resources].map(([resource, verbs]) => [resource, verbs.join(', ')]), style)}`, // prettier-ignore
    `${style.bold('Flags')}\n${columns(flagLines(COMMON), style)}`,
    style.quiet(
      'switchyard <command> --help tells more. Exit codes: 0 done, 1 refused, 2 wrong usage, 3 waits for approval, 4 ended badly, 5 no answer.',
    ),
  ].join('\n\n');
}

function shapeOf({ schema }: Field, spec: Spec): string {
  const found = spec.resolve(schema);
  const types = [...typesOf(schema, spec.resolve)].filter((type) => type !== 'null');
  const choices = found.enum ?? branchesOf(found).find((option) => option.enum)?.enum;
  if (types.includes('boolean')) return '';
  if (found['x-secret'] && types.includes('string')) return ' <-|@file>';
  return ` <${choices ? choices.map(String).join('|') : (found.format ?? types[0] ?? 'value')}>${types.includes('array') ? ' …' : ''}`;
}

function meaningOf({ schema, required }: Field, spec: Spec): string {
  const fallback = schema.default === undefined ? '' : `(default ${JSON.stringify(schema.default)})`;
  const meaning = schema.description ?? schema.title ?? spec.resolve(schema).description ?? '';
  return [required ? 'required:' : '', meaning, fallback].filter(Boolean).join(' ');
}

const fieldLine = (field: Field, spec: Spec): [string, string] => [`--${kebab(field.name)}${shapeOf(field, spec)}`, meaningOf(field, spec)];

/** One command: what it does, its arguments and flags. */
export function commandHelp(command: Command, spec: Spec, style: Style): string {
  const path = command.fields.filter((field) => field.in === 'path');
  const rest = command.fields.filter((field) => field.in !== 'path' && !field.schema['x-file']);
  const file = command.fields.some(({ schema }) => schema['x-file']) ? ['<file>'] : [];
  const usage = ['switchyard', ...command.words, ...path.map(({ name }) => `<${kebab(name)}>`), ...file, '[flags]'].join(' ');
  return [
    style.bold(command.summary),
    `${style.bold('Usage')}  ${usage}`,
    command.description.trim(),
    rest.length > 0 ? `${style.bold('Input')}\n${columns(rest.map((field) => fieldLine(field, spec)), style)}` : '', // prettier-ignore
    `${style.bold('Flags')}\n${columns(flagLines({ ...extraFlags(command), ...COMMON }), style)}`,
  ].filter(Boolean).join('\n\n'); // prettier-ignore
}
