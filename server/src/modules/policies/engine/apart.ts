import { Worker } from 'node:worker_threads';
import type { Answer, Task } from './worker.ts';
import type { Judgement } from './judge.ts';

/** Why a task has no result. */
export class Overrun extends Error {
  override readonly name = 'Overrun';
}

export interface ApartOptions {
  /** How long a task may run before the worker is ended and replaced. */
  hardStopMs: number;
  /** How long a task may wait for its turn, or for a worker to be there. */
  waitMs: number;
}

interface Waiting {
  /** Made when its turn comes: what the thread has met is known only then. */
  task: () => Task;
  done: (judgements: Judgement[]) => void;
  fail: (reason: Error) => void;
  timer: NodeJS.Timeout;
}

/** Runs tasks one after the other in a thread of their own, which is ended when a task does not end by itself. */
export interface Apart {
  run: (task: () => Task) => Promise<Judgement[]>;
  /** Sets the thread has met; empty after it was replaced. */
  met: Set<number>;
  close: () => Promise<void>;
}

export function createApart({ hardStopMs, waitMs }: ApartOptions): Apart {
  let worker: Worker | undefined;
  let ready = false;
  let current: Waiting | undefined;
  let closed = false;
  const queue: Waiting[] = [];
  const met = new Set<number>();

  function settle(waiting: Waiting, outcome: Judgement[] | Error): void {
    clearTimeout(waiting.timer);
    if (outcome instanceof Error) waiting.fail(outcome);
    else waiting.done(outcome);
  }

  /** Ends the thread with whatever it is at, for a new one. */
  async function replace(reason: Error): Promise<void> {
    const [ended, failed] = [worker, current];
    worker = current = undefined;
    ready = false;
    met.clear();
    // At once, so that the next task finds it ready.
    if (!closed) start();
    if (failed) settle(failed, reason);
    await ended?.terminate();
  }

  function next(): void {
    if (!ready || current || !worker) return;
    current = queue.shift();
    if (current) worker.postMessage(current.task());
  }

  function hear(from: Worker, answer: Answer): void {
    if (from !== worker) return;
    if (answer.kind === 'ready') ready = true;
    else if (current && answer.kind === 'started') {
      clearTimeout(current.timer);
      current.timer = setTimeout(() => void replace(new Overrun(`evaluation was stopped after ${hardStopMs} ms`)), hardStopMs);
    } else if (current && answer.kind === 'done') {
      const finished = current;
      current = undefined;
      settle(finished, answer.judgements);
    }
    next();
  }

  function start(): void {
    const fresh = new Worker(new URL('./worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 128 } });
    worker = fresh;
    // Nothing but a task in hand keeps the process alive, and that has a timer.
    fresh.unref();
    fresh.on('message', (answer: Answer) => hear(fresh, answer));
    fresh.on('error', (error) => {
      if (fresh === worker) void replace(error);
    });
  }

  /** A task that was never begun is as good as one that does not end. */
  function giveUp(waiting: Waiting): void {
    if (waiting === current) return void replace(new Overrun('evaluation did not begin in time'));
    queue.splice(queue.indexOf(waiting), 1);
    waiting.fail(new Overrun('evaluation did not get its turn in time'));
  }

  return {
    met,
    run: (task) =>
      new Promise((done, fail) => {
        const waiting: Waiting = { task, done, fail, timer: setTimeout(() => giveUp(waiting), waitMs) };
        queue.push(waiting);
        if (!worker) start();
        next();
      }),
    async close() {
      closed = true;
      for (const waiting of queue.splice(0)) settle(waiting, new Overrun('the evaluator was closed'));
      await replace(new Overrun('the evaluator was closed'));
    },
  };
}
