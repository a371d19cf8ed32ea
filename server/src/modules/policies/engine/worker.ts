import { parentPort } from 'node:worker_threads';
import { callOf } from './call.ts';
import { compileSet, type CompiledSet } from './compile.ts';
import { judgeAll, limitsOf, type Concerned } from './evaluate.ts';
import { MET, milliseconds } from './thread.ts';
import type { CompileOptions, EngineFacts } from './facts.ts';
import type { Judgement } from './judge.ts';
import type { Phase, PolicySet } from './types.ts';

/** A set as it travels: its key, and the set itself when the worker has not met it yet. */
export interface SetMessage {
  key: number;
  set?: PolicySet;
  options?: CompileOptions;
}
export interface Task {
  id: number;
  sets: SetMessage[];
  /** Rules to judge, as set key and rule. */
  rules: { key: number; rule: string }[];
  facts: EngineFacts;
  phase: Phase;
  trace: boolean;
}
/** `ready` once, then `started` (with the processor's time that the thread has had) and `done` for each task. */
export type Answer = { kind: 'ready' } | { kind: 'started'; id: number; cpuMs: number } | { kind: 'done'; id: number; judgements: Judgement[] };

/** Twice what the other side believes us to know, so that what it believes is so. */
const KEPT = 2 * MET;
const known = new Map<number, CompiledSet>();

/** The sets were checked when they were saved; compiling them again needs no catalogue. */
function remember({ key, set, options }: SetMessage): void {
  if (!set) return;
  const compiled = compileSet(set, [], options);
  if (Array.isArray(compiled)) throw new Error(compiled[0]!.message);
  if (known.size >= KEPT) known.delete(known.keys().next().value!);
  known.delete(key);
  known.set(key, compiled);
}

function work({ rules, facts, phase, trace }: Task): Judgement[] {
  const concerned = rules.map(({ key, rule }): Concerned => {
    const set = known.get(key)!;
    return { set, compiled: set.policies.find((one) => one.rule === rule)! };
  });
  return judgeAll(concerned, callOf(facts, phase), limitsOf(concerned.map(({ set }) => set)), { trace }).map(({ judgement }) => judgement);
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of ours has no origin
const say = (answer: Answer): void => parentPort?.postMessage(answer);

parentPort?.on('message', (task: Task) => {
  for (const set of task.sets) remember(set);
  say({ kind: 'started', id: task.id, cpuMs: milliseconds(process.threadCpuUsage()) });
  say({ kind: 'done', id: task.id, judgements: work(task) });
});
say({ kind: 'ready' });
