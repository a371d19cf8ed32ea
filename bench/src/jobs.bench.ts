import { setTimeout as pause } from 'node:timers/promises';
import { openDatabases, ROLES, urlFor } from '../../server/src/kernel/database.ts';
import { newId } from '../../server/src/kernel/ids.ts';
import { openJobs, type Jobs } from '../../server/src/kernel/jobs.ts';
import { openLive, type Live } from '../../server/src/kernel/live.ts';
import { withDatabase } from './lib/database.ts';
import { atMost, note, quantile } from './lib/figures.ts';

const SAMPLES = 80;

/** From the commit that asks for a job to its first line, on a system that has nothing else to do: in one process, and from one to another. */
await withDatabase(async ({ url, masterKey }) => {
  const databases = openDatabases({ url, masterKey });
  const platform = urlFor(url, ROLES.platform, masterKey);
  const open = async (): Promise<{ live: Live; jobs: Jobs }> => {
    const live = await openLive(platform, console.error);
    return { live, jobs: await openJobs({ url: platform, live, onError: console.error, supervise: true }) };
  };
  const [worker, other] = [await open(), await open()];
  const tenantId = newId();
  const started = new Map<string, number>();
  worker.jobs.work('event', async ({ id }) => void started.set(id, performance.now()));

  async function latencies({ jobs }: { jobs: Jobs }, count: number): Promise<number[]> {
    const found: number[] = [];
    for (let n = 0; n < count; n++) {
      await pause(40 + Math.random() * 60);
      const id = await databases.tenant({ tenantId }, (db) => jobs.enqueue(db, 'event', { tenantId }));
      const committed = performance.now();
      jobs.wake('event');
      while (!started.has(id)) await pause(0.2);
      found.push(started.get(id)! - committed);
    }
    return found;
  }
  await latencies(worker, 10);
  const here = await latencies(worker, SAMPLES);
  const there = await latencies(other, SAMPLES);
  for (const { jobs, live } of [worker, other]) {
    await jobs.drain(1_000);
    await jobs.close();
    await live.close();
  }
  await databases.close();
  atMost('job, enqueue to start, same process, p50', quantile(here, 0.5), 'ms', 10);
  note('job, enqueue to start, same process, p99', quantile(here, 0.99), 'ms');
  atMost('job, enqueue to start, another process, p50', quantile(there, 0.5), 'ms', 10);
  note('job, enqueue to start, another process, p99', quantile(there, 0.99), 'ms');
});
