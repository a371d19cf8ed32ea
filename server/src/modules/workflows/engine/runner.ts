import { asProblem, Problem } from '#kernel/problem.ts';
import { NodeError } from '../nodes/declare.ts';
import { begin, resume, type AttemptDeps } from './attempts.ts';
import { cancelledFault } from './control.ts';
import { endingOf, outputsOf, TIMED_OUT } from './ending.ts';
import type { Runner, RunnerDeps } from './held.ts';
import { cancelSpot } from './loops.ts';
import { createNodeRun } from './node-run.ts';
import { storedOutput } from './payloads.ts';
import { wakeUp } from './replay.ts';
import { rerunOf, sayRerun, type Rerun } from './rerun.ts';
import { consider, enter } from './settle.ts';
import type { CancelAsked } from './tables.ts';
import { toolsOf } from './tools.ts';
import type { Ready } from './waits.ts';
import { Taken, write, type Heard, type Moved } from './write.ts';
import { breakOff, isDirty, isIdle, isPressing, owesAnswer, sleepOf } from './looks.ts';
import { MOST_TIMER, type Walk } from './walk.ts';

/** Milliseconds of work after which others have their turn. */
const TURN = 20;
const CANCEL_GRACE = 10_000;
const SOON = 150;
const SECOND_LOOK = 1_000;
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createRunner(walk: Walk, deps: RunnerDeps, found: readonly Ready[]): Runner {
  const { row, program } = walk;
  const from = Date.now();
  const cameAbout = [...found];
  let finish!: () => void;
  const over = new Promise<void>((resolve) => (finish = resolve));
  let pumping = false;
  let winding = false;
  let deciding = false;
  let releasing = false;
  let soon: NodeJS.Timeout | undefined;
  let grace: NodeJS.Timeout | undefined;
  let alarm: NodeJS.Timeout | undefined;
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const attempts: AttemptDeps = {
    ...deps,
    runOf: (_walk, spot, now, input) => createNodeRun(walk, deps, spot, now, input),
    outputOf: ({ id }) => storedOutput(deps, row, id),
  };
  walk.begin = (spot) => begin(walk, attempts, spot);
  walk.resume = (spot, woken) => resume(walk, attempts, spot, woken);
  walk.toolsOf = (spot) => toolsOf(walk, attempts, spot);
  walk.onError = deps.onError;
  walk.wake = () => void (pumping ? undefined : setImmediate(pump));
  walk.save = save;
  walk.saveSoon = () => void (soon ??= setTimeout(() => ((soon = undefined), void save().catch(() => undefined)), SOON).unref());

  function close(): void {
    if (walk.over) return;
    walk.over = true;
    for (const timer of [soon, grace, alarm]) clearTimeout(timer);
    const reason = new NodeError('cancelled', 'cancelled', 'The execution is not held here any more.');
    breakOff(walk.root, reason);
    finish();
  }

  function lost(error: unknown): void {
    if (!(error instanceof Taken || (error instanceof Problem && asProblem(error).slug === 'dependency-unavailable'))) deps.onError(error as Error);
    close();
  }

  const announced = (): NonNullable<Moved['outbox']> => walk.out.told.map(({ name, data }) => deps.announce(walk, name, data));
  const activeMs = (): number => row.activeMs + (Date.now() - from);

  async function commit(moved: Moved): Promise<void> {
    const wasPending = owesAnswer(walk);
    const heard = await write(deps, walk, { activeMs: activeMs(), ...moved });
    walk.responded = walk.response;
    deps.publish(row.id, walk, moved);
    if (wasPending || moved.ended) deps.answered(walk, moved);
    hear(heard);
  }

  /** Everything until now is written when it resolves. Whoever asks while a write is under way shares the next one. */
  function save(): Promise<void> {
    next ??= (current ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        current = next;
        next = undefined;
        if (walk.over) throw new Taken('the execution is not held here any more');
        const outbox = announced();
        return commit(outbox.length > 0 ? { outbox } : {});
      })
      .catch((error: unknown) => {
        lost(error);
        throw error;
      })
      .finally(() => walk.wake());
    next.catch(() => undefined); // whoever waits for it hears of it
    return next;
  }

  function hear({ nudged, cancel, pause, again }: Heard): void {
    if (cancel) stopFor(cancel as CancelAsked);
    if (!again) walk.pausing = pause != null;
    if (nudged) void look();
  }

  function stopFor({ reason, force }: CancelAsked): void {
    const until = Date.now() + (force ? 0 : CANCEL_GRACE);
    walk.stopping = walk.stopping?.status === 'cancelled' ? { ...walk.stopping, until: Math.min(until, walk.stopping.until) } : { status: 'cancelled', fault: cancelledFault(reason), until }; // prettier-ignore
    winding = false;
    walk.wake();
  }

  let looking: Promise<void> | undefined;
  let lookAgain = false;
  /** What came about of what it waits for; who asks while a look is under way has another follow. */
  function look(): Promise<void> {
    if (looking) lookAgain = true;
    looking ??= (async () => {
      const { ready, cancel, pause } = await deps.news(row);
      if (walk.over) return;
      if (cancel) stopFor(cancel);
      walk.pausing = pause != null;
      wakeUp(walk, ready);
      walk.wake();
    })()
      .catch(deps.onError)
      .finally(() => {
        looking = undefined;
        const again = lookAgain && !walk.over;
        lookAgain = false;
        if (again) void look();
      });
    return looking;
  }

  function pump(): void {
    if (walk.over || pumping) return;
    pumping = true;
    const turnEnds = performance.now() + TURN;
    let at = 0;
    try {
      for (;;) {
        for (; at < walk.queue.length; at += 1) {
          if ((at & 31) === 31 && performance.now() > turnEnds) return;
          walk.queue[at]!();
        }
        const spot = mayEnter() ? walk.backlog.shift() : undefined;
        if (!spot) break;
        enter(walk, spot);
      }
    } catch (error) {
      deps.onError(error as Error);
      walk.stopping ??= { status: 'failed', until: 0, fault: { type: 'internal', class: 'system', message: 'Something went wrong on our side.', retryable: false } };
    } finally {
      pumping = false;
      walk.queue.splice(0, at);
      if (walk.queue.length === 0) decide();
      else goOn();
    }
  } // prettier-ignore

  /** Others have had their turn. Whoever waits does not wait for what is still to be computed after their answer. */
  function goOn(): void {
    if (owesAnswer(walk)) void save().catch(() => undefined);
    walk.wake();
  }

  const mayEnter = (): boolean => !walk.pausing && !walk.stopping && !releasing && walk.active.size < program.settings.parallelNodes;

  /** Nothing more can be done at this moment: what now? */
  function decide(): void {
    if (walk.over || deciding || winding) return;
    // What slept has been found again; now what came about meanwhile.
    wakeUp(walk, cameAbout.splice(0));
    if (walk.queue.length > 0) return walk.wake();
    if (walk.stopping) return wind();
    if (isDone()) return void settled(isDone, end);
    if (sleeps()) return void settled(sleeps, suspend);
    if (isPressing(walk)) void save().catch(() => undefined);
    else if (isDirty(walk)) walk.saveSoon();
  }

  const isDone = (): boolean => walk.out.commits.length === 0 && walk.root.open === 0;
  const sleeps = (): boolean => walk.out.commits.length === 0 && walk.root.open > 0 && isIdle(walk, releasing);

  /** After the write that is under way, if it is `still` so and nothing else is to be done: what slept may have been woken and be done meanwhile. */
  async function settled(still: () => boolean, act: () => Promise<void>): Promise<void> {
    deciding = true;
    try {
      await (next ?? current)?.catch(() => undefined);
      // A write has told of a nudge, and nobody will be told again: what it was about is taken before anything is given back.
      while (looking) await looking;
      if (walk.over || walk.queue.length > 0 || (walk.stopping && !winding) || !still()) return;
      await act();
    } catch (error) {
      lost(error);
    } finally {
      deciding = false;
      if (!walk.over) walk.wake();
    }
  }

  async function end(): Promise<void> {
    const { status, fault, errors } = endingOf(walk);
    const rerun = status === 'failed' ? rerunOf(walk, fault, errors) : undefined;
    if (rerun) return rest(rerun);
    const outputs = walk.stopping ? null : outputsOf(walk);
    walk.out.events.push({ at: new Date(), type: 'end', payload: { status, progress: 100 } });
    const name = status === 'partial_success' ? 'partial' : status;
    deps.crashPoint('end:before');
    const outbox = [...announced(), deps.announce(walk, `execution.${name}`, { status })];
    const hasSensitive = program.source.nodes.some(({ settings }) => settings?.sensitive === true);
    await commit({ status, outputs, ended: new Date(), outbox, ...(hasSensitive ? { forget: true } : {}), ...(fault ? { error: fault } : {}), ...(errors.length > 0 ? { errors } : {}) });
    deps.crashPoint('end:after');
    close();
  }

  /** It failed, and is tried again: given back until then. */
  async function rest(rerun: Rerun): Promise<void> {
    sayRerun(walk, rerun);
    deps.crashPoint('rerun:before');
    const outbox = [...announced(), deps.announce(walk, 'execution.waiting', { status: 'waiting', attempt: rerun.attempt })];
    await commit({ status: 'waiting', wakeAt: rerun.at, outbox, rerun });
    deps.crashPoint('rerun:after');
    close();
  }

  /** Only what holds no worker is left: the execution is given back until something wakes it. */
  async function suspend(): Promise<void> {
    const { sleeping, pausing } = walk;
    if (sleeping.size === 0 && !pausing && !releasing) {
      walk.stopping = { status: 'failed', until: 0, fault: { type: 'internal', class: 'system', message: 'Nothing in the graph can go on.', retryable: false } };
      return;
    }
    if (releasing && walk.backlog.length + walk.queue.length > 0) return commit({ release: true }).then(close);
    const { status, due, isUnsure } = sleepOf(walk);
    walk.out.events.push({ at: new Date(), type: 'execution.status', payload: { status } });
    const outbox = [...announced(), deps.announce(walk, `execution.${status}`, { status })];
    const early = isUnsure ? new Date(Math.min(due.getTime(), Date.now() + SECOND_LOOK)) : due;
    await commit({ status, wakeAt: early, outbox });
    if (isUnsure) walk.givenBack = { soon: early, due };
    close();
  } // prettier-ignore

  /** Nodes that run are told to stop, and given up when their time is over. */
  function wind(): void {
    const { until, fault, status } = walk.stopping!;
    if (walk.active.size > 0 && Date.now() < until) {
      for (const spot of walk.active) {
        if (spot.timer) cancelSpot(walk, spot, fault.message);
        else spot.abort?.abort(new NodeError('cancelled', 'cancelled', status === 'cancelled' ? fault.message : 'The execution is ending.'));
      }
      clearTimeout(grace);
      grace = setTimeout(() => walk.wake(), until - Date.now() + 1);
      if (walk.active.size > 0) return;
    }
    winding = true;
    walk.backlog.length = 0;
    for (const spot of walk.root.spots.values()) if (!spot.settled && spot.status !== 'idle') cancelSpot(walk, spot, fault.message);
    walk.queue.length = 0;
    void settled(() => true, end);
  }

  function timed(): void {
    const left = Math.min(row.timeoutSeconds * 1_000 - row.activeMs, row.expiresAt.getTime() - Date.now());
    const stop = (): void => {
      walk.stopping ??= { status: 'timed_out', fault: TIMED_OUT, until: Date.now() + 1_000 };
      walk.wake();
    };
    if (left <= 0) stop();
    else alarm = setTimeout(stop, Math.min(left, MOST_TIMER));
  }

  timed();
  if (row.cancelAsked) stopFor(row.cancelAsked);
  walk.pausing = row.pauseAsked !== null;
  for (const spot of walk.root.spots.values()) if (spot.node.incoming.length === 0) walk.queue.push(() => consider(walk, spot));
  pump();

  return {
    walk,
    over,
    look: () => void look(),
    release(graceMs) {
      releasing = true;
      setTimeout(() => void (walk.over ? undefined : commit({ release: true }).catch(() => undefined).then(close)), graceMs).unref();
      walk.wake();
    },
    lose: close,
  };
} // prettier-ignore
