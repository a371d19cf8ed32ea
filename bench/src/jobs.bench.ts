import { openDatabases, ROLES, urlFor } from '../../server/src/kernel/database.ts';
import { openJobs } from '../../server/src/kernel/jobs.ts';
import { openLive } from '../../server/src/kernel/live.ts';
import { withDatabase } from './lib/database.ts';
import { atMost, note, quantile } from './lib/figures.ts';

const JOBS = 300;
const fail = (error: Error): never => {
  throw error;
};

/** From the commit that enqueues a job to the start of its work, on an idle system: in one process, and from one process to another. */
await withDatabase(async ({ url, masterKey }) => {
  const platformUrl = urlFor(url, ROLES.platform, masterKey);
  const databases = openDatabases({ url, masterKey });
  const here = await openLive(platformUrl, fail);
  const there = await openLive(platformUrl, fail);
  const sender = await openJobs({ url: platformUrl, live: here, onError: fail, supervise: false });
  const worker = await openJobs({ url: platformUrl, live: there, onError: fail, supervise: true });
  const tenantId = crypto.randomUUID();

  let started = (_id: string): void => undefined;
  worker.work('event', async ({ id }) => started(id));

  async function one(wake: () => void): Promise<number> {
    const begun = new Promise<number>((resolve) => (started = () => resolve(performance.now())));
    await databases.tenant({ tenantId }, (db) => sender.enqueue(db, 'event', { tenantId, eventId: 'none', module: 'none' }));
    const committed = performance.now();
    wake();
    const ms = (await begun) - committed;
    await new Promise((resolve) => setTimeout(resolve, 10)); // idle again
    return ms;
  }
  const measure = async (wake: () => void): Promise<number[]> => {
    for (let n = 0; n < 20; n++) await one(wake);
    const times: number[] = [];
    for (let n = 0; n < JOBS; n++) times.push(await one(wake));
    return times;
  };

  const same = await measure(() => worker.wake('event'));
  const other = await measure(() => sender.wake('event'));
  atMost('job, enqueue to start, same process, p50', quantile(same, 0.5), 'ms', 10);
  note('job, enqueue to start, same process, p99', quantile(same, 0.99), 'ms');
  atMost('job, enqueue to start, another process, p50', quantile(other, 0.5), 'ms', 10);
  note('job, enqueue to start, another process, p99', quantile(other, 0.99), 'ms');
  await Promise.all([sender.drain(1_000), worker.drain(1_000)]);
  await Promise.all([sender.close(), worker.close()]);
  await Promise.all([here.close(), there.close(), databases.close()]);
});
