import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { canEnter, type Account } from './account.ts';
import { StartError } from './start-error.ts';

/** Where the cluster and the programs lie. */
export interface Place {
  home: string;
  cache: string;
}

/** Where clusters and programs lie that cannot be below the checkout. */
export const SYSTEM: Place = { home: '/var/lib/switchyard', cache: '/var/cache/switchyard' };

/** A folder that is ours alone to write: made when absent, refused when it is a link, another's, or open to others. */
export async function ownFolder(path: string, mode: number): Promise<void> {
  await mkdir(path, { recursive: true, mode });
  const stat = await lstat(path);
  if (!stat.isDirectory()) throw new StartError(`${path} is not a folder.`, 'Move it away, then start again.');
  if (stat.uid !== process.geteuid?.()) {
    throw new StartError(`${path} belongs to another user (uid ${stat.uid}).`, 'Start as the user who owns it, or move it away.');
  }
  // The umask may have closed it to the database's account, or a careless one left it open.
  if ((stat.mode & 0o777) !== mode) await chmod(path, mode);
}

/**
 * Below `dir` when the account can enter it. A checkout in root's home (mode 0700) is closed to the account; then the
 * cluster lies in /var/lib and `dir/where` says in which folder. The first choice stays: a cluster never moves by itself.
 */
export async function findPlace(
  dir: string,
  cacheDir: string,
  account: Account | null,
  log: (line: string) => void,
  system: Place = SYSTEM,
): Promise<Place> {
  await ownFolder(dir, account ? 0o711 : 0o700);
  if (!account) {
    await ownFolder(cacheDir, 0o755);
    return { home: dir, cache: cacheDir };
  }
  const elsewhere = await readFile(join(dir, 'where'), 'utf8').catch(() => '');
  if (elsewhere) return systemPlace(elsewhere.trim(), system);
  if (canEnter(account, dir)) {
    await mkdir(dirname(cacheDir), { recursive: true });
    await ownFolder(cacheDir, 0o755);
    return { home: dir, cache: canEnter(account, cacheDir) ? cacheDir : await systemCache(system) };
  }
  const names = await readdir(dir);
  if (names.includes('cluster')) {
    throw new StartError(
      `The database in ${dir} can no longer be reached by the account "${account.name}".`,
      `Let others pass through the folders above it (chmod o+x), or run as the user who owns it.`,
    );
  }
  return newSystemHome(dir, account, log, system);
}

async function newSystemHome(dir: string, account: Account, log: (line: string) => void, system: Place): Promise<Place> {
  await ownFolder(system.home, 0o755);
  const home = join(system.home, randomBytes(6).toString('hex'));
  for (const old of await earlierHomes(dir, system)) log(`an earlier database of this checkout is still in ${old}; remove it if nobody needs it`);
  const place = await systemPlace(home, system);
  await writeFile(join(home, 'origin'), `${dir}\n`, { mode: 0o600 });
  await writeFile(join(dir, 'where'), `${home}\n`, { mode: 0o600 });
  log(`the account "${account.name}" cannot enter ${dir}, so the database lies in ${home}`);
  return place;
}

async function earlierHomes(dir: string, system: Place): Promise<string[]> {
  const homes = (await readdir(system.home)).map((name) => join(system.home, name));
  const origins = await Promise.all(homes.map((home) => readFile(join(home, 'origin'), 'utf8').catch(() => '')));
  return homes.filter((_, index) => origins[index]?.trim() === dir);
}

async function systemPlace(home: string, system: Place): Promise<Place> {
  await ownFolder(home, 0o711);
  return { home, cache: await systemCache(system) };
}

async function systemCache({ cache }: Place): Promise<string> {
  await ownFolder(cache, 0o755);
  return cache;
}
