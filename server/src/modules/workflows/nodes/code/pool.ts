import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Ended, Script } from './sandbox.ts';
import type { Answer } from './worker.ts';

/** A thread that does not end by itself is ended so long after the script should have. */
const GRACE_MS = 500;
/** Scripts that wait for a thread, of one tenant: more are refused at once. */
const MOST_WAITING = 1_000;

/** Told of each script that a thread had in hand, in seconds; the process has one pool. */
export const scripts = { took: (_seconds: number): void => undefined };

interface Waiting {
  tenantId: string;
  script: Script;
  done: (ended: Ended) => void;
  fail: (error: Error) => void;
}
interface Thread {
  worker: Worker;
  ready: boolean;
  current: Waiting | undefined;
  /** When it was given that. */
  since: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Threads in which scripts run, each one at a time, so that nobody else waits for them. Half of the threads, at most, are one tenant's.
 */
export class ScriptPool {
  readonly #threads: Thread[] = [];
  readonly #queue: Waiting[] = [];
  readonly #size: number;
  constructor(size = Math.max(2, Math.min(8, availableParallelism()))) {
    this.#size = size;
  }

  run(tenantId: string, script: Script, signal: AbortSignal): Promise<Ended> {
    if (this.#queue.filter((one) => one.tenantId === tenantId).length >= MOST_WAITING)
      return Promise.reject(new Error('too many scripts wait to be run'));
    return new Promise((done, fail) => {
      const waiting: Waiting = { tenantId, script, done, fail };
      signal.addEventListener('abort', () => this.#giveUp(waiting, signal.reason), { once: true });
      if (signal.aborted) return fail(signal.reason as Error);
      this.#queue.push(waiting);
      this.#next();
    });
  }

  async close(): Promise<void> {
    const over = new Error('the process stops');
    for (const { fail } of this.#queue.splice(0)) fail(over);
    for (const { current } of this.#threads) current?.fail(over);
    await Promise.all(this.#threads.splice(0).map(({ worker, timer }) => (clearTimeout(timer), worker.terminate())));
  }

  #mayRun({ tenantId }: Waiting): boolean {
    const mine = this.#threads.filter(({ current }) => current?.tenantId === tenantId).length;
    return mine < Math.max(1, Math.floor(this.#size / 2));
  }

  #next(): void {
    const at = this.#queue.findIndex((one) => this.#mayRun(one));
    if (at < 0) return;
    const free = this.#threads.find(({ ready, current }) => ready && !current);
    if (free) this.#give(free, this.#queue.splice(at, 1)[0]!);
    else if (this.#threads.length < this.#size && this.#threads.every(({ ready }) => ready)) this.#start();
  }

  #start(): void {
    // Without an environment and without the program's own arguments: there is nothing in the thread worth finding.
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { env: {}, argv: [], resourceLimits: { maxOldGenerationSizeMb: 96 } });
    const thread: Thread = { worker, ready: false, current: undefined, since: 0, timer: undefined };
    this.#threads.push(thread);
    // Nothing but a script in hand keeps the process alive, and that has a timer.
    worker.unref();
    worker.on('message', (answer: Answer) => this.#hear(thread, answer));
    worker.on('error', (error) => this.#lose(thread, error instanceof Error ? error : new Error(String(error))));
  }

  #give(thread: Thread, waiting: Waiting): void {
    thread.current = waiting;
    thread.since = performance.now();
    const { timeoutMs } = waiting.script;
    thread.timer = setTimeout(() => this.#end(thread, { lines: [], fault: { type: 'code-timeout', message: 'the script did not end in time' } }), timeoutMs + GRACE_MS); // prettier-ignore
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of ours has no origin
    thread.worker.postMessage(waiting.script);
    this.#next();
  }

  #hear(thread: Thread, answer: Answer): void {
    if (answer.kind === 'ready') thread.ready = true;
    else {
      clearTimeout(thread.timer);
      this.#noted(thread);
      thread.current?.done(answer.ended);
      thread.current = undefined;
    }
    this.#next();
  }

  /** Ends the thread with whatever it is at. */
  #end(thread: Thread, ended: Ended): void {
    thread.current?.done(ended);
    this.#drop(thread);
  }

  #lose(thread: Thread, error: Error): void {
    // A heap that is full takes the thread with it.
    if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY')
      return this.#end(thread, { lines: [], fault: { type: 'code-memory', message: 'the script takes more memory than it may' } });
    const { current } = thread;
    this.#drop(thread);
    current?.fail(error);
    // A thread that does not even start would not start again: whoever waits is told.
    if (!thread.ready) for (const { fail } of this.#queue.splice(0)) fail(error);
  }

  #drop(thread: Thread): void {
    clearTimeout(thread.timer);
    this.#noted(thread);
    thread.current = undefined;
    const at = this.#threads.indexOf(thread);
    if (at >= 0) this.#threads.splice(at, 1);
    void thread.worker.terminate();
    this.#next();
  }

  #noted({ current, since }: Thread): void {
    if (current) scripts.took((performance.now() - since) / 1_000);
  }

  #giveUp(waiting: Waiting, reason: unknown): void {
    const at = this.#queue.indexOf(waiting);
    if (at >= 0) this.#queue.splice(at, 1);
    const thread = this.#threads.find(({ current }) => current === waiting);
    if (at < 0 && !thread) return;
    waiting.fail(reason instanceof Error ? reason : new Error(String(reason)));
    if (thread) this.#drop(thread);
  }
}
