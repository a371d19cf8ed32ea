import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ended, run, start, stopping } from './children.mjs';
import { Refusal } from './refusal.mjs';
import { readReport } from './staging-report.mjs';

/** @typedef {{ name: string, command: string, args: readonly string[] }} Command */
/**
 * @typedef {object} Release
 * @property {string} root the working copy
 * @property {string} version without the letter of the tag, such as `0.1.0`
 * @property {string | undefined} report file of the staging test
 * @property {boolean} isDry tells what would be refused, and does nothing
 * @property {readonly Command[]} checks that take seconds
 * @property {Command} test everything; its last count is `n passed, n failed, n skipped`
 * @property {(text: string) => void} print
 */

const COUNT = /^(\d+) passed, (\d+) failed, \d+ skipped$/gm;

/** Changes of these are no other product than the one that was tried. @param {string} path */
const isDocument = (path) => path.startsWith('docs/') || /^[^/]+\.md$/.test(path);

/** @param {string} root @param {string[]} args */
async function git(root, ...args) {
  const { code, output } = await run('git', args, { cwd: root });
  return { isGood: code === 0, text: output.trim() };
}

/** @param {Pick<Release, 'root' | 'version'>} wanted */
async function aboutTree({ root, version }) {
  const [status, branch, tag] = await Promise.all([
    git(root, 'status', '--porcelain'),
    git(root, 'symbolic-ref', '--short', 'HEAD'),
    git(root, 'rev-parse', '--quiet', '--verify', `refs/tags/v${version}`),
  ]);
  return [
    ...(status.isGood && status.text === '' ? [] : [`the working copy is not clean: ${status.text.split('\n').slice(0, 5).join(', ')}`]),
    ...(branch.text === 'main' ? [] : [`this is ${branch.isGood ? `the branch ${branch.text}` : 'no branch'}, and releases are made of main`]),
    ...(tag.isGood ? [`there is a tag v${version} already`] : []),
  ];
}

/** Every package of the repository says the same version. @param {Pick<Release, 'root' | 'version'>} wanted */
async function aboutVersions({ root, version }) {
  const { text } = await git(root, 'ls-files', '--', 'package.json', '*/package.json');
  const files = text.split('\n').filter(Boolean);
  const found = files.map((file) => ({ file, said: JSON.parse(readFileSync(join(root, file), 'utf8')).version }));
  const others = found.filter(({ file, said }) => said !== version && (said !== undefined || file === 'package.json'));
  return others.map(({ file, said }) => `${file} is of version ${said ?? 'none'}, not ${version}`);
}

/** A section with a date and something in it: https://keepachangelog.com. @param {Pick<Release, 'root' | 'version'>} wanted */
function aboutChangelog({ root, version }) {
  const file = join(root, 'CHANGELOG.md');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [, date = '', body = ''] =
    [...text.matchAll(/^## \[([^\]]+)\](?: - (\d{4}-\d{2}-\d{2}))?\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm)]
      .filter(([, name]) => name === version)
      .map(([, ...rest]) => rest)[0] ?? [];
  if (!text.includes(`## [${version}]`)) return [`CHANGELOG.md has no section "## [${version}] - <date>"`];
  if (Number.isNaN(Date.parse(date))) return [`the section of ${version} in CHANGELOG.md has no date`];
  return body.trim() === '' ? [`the section of ${version} in CHANGELOG.md is empty`] : [];
}

/** The commit that was tried is this one, or differs from it in documents alone. @param {string} root @param {string} commit */
async function sinceTried(root, commit) {
  const known = await git(root, 'merge-base', '--is-ancestor', commit, 'HEAD');
  if (!known.isGood) return [`the staging report is about ${commit}, from which this commit does not come`];
  const { text } = await git(root, 'diff', '--name-only', '--no-renames', commit, 'HEAD');
  const other = text.split('\n').filter((path) => path !== '' && !isDocument(path));
  return other.length === 0
    ? []
    : [`since the staging test of ${commit.slice(0, 12)} more than documents has changed: ${other.slice(0, 5).join(', ')}`];
}

/** @param {Pick<Release, 'root' | 'version' | 'report'>} wanted */
async function aboutReport({ root, version, report: file }) {
  if (file === undefined) return ['no staging report is named: add --report staging-report.json'];
  const report = await Promise.resolve().then(() => readReport(file)).catch((error) => String(error.message)); // prettier-ignore
  if (typeof report === 'string') return [report];
  return [
    ...(report.signedOff ? [] : ['the staging report is not signed off']),
    ...(report.version === version ? [] : [`the staging test was one of version ${report.version ?? 'unknown'}, not ${version}`]),
    ...(report.isClean ? [] : ['the staging test ran with changes that were not committed']),
    ...(await sinceTried(root, report.commit)),
  ];
}

/** @param {Pick<Release, 'root' | 'checks' | 'print'>} wanted */
async function aboutChecks({ root, checks, print }) {
  const faults = [];
  for (const { name, command, args } of checks) {
    const { code, output } = await run(command, [...args], { cwd: root });
    if (code === 0) continue;
    print(`${output.trimEnd().split('\n').slice(-20).join('\n')}\n`);
    faults.push(`the check "${name}" fails`);
  }
  return faults;
}

/** Everything that is in the way of a release, at once. @param {Release} wanted */
export async function obstacles(wanted) {
  if (!/^\d+\.\d+\.\d+$/.test(wanted.version)) return [`"${wanted.version}" is no version such as 0.1.0`];
  return [
    ...(await aboutTree(wanted)),
    ...(await aboutVersions(wanted)),
    ...aboutChangelog(wanted),
    ...(await aboutReport(wanted)),
    ...(await aboutChecks(wanted)),
  ];
}

/** Runs the tests, and answers the line that counts them. @param {Release} wanted */
async function regression({ root, test, print }) {
  const child = start(test.command, [...test.args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout?.on('data', (part) => {
    output += part;
    print(String(part));
  });
  const code = await ended(child);
  if (stopping()) throw new Refusal('Stopped while testing; there is no tag.', 'Start again.');
  const last = [...output.matchAll(COUNT)].at(-1);
  if (code !== 0 || !last || last[2] !== '0' || last[1] === '0')
    throw new Refusal(
      `The tests did not pass (exit code ${code}${last ? `, ${last[0]}` : ''}); there is no tag.`,
      'Mend what failed, and begin with the staging test again.',
    );
  return last[0];
}

/** Checks, tests, then tags. Throws a Refusal that says all that is in the way. @param {Release} wanted */
export async function release(wanted) {
  const { root, version, report, isDry, print } = wanted;
  const faults = await obstacles(wanted);
  if (faults.length > 0)
    throw new Refusal(`${version} cannot be released:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`, 'docs/guides/deploy.md says what a release needs.');
  if (isDry) return void print(`Nothing is in the way of ${version}; without --dry-run the tests run, and the tag is made when they pass.\n`);
  const head = (await git(root, 'rev-parse', 'HEAD')).text;
  const count = await regression(wanted);
  // Tests take half an hour, in which somebody may have worked here.
  const changed = await aboutTree(wanted);
  if (changed.length > 0 || (await git(root, 'rev-parse', 'HEAD')).text !== head)
    throw new Refusal('The working copy changed while the tests ran; there is no tag.', 'Leave it alone meanwhile, and start again.');
  const { installation, signedOff, sha256 } = readReport(report ?? '');
  const message = `Switchyard ${version}\n\n${count}\nStaging test of ${installation}, signed off by ${signedOff?.name} at ${signedOff?.at}\nSHA-256 of its report: ${sha256}\n`;
  const tagged = await git(root, 'tag', '--annotate', `v${version}`, '--message', message, head);
  if (!tagged.isGood) throw new Refusal(`git could not make the tag: ${tagged.text}`, 'Mend that, and start again.');
  print(`v${version} is the tag of ${head}. Publish it with: git push origin v${version}\n`);
} // prettier-ignore
