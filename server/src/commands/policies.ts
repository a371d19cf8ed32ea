import { readFile } from 'node:fs/promises';
import { text as everything } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import {
  diffSets,
  lint,
  parseSet,
  runTests,
  type Catalogue,
  type Fault,
  type PolicySet,
  type SetDifference,
  type TestReport,
} from '#modules/policies/engine/index.ts';
import { schemasOf } from '#surfaces/json-schema.ts';
import { MODULES } from '../app.ts';

const USAGE = `usage: policies lint <file> [--strict] [--json]      what is wrong with a document, with line and column
       policies test <file> [--json]                 runs its tests with the engine that decides on calls
       policies diff <before> <after> [--json]       what is different, and what of it may let more pass
       The file - is standard input. No server and no database is asked.
Exit code: 0 all is well, 1 something is wrong or different, 2 the command line or a file cannot be read.
`;

/** Where the command reads and writes. */
export interface PoliciesIo {
  out: (text: string) => void;
  err: (text: string) => void;
  read: (file: string) => Promise<string>;
  catalogue: () => Catalogue;
}

const PROCESS: PoliciesIo = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  read: (file) => (file === '-' ? everything(process.stdin) : readFile(file, 'utf8')),
  catalogue: () =>
    MODULES.flatMap(({ operations }) => operations).map((operation) => ({
      name: operation.name,
      risk: operation.risk,
      input: schemasOf(operation).input,
    })),
};

interface Options {
  json: boolean;
  strict: boolean;
}

const faultLine = (file: string, { line, column, severity, message }: Fault): string => `${file}:${line}:${column}: ${severity}: ${message}`;
const failing = (faults: readonly Fault[], strict: boolean): boolean => faults.some(({ severity }) => strict || severity === 'error');

async function lintFile({ out, read, catalogue }: PoliciesIo, [file = '']: string[], { json, strict }: Options): Promise<number> {
  const faults = lint(await read(file), catalogue());
  if (json) out(JSON.stringify(faults, null, 2));
  else for (const fault of faults) out(faultLine(file, fault));
  if (!json && faults.length === 0) out(`${file}: nothing is wrong`);
  return failing(faults, strict) ? 1 : 0;
}

/** The set in a file, if it can be used; what is wrong with it goes to standard error. */
async function setIn({ err, read, catalogue }: PoliciesIo, file: string): Promise<PolicySet | undefined> {
  const text = await read(file);
  const faults = lint(text, catalogue()).filter(({ severity }) => severity === 'error');
  for (const fault of faults) err(faultLine(file, fault));
  return faults.length > 0 ? undefined : parseSet(text).set;
}

function testLines(file: string, set: PolicySet, { results, uncovered }: TestReport): string[] {
  const failed = results.filter(({ passed }) => !passed).length;
  return [
    ...results.flatMap(({ name, passed, failures, pointer }) => [
      `${passed ? 'ok  ' : 'FAIL'}  ${name}`,
      ...failures.map((failure) => `      ${file}:${set.positions[pointer]?.[0] ?? 1}: ${failure}`),
    ]),
    ...uncovered.map(
      ({ policy, missing }) =>
        `${set.requireTests ? 'FAIL' : 'note'}  ${policy} has no test in which it ${missing === 'matching' ? 'matches' : 'does not match'}`,
    ),
    `${results.length - failed} of ${results.length} tests passed${uncovered.length > 0 ? `, ${uncovered.length} cases are missing` : ''}`,
  ];
}

async function testFile(io: PoliciesIo, [file = '']: string[], { json }: Options): Promise<number> {
  const set = await setIn(io, file);
  if (!set) return 1;
  const report = runTests(set, io.catalogue());
  if (json) io.out(JSON.stringify({ ...report, results: report.results.map(({ ruling: _, ...result }) => result) }, null, 2));
  else for (const line of testLines(file, set, report)) io.out(line);
  return report.passed ? 0 : 1;
}

const SIGNS: Record<SetDifference['kind'], string> = { added: '+', removed: '-', changed: '~' };

async function diffFiles(io: PoliciesIo, files: string[], { json }: Options): Promise<number> {
  const [before, after] = [await setIn(io, files[0]!), await setIn(io, files[1]!)];
  if (!before || !after) return 2;
  const differences = diffSets(before, after);
  if (json) io.out(JSON.stringify(differences, null, 2));
  else
    for (const { kind, path, before: old, after: now, loosens } of differences) {
      io.out(`${SIGNS[kind]} ${path}${loosens ? '   (may let more pass)' : ''}`);
      if (old !== undefined) io.out(`    before ${JSON.stringify(old)}`);
      if (now !== undefined) io.out(`    after  ${JSON.stringify(now)}`);
    }
  if (!json && differences.length === 0) io.out('The two mean the same.');
  return differences.length > 0 ? 1 : 0;
}

const VERBS: Readonly<Record<string, { files: number; run: typeof lintFile }>> = {
  lint: { files: 1, run: lintFile },
  test: { files: 1, run: testFile },
  diff: { files: 2, run: diffFiles },
};

function readArguments(args: string[]): { files: string[]; options: Options } | undefined {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean' }, strict: { type: 'boolean' } } });
    return { files: positionals, options: { json: values.json ?? false, strict: values.strict ?? false } };
  } catch {
    return undefined;
  }
}

/** `policies lint|test|diff`: the policy engine on files, without a server or a database. Answers the exit code. */
export async function policies([verb = '', ...args]: string[], io: PoliciesIo = PROCESS): Promise<number> {
  const given = readArguments(args);
  const command = Object.hasOwn(VERBS, verb) ? VERBS[verb]! : undefined;
  if (!given || command?.files !== given.files.length) {
    io.err(USAGE.trimEnd());
    return 2;
  }
  try {
    return await command.run(io, given.files, given.options);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    io.err(`switchyard: ${error.message}`);
    return 2;
  }
}
