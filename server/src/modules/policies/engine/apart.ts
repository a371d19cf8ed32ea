import { Worker } from 'node:worker_threads';
import type { Judgement } from './judge.ts';
import { milliseconds } from './thread.ts';
import type { Answer, Task } from './worker.ts';

/** Why a task has no result. */
export class Overrun extends Error {
  override readonly name = 'Overrun';
}

export interface ApartOptions {
  /** How much of a processor's time a task may take before the thread is ended and replaced. */
  hardStopMs: number;
  /** How long a task may wait for its turn, or for a thread to be there. */
  waitMs: number;
}

interface Waiting {
  /** Made when its turn comes: what the thread has met is known only then. */
  task: () => Task;
  done: (judgements: Judgement[]) => void;
  fail: (reason: Error) => void;
  timer: NodeJS.Timeout;
}

/** How many times its hard stop a task may take by the clock on the wall, when its thread hardly gets to run. */
const MOST_CHECKS = 10;

/** Runs tasks one after the other in a thread of their own, which is ended when a task does not end by itself. */
export class Apart {
  /** Sets the thread has met; empty after it was replaced. */
  readonly met = new Set<number>();
  readonly #options: ApartOptions;
  readonly #queue: Waiting[] = [];
  #thread: Worker | undefined;
  #ready = false;
  #current: Waiting | undefined;
  #closed = false;

  constructor(options: ApartOptions) {
    this.#options = options;
  }

  run(task: () => Task): Promise<Judgement[]> {
    return new Promise((done, fail) => {
      const timer = setTimeout(() => this.#giveUp(waiting), this.#options.waitMs);
      const waiting: Waiting = { task, done, fail, timer };
      this.#queue.push(waiting);
      if (!this.#thread) this.#start();
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { timer, fail } of this.#queue.splice(0)) {
      clearTimeout(timer);
      fail(new Overrun('the evaluator was closed'));
    }
    await this.#replace(new Overrun('the evaluator was closed'));
  }

  #start(): void {
    const thread = new Worker(new URL('./worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 128 } });
    this.#thread = thread;
    // Nothing but a task in hand keeps the process alive, and that has a timer.
    thread.unref();
    thread.on('message', (answer: Answer) => this.#hear(thread, answer));
    thread.on('error', (error) => {
      if (thread === this.#thread) void this.#replace(error instanceof Error ? error : new Error(String(error)));
    });
  }

  #hear(from: Worker, answer: Answer): void {
    if (from !== this.#thread) return;
    if (answer.kind === 'ready') this.#ready = true;
    else if (this.#current && answer.kind === 'started') this.#watch(this.#current, from, answer.cpuMs);
    else if (this.#current && answer.kind === 'done') {
      const { timer, done } = this.#current;
      this.#current = undefined;
      clearTimeout(timer);
      done(answer.judgements);
    }
    this.#next();
  }

  #watch(waiting: Waiting, thread: Worker, startedAt: number): void {
    const { hardStopMs } = this.#options;
    clearTimeout(waiting.timer);
    let checks = 0;
    const look = async (): Promise<void> => {
      const used = await thread.cpuUsage().then(milliseconds, () => Infinity);
      if (waiting !== this.#current) return;
      // A thread that did not get its share of a busy machine is not to blame, but nobody waits for it for ever.
      if (used - startedAt < hardStopMs && ++checks < MOST_CHECKS) waiting.timer = setTimeout(() => void look(), hardStopMs);
      else void this.#replace(new Overrun(`evaluation was stopped after ${hardStopMs} ms`));
    };
    waiting.timer = setTimeout(() => void look(), hardStopMs);
  }

  #next(): void {
    if (!this.#ready || this.#current || !this.#thread) return;
    this.#current = this.#queue.shift();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of ours has no origin
    if (this.#current) this.#thread.postMessage(this.#current.task());
  }

  /** Ends the thread with whatever it is at, for a new one. */
  async #replace(reason: Error): Promise<void> {
    const [ended, failed, wasReady] = [this.#thread, this.#current, this.#ready];
    this.#thread = this.#current = undefined;
    this.#ready = false;
    this.met.clear();
    // At once, so that the next task finds it ready; but one that does not even start would fail again.
    if (!this.#closed && wasReady) this.#start();
    if (failed) {
      clearTimeout(failed.timer);
      failed.fail(reason);
    }
    await ended?.terminate();
  }

  /** A task that was never begun is as good as one that does not end. */
  #giveUp(waiting: Waiting): void {
    if (waiting === this.#current) return void this.#replace(new Overrun('evaluation did not begin in time'));
    this.#queue.splice(this.#queue.indexOf(waiting), 1);
    waiting.fail(new Overrun('evaluation did not get its turn in time'));
  }
}
