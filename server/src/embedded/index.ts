import { dirname, join, resolve } from 'node:path';
import { databaseAccount } from './account.ts';
import { prepareBinaries } from './binaries.ts';
import { findCluster } from './cluster.ts';
import { urlOf } from './login.ts';
import { findPlace, type Place } from './place.ts';
import { reach } from './reach.ts';
import { asStartError, type StartError } from './start-error.ts';
import { supervise } from './supervision.ts';

export { StartError, asStartError, codeOf } from './start-error.ts';
export { checkDatabaseUrl } from './check-external.ts';
export { checkPort, listenError } from './check-port.ts';

export interface EmbeddedOptions {
  /** Folder that belongs to the database alone, such as `.switchyard/postgres`. */
  dir: string;
  /** Takes one line per step. */
  log: (line: string) => void;
  /** Where the programs are copied to; default `cache` beside `dir`. */
  cacheDir?: string;
  /** PostgreSQL settings that win over ours. */
  settings?: Readonly<Record<string, string>>;
  /** The cluster is removed, files and all, when we stop or die. For tests. */
  throwaway?: boolean;
  /** Where the cluster lies when `dir` is closed to the database's account; see place.ts. */
  system?: Place;
  /** PostgreSQL went away and could not be brought back: the process should end. */
  onLost?: (error: StartError) => void;
}

export interface Embedded {
  /** Login of the superuser to the database `switchyard`; stays the same until `stop`. */
  url: string;
  /** It was running already, left by a process that was killed or in use by another. */
  adopted: boolean;
  /** Resolves when PostgreSQL has ended, or at once when another process of ours goes on using it. */
  stop: () => Promise<void>;
}

/**
 * The embedded PostgreSQL of `dir`: created, started, or adopted when it still runs. While we live it is brought back if it dies;
 * when we end, in whatever way, it ends, unless another process of ours uses it. Throws StartError.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  try {
    return await start(options);
  } catch (error) {
    throw asStartError(error) ?? error;
  }
}

async function start({ dir: given, log, cacheDir, settings = {}, throwaway = false, system, onLost }: EmbeddedOptions): Promise<Embedded> {
  // PostgreSQL is started in another folder than ours.
  const dir = resolve(given);
  const account = databaseAccount();
  const { home, cache } = await findPlace(dir, cacheDir ?? join(dirname(dir), 'cache'), account, log, system);
  const binaries = await prepareBinaries(cache, account);
  const cluster = await findCluster(home, binaries, account, log);
  const find = (port?: number) => reach({ home, cluster, binaries, account, settings, log, ...(port ? { port } : {}) });
  const first = await find();
  const stop = supervise({ home, throwaway, first, find, log, onLost });
  return { url: urlOf(cluster, first), adopted: first.adopted, stop };
}
