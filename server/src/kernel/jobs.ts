import { setTimeout as pause } from 'node:timers/promises';
import { PgBoss, type JobWithMetadata } from 'pg-boss';
import type { Database } from './database.ts';
import { QUEUES, type QueueName } from './jobs-schema.ts';
import type { Live } from './live.ts';
import { scrub } from './taint.ts';
import { within } from './whereabouts.ts';

/** Ids only: a job never carries inputs, names or secrets. */
export interface JobData {
  tenantId: string;
  [id: string]: string;
}

export interface JobRun {
  id: string;
  data: JobData;
  /** 1 for the first try. */
  attempt: number;
  /** Aborted when the lease is lost or the process drains; `signal.reason` says which. */
  signal: AbortSignal;
}

export interface Jobs {
  /** In the caller's transaction: the job exists if and only if the transaction commits. `priority`: higher goes first. */
  enqueue: (db: Database, queue: QueueName, data: JobData, options?: { priority?: number; startAfter?: Date }) => Promise<string>;
  /** Wakes the workers of a queue; call it after the commit that enqueued. */
  wake: (queue: QueueName) => void;
  work: (queue: QueueName, run: (job: JobRun) => Promise<void>) => void;
  /** Calls `run` once per occurrence of `cron` (five fields, UTC) in the whole installation. */
  schedule: (name: string, cron: string, run: () => Promise<void>) => Promise<void>;
  counts: () => Promise<{ queue: string; waiting: number; active: number; failed: number }[]>;
  /** Takes no new jobs, lets the running ones reach a checkpoint, and answers how many did not within the time. */
  drain: (deadlineMs: number) => Promise<number>;
  close: () => Promise<void>;
}

export class LeaseLost extends Error {}
export class Draining extends Error {}

interface Options {
  url: string;
  live: Live;
  onError: (error: Error) => void;
  /** Also watch over leases, schedules and old jobs: the processes that work. */
  supervise: boolean;
}

const topicOf = (queue: string): string => `jobs:${queue}`;
const LOOK_MS = 1_000;
/** Those of the named queues in which a job waits whose time has come. */
const READY = `select name from unnest($1::text[]) as queue (name) where exists (select from pgboss.job_common as job
  where job.name = queue.name and job.state < 'active' and not job.blocked and job.start_after <= pgboss.job_now())`;
const TOUCH_MS = 3_000;

/** pg-boss behind our contract. This file and jobs-schema.ts are the only ones that know it. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export async function openJobs({ url, live, onError, supervise }: Options): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: url, max: 6, application_name: 'switchyard:jobs', migrate: false, createSchema: false, reindex: false, monitorVacuum: false,
    supervise, schedule: supervise, superviseIntervalSeconds: 2, monitorIntervalSeconds: 2, cronMonitorIntervalSeconds: 10, cronWorkerIntervalSeconds: 1,
  }); // prettier-ignore
  boss.on('error', onError);
  await boss.start();

  // Not by job: one that this process lost may come back to it while the old attempt is still winding up.
  const running = new Set<{ abort: AbortController; done: Promise<void> }>();
  const clockwork = new Map<string, () => Promise<void>>();
  const loops: Promise<void>[] = [];
  const stop = new AbortController();
  /** Wakes the loop of a queue that found nothing to do. */
  const asleep = new Map<QueueName, () => void>();

  /** For what nobody wakes us for: retries, and what begins at its time. One question for all queues; each fetching for itself cost a dozen. */
  async function look(): Promise<void> {
    while (!stop.signal.aborted) {
      await pause(LOOK_MS, undefined, { signal: stop.signal }).catch(() => undefined);
      if (stop.signal.aborted || asleep.size === 0) continue;
      const { rows } = await boss
        .getDb()
        .executeSql(READY, [[...asleep.keys()]])
        .catch((error: Error) => (onError(error), { rows: [] }));
      for (const { name } of rows as { name: QueueName }[]) asleep.get(name)?.();
    }
  }

  async function carryOut(
    queue: QueueName,
    job: JobWithMetadata<JobData>,
    run: (job: JobRun) => Promise<void>,
    abort: AbortController,
  ): Promise<void> {
    const attempt = { id: job.id, retryCount: job.retryCount };
    const beat = setInterval(() => {
      boss.touch(queue, attempt).then(
        // The package's type of this answer is empty; its documentation promises the count.
        (answer) => (answer as { affected?: number }).affected === 0 && abort.abort(new LeaseLost(`job ${job.id} was given to another worker`)),
        onError, // a missed beat is made up by the next; the lease outlasts two
      );
    }, TOUCH_MS);
    try {
      const attempted = { id: job.id, data: job.data, attempt: job.retryCount + 1, signal: abort.signal };
      await within({ ...job.data, jobId: job.id, queue }, () => run(attempted));
      await boss.complete(queue, attempt);
    } catch (error) {
      if (!(error instanceof LeaseLost || error instanceof Draining)) onError(error as Error);
      if (!(error instanceof LeaseLost))
        await boss.fail(queue, attempt, { message: scrub(error instanceof Error ? error.message : String(error), null) }).catch(onError);
    } finally {
      clearInterval(beat);
      live.publish(topicOf(queue));
    }
  }

  async function loop(queue: QueueName, run: (job: JobRun) => Promise<void>): Promise<void> {
    const { concurrency, perTenant } = QUEUES[queue];
    let mine = 0;
    let wake = (): void => undefined;
    let woken = false;
    const unsubscribe = live.subscribe(topicOf(queue), () => ((woken = true), wake()));
    stop.signal.addEventListener('abort', () => ((woken = true), wake()));
    while (!stop.signal.aborted) {
      woken = false;
      const free = concurrency - mine;
      const jobs =
        free > 0
          ? await boss
              .fetch<JobData>(queue, { batchSize: free, includeMetadata: true, groupConcurrency: perTenant })
              .catch((error: Error) => (onError(error), []))
          : [];
      for (const job of jobs) {
        mine++;
        const abort = new AbortController();
        if (stop.signal.aborted) abort.abort(stop.signal.reason); // it was on its way to us when we were asked to stop
        const done = carryOut(queue, job, run, abort).catch(onError).finally(() => {
          mine--;
          running.delete(attempt);
        }); // prettier-ignore
        const attempt = { abort, done };
        running.add(attempt);
      }
      if (jobs.length > 0 || woken) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
        asleep.set(queue, resolve);
      });
      asleep.delete(queue);
    }
    unsubscribe();
  }

  const start = (queue: QueueName, run: (job: JobRun) => Promise<void>): void => {
    if (loops.push(loop(queue, run).catch(onError)) === 1) void look();
  };
  const ring = async ({ data }: JobRun): Promise<void> => {
    const run = clockwork.get(data['name']!);
    // A process that has only just begun, or an older one, may not know it yet; the next try is in a second.
    if (!run) throw new Error(`nothing here is called "${data['name']}" by the clock`);
    await run();
  };
  if (supervise) start('clock', ring);

  return {
    async enqueue(db, queue, data, { priority = 0, startAfter } = {}) {
      const tx = { executeSql: (text: string, values?: unknown[]) => db.$client.query(text, values) };
      const id = await boss.send(queue, data, { db: tx, priority, group: { id: data.tenantId }, ...(startAfter ? { startAfter } : {}) });
      if (!id) throw new Error(`queue "${queue}" refused the job`);
      return id;
    },
    wake: (queue) => live.publish(topicOf(queue)),
    work: start,
    async schedule(name, cron, run) {
      clockwork.set(name, run);
      await boss.schedule('clock', cron, { tenantId: 'system', name }, { key: name, tz: 'UTC' });
    },
    async counts() {
      const queues = await boss.getQueues(Object.keys(QUEUES));
      return queues.map((queue) => ({ queue: queue.name, waiting: queue.queuedCount, active: queue.activeCount, failed: queue.failedCount }));
    },
    async drain(deadlineMs) {
      stop.abort(new Draining('the process is shutting down'));
      for (const { abort } of running) abort.abort(stop.signal.reason);
      const idle = Promise.all(loops).then(() => Promise.all([...running].map(({ done }) => done)));
      await Promise.race([idle, new Promise((resolve) => setTimeout(resolve, deadlineMs).unref())]);
      return running.size;
    },
    async close() {
      stop.abort();
      await boss.stop({ graceful: false });
    },
  };
}
