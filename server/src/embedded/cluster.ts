import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { removeDrafts } from './drafts.ts';
import { explainOutput } from './explain.ts';
import { run } from './run.ts';
import { StartError, codeOf } from './start-error.ts';

/** One PostgreSQL data directory and the password of its superuser. */
export interface Cluster {
  data: string;
  password: string;
}

export const SUPERUSER = 'postgres';
export const DATABASE = 'switchyard';

/** MB. A fresh cluster takes 46 and its write-ahead log grows in steps of 16; on a full disk PostgreSQL cannot even say why it ends. */
const NEEDED_TO_CREATE = 300;
const NEEDED_TO_START = 48;

/** The cluster in `home`, made when there is none. Many processes may ask at once: one makes it, all get the same. */
export async function findCluster(home: string, binaries: Binaries, account: Account | null, log: (line: string) => void): Promise<Cluster> {
  const folder = join(home, 'cluster');
  await removeDrafts(home, 'draft-');
  const known = await exists(folder);
  await demandSpace(home, known ? NEEDED_TO_START : NEEDED_TO_CREATE);
  if (!known) {
    log('creating the database cluster');
    await create(home, folder, binaries, account);
  }
  const data = join(folder, 'data');
  await demandVersion(data, binaries);
  const password = await readFile(join(folder, 'password'), 'utf8').catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
    throw new StartError(
      `The password of the embedded database (${join(folder, 'password')}) is gone.`,
      'Put it back from a backup; without it the data cannot be opened.',
    );
  });
  return { data, password: password.trim() };
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    },
  );

async function demandSpace(home: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(home);
  const free = Math.floor((bavail * bsize) / 1_048_576);
  if (free >= needed) return;
  throw new StartError(
    `There is no disk space left for the database in ${home}: ${free} MB are free, ${needed} MB are needed.`,
    'Free some space, or set DATABASE_URL to a PostgreSQL elsewhere.',
  );
}

/** Made under another name and renamed when whole, so that a crash half-way leaves nothing that looks like a cluster. */
async function create(home: string, folder: string, binaries: Binaries, account: Account | null): Promise<void> {
  const draft = await mkdtemp(join(home, 'draft-'));
  try {
    const password = randomBytes(24).toString('base64url');
    const data = join(draft, 'data');
    const passwordFile = join(draft, 'password');
    await chmod(draft, account ? 0o711 : 0o700);
    await mkdir(data, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600, flush: true });
    if (account) for (const path of [data, passwordFile]) await chown(path, account.uid, account.gid);
    await initdb(data, passwordFile, binaries, account);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
  }
}

async function initdb(data: string, passwordFile: string, binaries: Binaries, account: Account | null): Promise<void> {
  // The builtin provider keeps text order the same when the system's C library changes. macOS has no C.UTF-8.
  const locale = process.platform === 'darwin' ? 'C' : 'C.UTF-8';
  const { code, output } = await run(
    binaries.program('initdb'),
    [
      `--pgdata=${data}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      `--locale=${locale}`,
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
    ],
    account,
  );
  if (code !== 0) throw explainOutput(output, 'The database cluster could not be created');
}

async function demandVersion(data: string, binaries: Binaries): Promise<void> {
  const made = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim();
  const major = binaries.version.split('.')[0];
  if (made === major) return;
  throw new StartError(
    `The database in ${data} was made by PostgreSQL ${made}; this version of Switchyard brings ${major}.`,
    'Start the version of Switchyard that made it and export the data, or set DATABASE_URL.',
  );
}
