import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { run, stopping } from './children.mjs';
import { ROOT, at } from './paths.mjs';
import { Refusal } from './refusal.mjs';

/** Not in package.json's `packageManager`: pnpm would then try to fetch itself again. */
const PNPM = 'pnpm@12.21.0';
const MANIFESTS = [
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'package.json',
  ...['server', 'web', 'sdk', 'e2e', 'bench'].map((name) => `${name}/package.json`),
];
const STAMP = at('node_modules', '.switchyard-install');

/** What the installed packages depend on: the lock, the manifests and the platform. */
function wanted() {
  const hash = createHash('sha256');
  for (const file of MANIFESTS)
    hash
      .update(`${file}\0`)
      .update(readFileSync(at(file)))
      .update('\0');
  return `${process.platform}-${process.arch} ${hash.digest('hex')}\n`;
}

export const isInstalled = () => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted();

/** npm and pnpm keep their caches in the home folder; when there is none that can be written, ours serves. */
function withHome() {
  const { HOME: home, ...rest } = process.env;
  try {
    if (!home) throw new Error('no HOME');
    accessSync(home, constants.W_OK);
    return process.env;
  } catch {
    const own = at('.switchyard', 'cache', 'home');
    mkdirSync(own, { recursive: true });
    return { ...rest, HOME: own };
  }
}

/**
 * Installs what the lock names, unless that was done before.
 * @param {(what: string) => void} say
 */
export async function install(say) {
  demandNode();
  if (isInstalled()) return say('up to date');
  say(existsSync(at('node_modules')) ? 'updating' : 'installing (this is done once)');
  rmSync(STAMP, { force: true });
  const before = wanted();
  const result = await run('npx', ['--yes', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: ROOT,
    env: { ...withHome(), CI: 'true' },
  });
  if (stopping()) throw new Refusal('Stopped while installing.', 'Start again; what was fetched is kept.');
  if (result.code !== 0) throw explain(result);
  writeFileSync(STAMP, before);
  say('installed');
}

function demandNode() {
  if (Number(process.versions.node.split('.')[0]) >= 20) return;
  throw new Refusal(
    `Switchyard needs Node 20 or newer to start; this is ${process.versions.node}.`,
    'Install a newer Node from https://nodejs.org or your distribution.',
  );
}

/** @param {{ code: number, output: string }} result */
function explain({ code, output }) {
  const tail = output.trimEnd().split('\n').slice(-15).join('\n');
  if (code === 127) return new Refusal('npm (its command npx) was not found.', 'Install npm; it comes with Node.');
  if (/ENOSPC|No space left/i.test(output))
    return new Refusal('There is no disk space left for the packages (about 900 MB).', 'Free some space, then start again.');
  const [network] =
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|SELF_SIGNED_CERT\w*|UNABLE_TO_\w+|ERR_PNPM_META_FETCH_FAIL/.exec(output) ?? [];
  if (network) {
    return new Refusal(
      `The packages could not be fetched (${network}).`,
      'Check the way to the npm registry (proxy: HTTPS_PROXY, own registry: npm config set registry), then start again.',
    );
  }
  if (/EACCES|EPERM/.test(output)) return new Refusal(`${tail}\nThe packages could not be written.`, `Start as the user who owns ${ROOT}.`);
  return new Refusal(`${tail}\nThe install failed.`, 'The lines above say why; start again when it is mended.');
}
