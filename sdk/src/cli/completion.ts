import { EXIT, UsageError } from './exit.ts';
import { COMMON, extraFlags, kebab } from './flags.ts';
import { print, type Io } from './io.ts';
import { branchesOf, type Command, type Spec } from './spec.ts';

const SCRIPTS: Record<string, string> = {
  bash: `_switchyard() {
  local IFS=$'\\n'
  COMPREPLY=($(switchyard __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
}
complete -o default -F _switchyard switchyard`,
  zsh: `#compdef switchyard
_switchyard() {
  local -a found
  found=("\${(@f)$(switchyard __complete "\${words[@]:1:$((CURRENT - 1))}" 2>/dev/null | sed -e 's/:/\\\\:/g' -e $'s/\\t/:/')}")
  if [[ -n "\${found[1]}" ]]; then _describe 'switchyard' found; else _files; fi
}
compdef _switchyard switchyard`,
  fish: `function __switchyard_complete
  set -l words (commandline -opc)
  switchyard __complete $words[2..] (commandline -ct) 2>/dev/null
end
complete -c switchyard -f -a '(__switchyard_complete)'`,
};

const BUILT_IN = ['login', 'logout', 'whoami', 'context', 'mcp', 'doctor', 'completion', 'run'];

/** `completion bash|zsh|fish`: prints the script that a shell sources. */
export function completion(io: Io, [shell]: readonly string[]): number {
  const script = SCRIPTS[shell ?? ''];
  if (!script) throw new UsageError('completion needs the name of a shell: bash, zsh or fish');
  print(io, script);
  return EXIT.ok;
}

function flagsOf(command: Command | undefined): [string, string][] {
  const own =
    command?.fields
      .filter((field) => field.in !== 'path')
      .map(({ name, schema }): [string, string] => [`--${kebab(name)}`, schema.description ?? schema.title ?? '']) ?? [];
  const extra = Object.entries({ ...(command ? extraFlags(command) : {}), ...COMMON }).map(([name, { help }]): [string, string] => [
    `--${name}`,
    help,
  ]);
  return [...own, ...extra];
}

function choicesOf(command: Command | undefined, flag: string | undefined, spec: Spec): string[] {
  const field = command?.fields.find(({ name }) => `--${kebab(name)}` === flag);
  const found = field && spec.resolve(field.schema);
  return (found?.enum ?? branchesOf(found ?? {}).find((option) => option.enum)?.enum ?? []).map(String);
}

/** What may stand in place of the last word; each with what it means. */
export function candidates(spec: Spec, typed: readonly string[]): [string, string][] {
  const before = typed.slice(0, -1);
  const last = typed.at(-1) ?? '';
  const words = before.filter((word) => !word.startsWith('-'));
  const command = spec.commands.filter((one) => one.words.every((word, at) => words[at] === word)).at(-1);
  const choices = choicesOf(command, before.at(-1), spec);
  if (choices.length > 0) return choices.filter((choice) => choice.startsWith(last)).map((choice) => [choice, '']);
  if (last.startsWith('-')) return flagsOf(command).filter(([flag]) => flag.startsWith(last));
  const next = new Map<string, string>();
  if (words.length === 0) for (const word of BUILT_IN) next.set(word, '');
  for (const one of spec.commands) {
    const word = one.words[words.length];
    if (word !== undefined && words.every((given, at) => one.words[at] === given))
      next.set(word, one.words.length === words.length + 1 ? one.summary : '');
  }
  return [...next].filter(([word]) => word.startsWith(last));
}

/** `__complete`: candidates, one a line, for the scripts above. */
export function complete(io: Io, spec: Spec, typed: readonly string[]): number {
  for (const [word, meaning] of candidates(spec, typed)) print(io, meaning ? `${word}\t${meaning.split('\n')[0]}` : word);
  return EXIT.ok;
}
