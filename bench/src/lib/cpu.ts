import { readdir, readFile } from 'node:fs/promises';

/** Clock ticks a second as Linux reports them to programs, on every platform that we run on. */
const TICKS = 100;

/** Parent, and seconds of processor time so far. Fields 4, 14 and 15 of /proc/<pid>/stat, counted from the name's closing bracket. */
async function look(pid: string): Promise<{ parent: number; seconds: number } | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields && { parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / TICKS };
}

/** Processor seconds that a process and its children have used. Unlike the clock it does not know how busy the machine is otherwise. */
export async function cpuSeconds(pid: number): Promise<number> {
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(all.map(async (one) => ({ pid: Number(one), ...(await look(one)) })));
  return found.reduce((sum, one) => (one.pid === pid || one.parent === pid ? sum + (one.seconds ?? 0) : sum), 0);
}
