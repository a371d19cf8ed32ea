import { spawn } from 'node:child_process';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnAs, type Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { readPidFile } from './pid-file.ts';

export interface Launch {
  home: string;
  data: string;
  port: number;
  binaries: Binaries;
  account: Account | null;
  settings: Readonly<Record<string, string>>;
}

/** Confirmed means on disk. Statements stay out of the log: they hold what users typed. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // Of no use to anybody but the account itself and root.
  unix_socket_permissions: '0700',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '100',
  shared_buffers: '128MB',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
};

/** Bytes that the path of a socket may have (unix(7); macOS has the least), without the name that PostgreSQL gives it. */
const LONGEST_FOLDER = 103 - '/.s.PGSQL.65535'.length;

/** Beside the data, which nobody else can reach: a query by it takes a third less than over the network. None where the path is too long. */
const socketFolder = (data: string): string => (Buffer.byteLength(data) > LONGEST_FOLDER ? '' : data);

const RECOVERY_LIMIT_MS = 600_000;

/** Starts a postmaster and waits until it takes logins. Answers what it printed when it gave up, `undefined` when it is up. */
export async function launch({ home, data, port, binaries, account, settings }: Launch): Promise<string | undefined> {
  const logFile = join(home, 'postgresql.log');
  await turnLog(logFile);
  const log = await open(logFile, 'a', 0o600);
  const begin = (await log.stat()).size;
  const options = Object.entries({ ...SETTINGS, unix_socket_directories: socketFolder(data), ...settings, port: String(port) }).flatMap(
    ([name, value]) => ['-c', `${name}=${value}`],
  );
  const child = spawn(binaries.program('postgres'), ['-D', data, ...options], {
    ...spawnAs(account),
    // Its own session: Ctrl-C in the terminal must not end it before we have finished with it.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  let ended: string | undefined;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', () => (ended ??= ''));
  child.unref();
  await log.close();
  const deadline = Date.now() + RECOVERY_LIMIT_MS;
  for (;;) {
    if (ended !== undefined) return `${ended}\n${(await readFile(logFile)).subarray(begin).toString()}`;
    const pidFile = await readPidFile(data);
    if (pidFile?.pid === child.pid && pidFile?.ready) return undefined;
    if (Date.now() > deadline) {
      child.kill('SIGQUIT');
      return `FATAL: it was not ready after ${RECOVERY_LIMIT_MS / 60_000} minutes`;
    }
    await sleep(20);
  }
}

/** One earlier log is kept; nothing grows without end. */
async function turnLog(logFile: string): Promise<void> {
  const found = await stat(logFile).catch(() => undefined);
  if (found && found.size > 10 * 1024 * 1024) await rename(logFile, `${logFile}.1`);
}

/** The wanted port when it is free, else one that the system picks. */
export const freePort = (wanted = 0): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => (wanted === 0 ? reject(error) : resolve(freePort())));
    server.listen({ host: '127.0.0.1', port: wanted, exclusive: true }, () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
