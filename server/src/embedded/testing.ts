import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isPostgres, readPidFile } from './pid-file.ts';

/** What the tests of this folder share. */
export const cacheDir = fileURLToPath(new URL('../../../.switchyard/cache', import.meta.url));
const HOLD = fileURLToPath(new URL('./hold.ts', import.meta.url));

export const temporary = (): Promise<string> => mkdtemp(join(tmpdir(), 'switchyard-embedded-'));

/** Another process that holds the database of `dir`, as `npm run dev` does. */
export interface Holder {
  process: ChildProcess;
  url: string;
  adopted: boolean;
  ended: Promise<number | null>;
}

export const launchHolder = (dir: string) => spawn(process.execPath, [HOLD, '--dir', dir, '--cache', cacheDir], { stdio: ['pipe', 'pipe', 'pipe'] });

export function holder(dir: string): Promise<Holder> {
  const child = launchHolder(dir);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let out = '';
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('\n')) resolve({ process: child, ended, ...(JSON.parse(out) as { url: string; adopted: boolean }) });
    });
    void ended.then((code) => reject(new Error(`the holder ended with ${code}: ${err}`)));
  });
}

export const dataOf = (dir: string): string => join(dir, 'cluster', 'data');

export async function postmasterOf(dir: string): Promise<number> {
  const found = await readPidFile(dataOf(dir));
  if (!found) throw new Error(`no postmaster in ${dir}`);
  return found.pid;
}

/** Waits until no PostgreSQL works on `dir`. */
export async function gone(dir: string): Promise<void> {
  for (;;) {
    const found = await readPidFile(dataOf(dir));
    if (!found || !(await isPostgres(found.pid))) return;
    await sleep(20);
  }
}

/** Processes whose parent is `pid` and whose command line holds `word` (Linux). */
export async function childrenOf(pid: number, word: string): Promise<number[]> {
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ').filter(Boolean).map(Number);
  const lines = await Promise.all(children.map((child) => readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')));
  return children.filter((_, index) => lines[index]?.includes(word));
}

export async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

export const remove = (dir: string): Promise<void> => rm(dir, { recursive: true, force: true });
