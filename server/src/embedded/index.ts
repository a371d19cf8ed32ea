import { dirname, join } from 'node:path';
import type { Client } from 'pg';
import { databaseAccount } from './account.ts';
import { prepareBinaries } from './binaries.ts';
import { findCluster } from './cluster.ts';
import { startGuard, type Guard } from './guard.ts';
import { urlOf } from './login.ts';
import { findPlace } from './place.ts';
import { StartError, asStartError } from './start-error.ts';
import { reach, type Reached } from './reach.ts';

export { StartError, asStartError } from './start-error.ts';
export { checkDatabaseUrl } from './check-external.ts';
export { checkPort } from './check-port.ts';

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
  /** PostgreSQL went away and could not be brought back: the process should end. */
  onLost?: (error: StartError) => void;
}

export interface Embedded {
  /** Login of the superuser to the database `switchyard`; stays the same until `stop`. */
  url: string;
  /** It was running already, left by a process that was killed or in use by another. */
  adopted: boolean;
  stop: () => Promise<void>;
}

/** More than this many restarts in a minute is not bad luck. */
const RESTARTS_PER_MINUTE = 5;

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

async function start({
  dir,
  log,
  cacheDir = join(dirname(dir), 'cache'),
  settings = {},
  throwaway = false,
  onLost,
}: EmbeddedOptions): Promise<Embedded> {
  const account = databaseAccount();
  const { home, cache } = await findPlace(dir, cacheDir, account, log);
  const binaries = await prepareBinaries(cache, account);
  const cluster = await findCluster(home, binaries, account, log);
  const find = (port?: number) => reach({ home, cluster, binaries, account, settings, log, ...(port ? { port } : {}) });

  let guard: Guard | undefined;
  let current: Client | undefined;
  let recovery: Promise<void> | undefined;
  let stopping = false;
  const restarts: number[] = [];

  const hold = ({ client, owner, port }: Reached): void => {
    current = client;
    if (owner) guard ??= startGuard(home, throwaway);
    else guard = void guard?.dismiss();
    client.once('end', () => {
      if (!stopping) recovery = recover(port);
    });
  };

  const recover = async (port: number): Promise<void> => {
    const now = Date.now();
    restarts.push(now);
    if (restarts.filter((at) => now - at < 60_000).length > RESTARTS_PER_MINUTE) {
      onLost?.(new StartError('The embedded PostgreSQL keeps stopping.', `Read ${join(home, 'postgresql.log')}.`));
      return;
    }
    log('the connection to the embedded PostgreSQL was lost; looking for it');
    try {
      const reached = await find(port);
      if (stopping) {
        await reached.client.end();
        if (reached.owner) await startGuard(home, throwaway).stop();
        return;
      }
      log('the embedded PostgreSQL is back');
      hold(reached);
    } catch (error) {
      if (!stopping)
        onLost?.(
          asStartError(error) ??
            new StartError(`The embedded PostgreSQL could not be started again: ${String(error)}`, `Read ${join(home, 'postgresql.log')}.`),
        );
    }
  };

  const first = await find();
  hold(first);
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopping = true;
    await current?.end().catch(() => undefined);
    await guard?.stop();
    await recovery;
  };
  return { url: urlOf(cluster, first.port), adopted: first.adopted, stop: () => (stopped ??= stop()) };
}
