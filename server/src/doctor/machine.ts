import { constants } from 'node:fs';
import { access, readFile, stat, statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '#kernel/config.ts';
import type { Finding } from './finding.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 22 || (major === 22 && minor >= 18);
  return {
    name: 'Node',
    ok,
    detail: process.versions.node,
    ...(ok ? {} : { remedy: 'Start with `npm start`, which brings Node 24, or install Node 22.18 or newer.' }),
  };
}

/** Every package that the server names can be found. */
export async function installation(): Promise<Finding> {
  const { dependencies } = JSON.parse(await readFile(join(ROOT, 'server', 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  const { resolve } = createRequire(join(ROOT, 'server', 'package.json'));
  const folders = resolve.paths('x') ?? [];
  const absent: string[] = [];
  for (const name of Object.keys(dependencies)) {
    const found = await Promise.any(folders.map((folder) => access(join(folder, name, 'package.json')))).then(
      () => true,
      () => false,
    );
    if (!found) absent.push(name);
  }
  const count = Object.keys(dependencies).length;
  if (absent.length === 0) return { name: 'Packages', ok: true, detail: `all ${count} are installed` };
  return {
    name: 'Packages',
    ok: false,
    detail: `${absent.length} of ${count} are absent: ${absent.join(', ')}`,
    remedy: 'Run `npm start`, which installs them, or `npx pnpm@12 install --frozen-lockfile`.',
  };
}

export const pages = (): Promise<Finding> =>
  stat(join(ROOT, 'web', 'dist', 'index.html')).then(
    ({ mtime }) => ({ name: 'Web application', ok: true, detail: `built ${mtime.toISOString()}` }),
    () => ({ name: 'Web application', ok: false, detail: 'it is not built; the API works without it', remedy: 'Run `npm run build`.' }),
  );

/** The folder for keys and the embedded database can be written, and what is secret in it is readable by its owner only. */
export async function homeFolder({ home }: Config): Promise<Finding> {
  const name = 'Data folder';
  if (!(await stat(home).catch(() => undefined))) return { name, ok: true, detail: `${home} does not exist yet; the first start makes it` };
  try {
    await access(home, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return {
      name,
      ok: false,
      detail: `${home} cannot be written by this user (uid ${process.geteuid?.() ?? '?'})`,
      remedy: `Run as the user who owns it, or: chown -R ${process.geteuid?.() ?? 'USER'} ${home}`,
    };
  }
  const open: string[] = [];
  for (const file of ['master.key', 'master.key.previous', 'demo.json']) {
    const found = await stat(join(home, file)).catch(() => undefined);
    if (found && (found.mode & 0o077) !== 0) open.push(join(home, file));
  }
  if (open.length > 0) return { name, ok: false, detail: `others may read ${open.join(' and ')}`, remedy: `chmod 600 ${open.join(' ')}` };
  return { name, ok: true, detail: home };
}

/** The configuration has been read, so there is a key of the right length; where it comes from decides what to back up. */
export async function masterKey({ home }: Config): Promise<Finding> {
  const name = 'Master key';
  if (process.env['SWITCHYARD_MASTER_KEY']) return { name, ok: true, detail: 'from SWITCHYARD_MASTER_KEY' };
  const file = process.env['SWITCHYARD_MASTER_KEY_FILE'] ?? join(home, 'master.key');
  const { mode } = await stat(file);
  if ((mode & 0o077) !== 0) return { name, ok: false, detail: `others may read ${file}`, remedy: `chmod 600 ${file}` };
  return { name, ok: true, detail: `${file}; keep a copy elsewhere, sealed secrets cannot be read without it` };
}

const WANTED_MB = 1_000;

export async function diskSpace({ home }: Config): Promise<Finding> {
  const { bavail, bsize } = await statfs(home).catch(() => statfs(ROOT));
  const free = Math.floor((bavail * bsize) / 1_048_576);
  const ok = free >= WANTED_MB;
  return {
    name: 'Disk space',
    ok,
    detail: `${free} MB free at ${home}`,
    ...(ok ? {} : { remedy: `Free some; below ${WANTED_MB} MB the database may have to stop.` }),
  };
}
