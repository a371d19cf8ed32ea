import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execFile } from 'node:child_process';

/** What PostgreSQL writes into `postmaster.pid` of its data directory. */
export interface PidFile {
  pid: number;
  /** 0 until it listens. */
  port: number;
  ready: boolean;
}

/** Lines: pid, data directory, start time, port, socket folder, listen address, shared memory, status. */
export function parsePidFile(text: string): PidFile | undefined {
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 1) return undefined;
  return { pid, port: Number(lines[3]) || 0, ready: lines[7]?.trim() === 'ready' };
}

export const readPidFile = async (data: string): Promise<PidFile | undefined> =>
  parsePidFile(await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => ''));

/** Is a PostgreSQL alive under this number? After a reboot the number in a left-over file may be anybody's. */
export async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform === 'linux') {
    // The state follows the name, which stands in brackets; a zombie is dead.
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    return /^\d+ \(postgres\) [^ZX]/.test(stat);
  }
  return new Promise((resolve) =>
    execFile('ps', ['-o', 'comm=', '-p', String(pid)], (error, stdout) => resolve(!error && stdout.includes('postgres'))),
  );
}
