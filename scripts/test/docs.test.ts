import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLIENT_KEYS, describeSettings } from '../../server/src/kernel/settings.ts';
import { readTexts } from '../../server/test/architecture/committed.ts';
import { ROOT } from '../../server/test/architecture/sources.ts';
import { commandFault, toldCommands } from './told.ts';

const texts = readTexts();
/** What is written by hand for people who use the product. */
const documents = texts.filter(({ path }) => /^(docs\/guides\/.*|docs\/[^/]+|[^/]+)\.md$/.test(path));
/** Texts that go into hashes and keys begin as commands do. */
const NO_COMMANDS: ReadonlySet<string> = new Set(['audit chain v1', 'workflow value']);
/** Settings of programs that users write themselves, after docs/samples. */
const OF_SAMPLES: ReadonlySet<string> = new Set(['SWITCHYARD_WEBHOOK_SECRET']);
/** These have the reader write a module, whose commands are there once they have. */
const OF_THE_READER = /^docs\/guides\/add-an?-/;

test('the reading of commands finds them in code, across lines, behind pipes and in prose, and nowhere else', () => {
  const text = [
    'Run `switchyard servers list --json`, not the switchyard of words, nor `switchyard`.',
    '```sh',
    'export A=1 # switchyard nothing',
    'printf %s "a | b" | switchyard env-vars create --name X --value -   # a comment',
    '  SWITCHYARD_URL=http://x npx switchyard grants create --scope \'{"any":[]}\' \\',
    '    --subject-id <a person> > file',
    'node server/src/main.ts tenants list',
    '```',
  ].join('\n');
  expect(toldCommands({ path: 'x.md', text }).map(({ words }) => words)).toEqual([
    ['env-vars', 'create', '--name', 'X', '--value', '-'],
    ['grants', 'create', '--scope', '{"any":[]}', '--subject-id', '<a person>'],
    ['tenants', 'list'],
    ['servers', 'list', '--json'],
  ]);
});

test.each([
  ['servers lisst', 'there is no command "servers lisst"'],
  ['servers list --colour red', "Unknown option '--colour'"],
  ['secrets create --name X --value s3cret', '--value is a secret and takes - or @file'],
  ['users create --tenant acme --shoe-size 42', '"users" takes no --shoe-size'],
  ['serve', undefined],
  ['config check', undefined],
  ['run --colour red -- node x.js', "Unknown option '--colour'"],
  ['workflows pull --colour', '"workflows pull" takes no --colour'],
])('the judging of commands finds what is wrong with "%s", or nothing', (line, fault) => {
  expect(commandFault({ where: '', words: line.split(' '), isServer: false })).toBe(fault);
});

test('every command that a document names is one that the program takes, with these options', () => {
  const told = documents
    .filter(({ path }) => !OF_THE_READER.test(path))
    .flatMap(toldCommands)
    .filter(({ words }) => !NO_COMMANDS.has(words.join(' ')));
  expect(told.length).toBeGreaterThan(150);
  const faults = told.flatMap((one) => {
    const fault = commandFault(one);
    return fault === undefined ? [] : [`${one.where}: ${one.words.join(' ').slice(0, 80)}: ${fault}`];
  });
  expect(faults).toEqual([]);
});

test('every setting that a document names is one that a program reads', () => {
  const known = new Set([...OF_SAMPLES, ...describeSettings().map(({ name }) => name), ...CLIENT_KEYS]);
  const sources = texts.filter(({ path }) => /\.(ts|mjs)$/.test(path) && !path.endsWith('.test.ts'));
  for (const { text } of sources) for (const [, name] of text.matchAll(/\benv(?:\.|\[')(SWITCHYARD_\w+)/g)) known.add(name!);
  const unknown = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/\bSWITCHYARD_[A-Z0-9_]*[A-Z0-9]\b/g)].flatMap(([name]) => (known.has(name) ? [] : [`${path}: ${name}`])),
  );
  expect(unknown).toEqual([]);
});

test('every path of the repository that a document names is there', () => {
  const faults = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/`((?:server|web|sdk|e2e|scripts|deploy|docs|bench)\/[\w@./-]+\.\w+)(?::\d+)?`/g)].flatMap(([, named]) =>
      existsSync(join(ROOT, named!)) || named!.includes('/dist/') ? [] : [`${path}: ${named}`],
    ),
  );
  expect(faults).toEqual([]);
});

test('every proof that docs/traceability.csv names is there', () => {
  const rows = readFileSync(join(ROOT, 'docs/traceability.csv'), 'utf8').trim().split('\n').slice(1);
  expect(rows.length).toBeGreaterThan(400);
  const faults = rows.flatMap((row) => {
    const [, proof = ''] = /,"?([^",]+)"?$/.exec(row) ?? [];
    const missing = proof.split(';').filter((file) => !existsSync(join(ROOT, file.split('#')[0]!)));
    return proof === '' || missing.length > 0 ? [`${row.split(',')[0]}: ${missing.join(', ') || 'no proof'}`] : [];
  });
  expect(faults).toEqual([]);
});
