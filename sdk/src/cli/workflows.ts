import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Api } from './api.ts';
import { EXIT, UsageError } from './exit.ts';
import { readPlain, type Flags } from './flags.ts';
import { note, print, type Io } from './io.ts';
import { shortDiff } from './lines.ts';
import { styleOf } from './style.ts';
import { targetOf, type Target } from './target.ts';

interface Summary {
  id: string;
  slug: string;
  name: string;
  /** Of its draft. */
  revision: number;
}
interface Finding {
  severity: string;
  rule: string;
  nodeKey?: string;
  message: string;
}

const FLAGS = {
  pull: {
    dir: { type: 'string', value: 'folder', help: 'Write the files here' },
    all: { type: 'boolean', help: 'Every workflow that you see' },
  },
  push: {
    publish: { type: 'boolean', help: 'And make it active' },
    force: { type: 'boolean', help: 'Also when somebody edited the draft since it was pulled' },
    'dry-run': { type: 'boolean', help: 'Say what would be changed, and change nothing' },
    comment: { type: 'string', value: 'text', help: 'Why; shown to approvers and kept in the audit trail' },
  },
  diff: {},
  validate: {},
  run: {
    input: { type: 'string', value: 'file', help: 'Inputs as JSON from a file, from standard input with -, or as they stand' },
    'dry-run': { type: 'boolean', help: 'Say what it would do, and do nothing' },
    version: { type: 'string', value: 'number', help: 'This version, or draft; the active one when left out' },
  },
} as const;
type Verb = keyof typeof FLAGS;

const API = '/api/v1';
const isFile = (name: string): boolean => /\.(ya?ml|json)$/.test(name) || existsSync(name);
const slugOf = (file: string): string => basename(file, extname(file));

async function all(api: Api): Promise<Summary[]> {
  const found: Summary[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query: [string, string][] = [['limit', '100'], ...(cursor === undefined ? [] : [['cursor', cursor] as [string, string]])];
    const page = (await api.request('GET', `${API}/workflows`, { query })).body as { items: Summary[]; nextCursor: string | null };
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  return found;
}

/** By slug or id. */
async function named(api: Api, name: string): Promise<Summary> {
  const found = (await all(api)).find(({ id, slug }) => id === name || slug === name);
  if (!found) throw new UsageError(`there is no workflow "${name}"; see switchyard workflows list`);
  return found;
}

const remote = async (api: Api, id: string, format = 'yaml'): Promise<string> =>
  new TextDecoder().decode((await api.request('GET', `${API}/workflows/${id}/export`, { query: [['format', format]] })).bytes);

/** Beside the files that were pulled: the revision that each was written from. It is of this copy, and nothing to be shared. */
const PULLED = '.switchyard-pulled.json';

function pulledIn(dir: string): Record<string, number> {
  const path = join(dir, PULLED);
  if (!existsSync(path)) return {};
  try {
    const known = JSON.parse(readFileSync(path, 'utf8')) as unknown;
    return Object.fromEntries(Object.entries(known ?? {}).filter((entry): entry is [string, number] => Number.isInteger(entry[1])));
  } catch {
    throw new UsageError(`${path} is no JSON; remove it and pull again`);
  }
}

/** Under its id: another installation, or a workflow that took the slug since, has another one. */
function remember(dir: string, { id, revision }: Pick<Summary, 'id' | 'revision'>): void {
  writeFileSync(join(dir, PULLED), `${JSON.stringify({ ...pulledIn(dir), [id]: revision }, null, 2)}\n`);
}

/**
 * The revision that a file goes over: that which it was pulled from, else the one that is there now, so that at least nobody is overtaken
 * while it is sent.
 */
function basedOn(file: string, into: Summary | undefined, { force }: Pushing): Record<string, string> {
  if (!into || force) return {};
  return { 'If-Match': `"${pulledIn(dirname(file))[into.id] ?? into.revision}"` };
}

const formOf = (file: string): string => (file.endsWith('.json') ? 'json' : 'yaml');

async function pull(io: Io, api: Api, names: readonly string[], { dir = '.', all: every }: Flags & { dir?: string; all?: boolean }): Promise<number> {
  if (names.length === 0 && !every) throw new UsageError('workflows pull needs the slug of a workflow, or --all');
  const known = await all(api);
  const wanted = every ? known : await Promise.all(names.map((name) => named(api, name)));
  mkdirSync(dir, { recursive: true });
  for (const one of wanted) {
    const path = join(dir, `${one.slug}.yaml`);
    // The revision was read before the file: an edit between the two is found when it is pushed, and not lost.
    writeFileSync(path, await remote(api, one.id));
    remember(dir, one);
    print(io, path);
  }
  return EXIT.ok;
}

type Pushing = Flags & { publish?: boolean; force?: boolean; dryRun?: boolean; comment?: string };
const saying = ({ comment }: Pushing): Record<string, string> =>
  comment === undefined ? {} : { 'X-Switchyard-Comment': encodeURIComponent(comment) };

const told = (io: Io, findings: readonly Finding[]): void => {
  const style = styleOf(io);
  for (const { severity, rule, nodeKey, message } of findings)
    print(io, `${severity === 'error' ? style.bad(severity) : style.quiet(severity)} ${rule}${nodeKey ? ` ${nodeKey}` : ''}: ${message}`);
};

/** What an import would make of a file. */
async function foreseen(api: Api, file: string, known: readonly Summary[]): Promise<{ summary: string; valid: boolean; findings: Finding[] }> {
  const body = bodyOf(file, known);
  const { plan } = (await api.request('POST', `${API}/workflows/import`, { query: [['dryRun', 'true']], body })).body as { plan: { summary: string; facts: { valid: boolean; findings: Finding[] } } }; // prettier-ignore
  return { summary: plan.summary, ...plan.facts };
}

const intoOf = (file: string, known: readonly Summary[]): Summary | undefined => known.find(({ slug }) => slug === slugOf(file));

/** A file goes into the workflow whose slug it is called by, or becomes a new one. */
function bodyOf(file: string, known: readonly Summary[]): Record<string, string> {
  const into = intoOf(file, known);
  return { content: readFileSync(file, 'utf8'), ...(into ? { id: into.id } : {}) };
}

async function push(io: Io, api: Api, files: readonly string[], flags: Pushing): Promise<number> {
  if (files.length === 0) throw new UsageError('workflows push needs a file, such as order-servers.yaml');
  const known = await all(api);
  let code: number = EXIT.ok;
  for (const file of files) {
    if (flags.dryRun) {
      const { summary, findings } = await foreseen(api, file, known);
      print(io, `${file}: ${summary}`);
      told(io, findings);
      continue;
    }
    const headers = { ...saying(flags), ...basedOn(file, intoOf(file, known), flags) };
    const pushed = (await api.request('POST', `${API}/workflows/import`, { body: bodyOf(file, known), headers })).body as Pushed;
    if (pushed.workflow && Object.hasOwn(pulledIn(dirname(file)), pushed.workflow.id)) remember(dirname(file), pushed.workflow);
    code = Math.max(code, await afterwards(io, api, file, pushed, flags));
  }
  return code;
}

interface Pushed {
  change?: { number: string };
  workflow?: Summary;
  findings?: Finding[];
}

async function afterwards(io: Io, api: Api, file: string, { change, workflow, findings = [] }: Pushed, flags: Pushing): Promise<number> {
  if (!workflow) {
    print(io, `${file}: ${change?.number ?? 'it'} waits for approval`);
    return EXIT.awaiting;
  }
  print(io, `${file} -> ${workflow.slug}`);
  told(io, findings);
  if (!flags.publish) return EXIT.ok;
  const { body } = await api.request('POST', `${API}/workflows/${workflow.id}/versions`, { body: {}, headers: saying(flags) });
  const { number, change: waiting } = body as { number?: number; change?: { number: string } };
  print(io, number === undefined ? `${workflow.slug}: ${waiting?.number ?? 'it'} waits for approval` : `${workflow.slug}: version ${number} is active`); // prettier-ignore
  return number === undefined ? EXIT.awaiting : EXIT.ok;
}

async function diff(io: Io, api: Api, [file = '']: readonly string[]): Promise<number> {
  const { id } = await named(api, slugOf(file));
  const lines = shortDiff(await remote(api, id, formOf(file)), readFileSync(file, 'utf8'));
  const style = styleOf(io);
  for (const line of lines) print(io, line.startsWith('+') ? style.good(line) : line.startsWith('-') ? style.bad(line) : style.quiet(line));
  return lines.length === 0 ? EXIT.ok : EXIT.problem;
}

async function validate(io: Io, api: Api, files: readonly string[]): Promise<number> {
  const known = await all(api);
  const results = await Promise.all(files.map((file) => foreseen(api, file, known)));
  results.forEach(({ valid, findings }, at) => {
    print(io, `${files[at]}: ${valid ? 'valid' : 'has errors'}`);
    told(io, findings);
  });
  return results.every(({ valid }) => valid) ? EXIT.ok : EXIT.problem;
}

function inputsOf(text: string | undefined): unknown {
  if (text === undefined) return {};
  const source = text === '-' ? readFileSync(0, 'utf8') : /^\s*[[{]/.test(text) ? text : readFileSync(text, 'utf8');
  try {
    return JSON.parse(source);
  } catch (error) {
    throw new UsageError(`the inputs are no JSON: ${(error as Error).message}`);
  }
}

const GOOD: ReadonlySet<string> = new Set(['completed', 'queued', 'running', 'waiting', 'paused']);

async function run(
  io: Io,
  api: Api,
  [name]: readonly string[],
  { input, dryRun, version }: Flags & { input?: string; version?: string },
): Promise<number> {
  // prettier-ignore
  if (!name) throw new UsageError('workflows run needs the slug or id of a workflow');
  const { id } = await named(api, name);
  const which = version === undefined ? {} : { version: version === 'draft' ? 'draft' : Number(version) };
  const options = { async: false, ...(dryRun ? { dryRun: true } : {}), ...which };
  const { body } = await api.request('POST', `${API}/workflows/${id}/execute`, { body: { inputs: inputsOf(input), options } });
  print(io, JSON.stringify(body, null, 2));
  const { execution } = body as { execution: { id: string; status: string } };
  note(io, `${execution.id} is ${execution.status}`);
  return GOOD.has(execution.status) ? EXIT.ok : EXIT.unsuccessful;
}

const ACTS: { [V in Verb]: (io: Io, api: Api, names: readonly string[], flags: Flags & Record<string, unknown>) => Promise<number> } = { pull, push, diff, validate, run }; // prettier-ignore

/** `workflows pull|push|diff|validate|run`: workflows as files beside the code. Undefined where the words name an Operation, as `workflows diff <id>` does. */
export function workflowFiles(
  io: Io,
  verb: string | undefined,
  args: readonly string[],
  connect: (target: Target) => Api,
): Promise<number> | undefined {
  // prettier-ignore
  if (verb === undefined || !Object.hasOwn(FLAGS, verb)) return undefined;
  const own = verb as Verb;
  if ((own === 'diff' || own === 'validate') && !args.some((arg) => !arg.startsWith('-') && isFile(arg))) return undefined;
  const { flags, positionals } = readPlain(args, FLAGS[own]);
  return ACTS[own](io, connect(targetOf(io, flags)), positionals, flags);
}
