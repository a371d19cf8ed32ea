import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { release, type Release } from '../lib/release.mjs';
import { writeReport, type Report } from '../lib/staging-report.mjs';

/** A stand-in for the tests: it says so, and ends so. */
const says = (line: string, code = 0): Release['test'] => ({
  name: 'tests',
  command: process.execPath,
  args: ['-e', `console.log(${JSON.stringify(line)}); process.exit(${code})`],
});
const GREEN = says('3 passed, 0 failed, 1 skipped');

let folder: string;
let root: string;
let printed = '';
const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
const write = (path: string, text: string): void => writeFileSync(join(root, path), text);
function commit(path: string, text: string): string {
  write(path, text);
  git('add', '-A');
  git('commit', '-q', '-m', path);
  return git('rev-parse', 'HEAD');
}
/** The report of a staging test of the commit that is checked out, as it should be but for what is said. */
function reported(said: Partial<Report> = {}): string {
  const file = join(folder, 'report.json');
  const lines: Report['lines'] = [{ number: 1, name: 'All of it', result: 'passed', did: 'it', seconds: 1 }];
  writeReport(file, { type: 'switchyard-staging-report', installation: 'staging.example', version: '1.2.3', commit: git('rev-parse', 'HEAD'), isClean: true, startedAt: 'then', endedAt: 'now', lines, signedOff: { name: 'Rita', at: 'today' }, ...said });
  return file;
} // prettier-ignore
const releasing = (said: Partial<Release> = {}): Promise<void> =>
  release({
    root,
    version: '1.2.3',
    report: join(folder, 'report.json'),
    isDry: false,
    checks: [],
    test: GREEN,
    print: (text) => void (printed += text),
    ...said,
  });
const tags = (): string => git('tag');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-release-'));
  root = join(folder, 'repository');
  printed = '';
  mkdirSync(join(root, 'server'), { recursive: true });
  mkdirSync(join(root, 'docs'));
  git('init', '-q', '-b', 'main');
  for (const [name, value] of [['user.name', 'Rita'], ['user.email', 'rita@staging.example'], ['commit.gpgsign', 'false'], ['tag.gpgsign', 'false']]) git('config', name!, value!);
  write('package.json', '{ "version": "1.2.3" }');
  write('CHANGELOG.md', '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-03-01\n\n### Added\n\n- Everything.\n\n## [1.2.2] - 2026-02-01\n');
  commit('server/package.json', '{ "version": "1.2.3" }');
  reported();
}); // prettier-ignore
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('when nothing is in the way and the tests pass, the tag says how many and which staging report', async () => {
  commit('docs/guide.md', 'Written after the staging test.\n');
  commit('README.md', 'So was this.\n');
  await releasing();
  expect(git('cat-file', '-t', 'v1.2.3')).toBe('tag');
  expect(git('rev-parse', 'v1.2.3^{commit}')).toBe(git('rev-parse', 'HEAD'));
  const message = git('tag', '-l', '--format=%(contents)', 'v1.2.3');
  expect(message).toMatch(/^Switchyard 1\.2\.3\n\n3 passed, 0 failed, 1 skipped\nStaging test of staging\.example, signed off by Rita at today\nSHA-256 of its report: [0-9a-f]{64}$/);
  await expect(releasing()).rejects.toThrow('there is a tag v1.2.3 already');
}); // prettier-ignore

test('a dry run runs no test and makes no tag', async () => {
  await releasing({ isDry: true, test: says('never', 1) });
  expect([tags(), printed]).toEqual(['', expect.stringContaining('Nothing is in the way of 1.2.3')]);
});

describe('is refused', () => {
  test.each<[string, () => unknown, string]>([
    ['with changes that are not committed', () => write('new.txt', 'x'), 'the working copy is not clean: ?? new.txt'],
    ['on a branch', () => git('checkout', '-q', '-b', 'feature'), 'this is the branch feature'],
    ['on no branch', () => git('checkout', '-q', '--detach'), 'this is no branch'],
    ['when a package is of another version', () => (commit('server/package.json', '{ "version": "1.2.2" }'), reported()), 'server/package.json is of version 1.2.2, not 1.2.3'],
    ['without a changelog', () => commit('CHANGELOG.md', '# Changelog\n'), 'has no section "## [1.2.3] - <date>"'],
    ['without a date', () => commit('CHANGELOG.md', '## [1.2.3]\n\n- All.\n'), 'has no date'],
    ['with nothing told of it', () => commit('CHANGELOG.md', '## [1.2.3] - 2026-03-01\n\n## [1.2.2] - 2026-02-01\n\n- Less.\n'), 'is empty'],
    ['with a report that nobody signed', () => reported({ signedOff: null }), 'the staging report is not signed off'],
    ['with a report of another version', () => reported({ version: '1.2.2' }), 'one of version 1.2.2'],
    ['with a report of changes that nobody has', () => reported({ isClean: false }), 'changes that were not committed'],
    ['with a report of a commit from elsewhere', () => reported({ commit: '0'.repeat(40) }), 'from which this commit does not come'],
    ['when the product changed since', () => commit('server/main.ts', 'x'), 'more than documents has changed: server/main.ts'],
    ['with a report that was edited', () => writeFileSync(join(folder, 'report.md'), 'All is well.\n'), 'was changed after it was written'],
  ])('%s', async (_what, spoil, words) => {
    spoil();
    await expect(releasing({ isDry: true })).rejects.toThrow(words);
    expect(tags()).toBe('');
  }); // prettier-ignore

  test('without a report, with a version that is none, and when a check fails, which says why', async () => {
    await expect(releasing({ report: undefined })).rejects.toThrow('no staging report is named');
    await expect(releasing({ version: 'v1' })).rejects.toThrow('"v1" is no version');
    await expect(releasing({ checks: [{ ...says('docs/reference is stale', 1), name: 'generated files' }] })).rejects.toThrow('the check "generated files" fails');
    expect([tags(), printed]).toEqual(['', 'docs/reference is stale\n']);
  }); // prettier-ignore

  test.each([
    ['fail', says('3 passed, 1 failed, 0 skipped', 1)],
    ['end badly after a good count', says('3 passed, 0 failed, 0 skipped', 1)],
    ['count nothing', says('')],
    ['ran none', says('0 passed, 0 failed, 0 skipped')],
  ])('when the tests %s', async (_what, tests) => {
    await expect(releasing({ test: tests })).rejects.toThrow('The tests did not pass');
    expect(tags()).toBe('');
  });

  test('when somebody worked there while the tests ran', async () => {
    const meanwhile = `require('node:fs').writeFileSync('new.txt', ''); console.log('3 passed, 0 failed, 0 skipped')`;
    await expect(releasing({ test: { ...GREEN, args: ['-e', meanwhile] } })).rejects.toThrow('changed while the tests ran');
    expect(tags()).toBe('');
  });
});
