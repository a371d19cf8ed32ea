import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { explainOutput } from './explain.ts';
import { login } from './login.ts';
import { isPostgres, readPidFile } from './pid-file.ts';
import { freePort, launch } from './postmaster.ts';
import { StartError } from './start-error.ts';

interface Wanted {
  home: string;
  cluster: Cluster;
  binaries: Binaries;
  account: Account | null;
  settings: Readonly<Record<string, string>>;
  log: (line: string) => void;
  /** Must be this one; otherwise the last one used, if free. */
  port?: number;
}

/** A session with the cluster's server. `owner`: it is ours to stop. */
export interface Reached {
  client: Client;
  owner: boolean;
  /** Folder of its socket; empty when it has none. */
  sockets: string;
  port: number;
  adopted: boolean;
}

const PATIENCE_MS = 120_000;
/** A port taken at the wrong moment, sessions of a killed server that have to notice: this is over in seconds. */
const TRIES = 50;
/** Our own starting twin is waited for above; what holds the lock longer is a stranger. */
const LOCK_TRIES = 10;
const LOCKED = /lock file "postmaster\.pid" already exists/;

/** A login to the cluster's server; the one that runs is adopted, else one is started. Throws StartError. */
export async function reach(wanted: Wanted): Promise<Reached> {
  const deadline = Date.now() + PATIENCE_MS;
  let launched = false;
  for (let tries = 0; ; tries++) {
    const running = await adopt(wanted, deadline);
    if (running && 'client' in running) {
      if (!launched)
        wanted.log(running.owner ? 'adopted the PostgreSQL that was still running' : 'sharing the PostgreSQL of another Switchyard process');
      return { ...running, adopted: !launched };
    }
    const output = await start(wanted);
    launched = output === undefined;
    if (output === undefined) continue;
    const pause = pauseAfter(output, wanted);
    if (pause === undefined || tries >= (LOCKED.test(output) ? LOCK_TRIES : TRIES)) throw refusal(output, running?.refused, wanted);
    await sleep(pause);
  }
}

async function adopt(wanted: Wanted, deadline: number): Promise<Omit<Reached, 'adopted'> | { refused: string } | undefined> {
  for (;;) {
    const pidFile = await readPidFile(wanted.cluster.data);
    if (!pidFile || !(await isPostgres(pidFile.pid))) return undefined;
    const answer = pidFile.port ? await login(wanted.cluster, pidFile.port) : { later: true as const };
    if ('client' in answer) return { ...answer, port: pidFile.port };
    // A left-over file may name another cluster's server; PostgreSQL itself will judge it.
    if ('refused' in answer) return answer;
    if (Date.now() > deadline) {
      throw new StartError(
        `The embedded PostgreSQL (process ${pidFile.pid}) runs but does not answer.`,
        `Read ${join(wanted.home, 'postgresql.log')}, or end that process.`,
      );
    }
    await sleep(50);
  }
}

async function start(wanted: Wanted): Promise<string | undefined> {
  const last = (await readPidFile(wanted.cluster.data))?.port;
  const port = wanted.port ?? (await freePort(last));
  wanted.log('starting PostgreSQL');
  return launch({ ...wanted, data: wanted.cluster.data, port });
}

/** Milliseconds after which another try may work: someone took the port, another process starts it, or a killed one lets go. */
function pauseAfter(output: string, wanted: Wanted): number | undefined {
  if (/could not (bind|create any TCP\/IP sockets)/.test(output)) return wanted.port ? 200 : 0;
  if (LOCKED.test(output) || /pre-existing shared memory block/.test(output)) return 200;
  return undefined;
}

function refusal(output: string, loginRefused: string | undefined, { cluster }: Wanted): StartError {
  if (!LOCKED.test(output)) return explainOutput(output, 'The embedded PostgreSQL did not start');
  const file = join(cluster.data, 'postmaster.pid');
  if (loginRefused) {
    return new StartError(
      `A PostgreSQL works on ${cluster.data} but refuses our login: ${loginRefused}.`,
      'Put the file `password` beside `data` back, or stop that PostgreSQL.',
    );
  }
  return new StartError(
    'PostgreSQL was not stopped in order, and the process number in its pid file now belongs to another program of the same user.',
    `If no PostgreSQL works on ${cluster.data}, remove ${file} and start again.`,
  );
}
