import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { ROOT } from '../lib/paths.mjs';
import { Refusal, script } from '../lib/refusal.mjs';
import { answerLine, openLines, readReport, signOff, writeReport } from '../lib/staging-report.mjs';
import { readConfig } from './config.ts';
import { openInstallation } from './installation.ts';
import { createLines, withoutSecrets } from './lines.ts';
import { outside } from './outside.ts';
import { tryPeeringdb } from './peeringdb.ts';
import { tryRouteServers } from './route-servers.ts';
import type { Stage } from './stage.ts';
import { tryDoctor, tryIdentityProvider, tryInstallation, tryMail, tryRestart } from './surroundings.ts';
import { tidy } from './tidy.ts';
import { tryZerotier } from './zerotier.ts';

const USAGE = `usage: npm run staging -- --config staging.yaml --confirm <host of the installation> [--report staging-report.json]
       npm run staging -- sign --report staging-report.json --as "Name" --line 6,10 --result passed [--note "…"]
       npm run staging -- sign --report staging-report.json --as "Name"        once every line passed
       npm run staging -- verify --report staging-report.json
`;
const print = (text: string): void => void process.stdout.write(text);

/** The commit that the program is of, and whether the working copy is that commit. */
function source(): { commit: string; isClean: boolean } {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  const head = git('rev-parse', 'HEAD');
  if (head.status !== 0) throw new Refusal('This is no working copy of git, so nobody could tell what was tried.', 'Run it in a clone of the repository.'); // prettier-ignore
  return { commit: head.stdout.trim(), isClean: git('status', '--porcelain').stdout === '' };
}

/** Aborted by Ctrl-C, or by whoever ends us: what was made is taken away all the same. */
function onStop(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (!stop.signal.aborted) print(`\n${signal}: taking away what was made\n`);
      stop.abort();
    });
  return stop.signal;
}

/** Every line, in the order in which they build on one another. Answers the version that the installation says. */
async function tryAll(stage: Stage): Promise<string | null> {
  let version: string | null = null;
  const reached = await tryInstallation(stage, (found) => (version = found));
  await tryPeeringdb(stage, reached);
  await tryZerotier(stage, reached);
  await tryRouteServers(stage, reached);
  await tryMail(stage, reached);
  await tryIdentityProvider(stage, reached);
  await tryDoctor(stage);
  await tryRestart(stage, reached);
  return version;
}

interface Wanted {
  config: string;
  confirm: string | undefined;
  report: string;
}

async function test({ config: file, confirm, report }: Wanted): Promise<number> {
  const { config, secrets, host } = readConfig(file, process.env);
  if (confirm !== host)
    throw new Refusal(
      confirm === undefined ? `Nothing is done to ${host} that you have not confirmed.` : `${file} is about ${host}, and you confirmed ${confirm}.`,
      `Make sure that it is the installation of staging, then add --confirm ${host}.`,
    );
  const { commit, isClean } = source();
  const scrub = withoutSecrets(secrets);
  const say = (line: string): void => print(`      …  ${scrub(line)}\n`);
  const stop = onStop();
  const never = new AbortController().signal;
  const at = (signal: AbortSignal) => ({ config, signal, say, installation: openInstallation(config, signal, say), ask: outside(config.allowPrivateTargets, signal) });
  const lines = createLines(stop, scrub, print);
  const startedAt = new Date().toISOString();
  print(`\nStaging test of ${host}\n`);
  // What a run that was killed has left would be in the way of this one.
  const tidying: Stage = { ...at(never), lines };
  const before = await tidy(tidying).catch(() => []);
  if (before.length > 0) say(`an earlier run had left ${before.join(', ')}`);
  const tested = at(stop);
  const version = await tryAll({ ...tested, lines });
  await lines.atLast('Nothing is left', async () => {
    await tested.installation.settle();
    return (await tidy(tidying)).join(', ') || 'there was nothing to take away';
  });
  const written = writeReport(report, { type: 'switchyard-staging-report', installation: host, version, commit, isClean, startedAt, endedAt: new Date().toISOString(), lines: [...lines.all], signedOff: null });
  const count = (result: string): number => lines.all.filter((one) => one.result === result).length;
  print(`${report}: ${count('passed')} passed, ${count('failed')} failed, ${count('person')} for a person, ${count('skipped')} not tried\nSHA-256 ${written.sha256}\n`);
  if (stop.aborted) return 130;
  return count('failed') + count('skipped') === 0 ? 0 : 1;
} // prettier-ignore

function verify(file: string): number {
  const { installation, commit, signedOff, sha256, ...report } = readReport(file);
  const open = openLines(report);
  const standing = signedOff ? `signed off by ${signedOff.name} at ${signedOff.at}` : `not signed off: ${open.length} lines did not pass`;
  print(`${installation} at ${commit}: as it was written, ${standing}\nSHA-256 ${sha256}\n`);
  return signedOff ? 0 : 1;
}

function sign(
  report: string,
  { as = '', line, result = '', note = null }: { as?: string; line?: string; result?: string; note?: string | null },
): number {
  if (line === undefined) signOff(report, { as });
  for (const number of line?.split(',') ?? []) answerLine(report, { as, line: Number(number), result, note });
  const done = readReport(report);
  const open = openLines(done).map(({ number }) => number);
  print(
    `${done.signedOff ? 'Signed off' : `${open.length} lines are left${open.length > 0 ? `: ${open.join(', ')}` : ''}`}\nSHA-256 ${done.sha256}\n`,
  );
  return 0;
}

const text = { type: 'string' } as const;
function argumentsOf(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { config: text, confirm: text, report: text, as: text, line: text, result: text, note: text } }); // prettier-ignore
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error), USAGE.trimEnd());
  }
}

await script(async () => {
  const { values, positionals } = argumentsOf(process.argv.slice(2));
  const { config, confirm, report = 'staging-report.json', ...said } = values;
  if (!report.endsWith('.json')) throw new Refusal(`${report} does not end in .json.`, 'The text for people is written beside it, ending in .md.');
  const [verb, ...more] = positionals;
  if (more.length > 0 || (verb !== undefined && verb !== 'sign' && verb !== 'verify'))
    throw new Refusal(`There is no "${positionals.join(' ')}".`, USAGE.trimEnd());
  if (verb === 'sign') return sign(report, said);
  if (verb === 'verify') return verify(report);
  if (config === undefined) throw new Refusal('No configuration is named.', USAGE.trimEnd());
  return test({ config, confirm, report });
});
