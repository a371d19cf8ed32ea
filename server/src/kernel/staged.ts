import type { CanaryDemand } from './gate-steps.ts';
import type { TargetResult, Turn, TurnTarget, Work } from './work.ts';

/** How many of `count` go first: never none, and never more than there are. */
export const canarySize = ({ targets = 0, percent = 0 }: Pick<CanaryDemand, 'targets' | 'percent'>, count: number): number =>
  Math.min(count, Math.max(1, targets, Math.ceil((count * percent) / 100)));

interface Staged<I, O> {
  act: (work: Work, target: TurnTarget, input: I) => ReturnType<Turn['act']>;
  check: (work: Work, target: TurnTarget, input: I) => ReturnType<Turn['check']>;
  targets: (work: Work, input: I) => Promise<readonly TurnTarget[]>;
  output: (results: readonly TargetResult[]) => O;
}

/**
 * The body of a job that acts on many targets. It has no other way to act than one target at a time, so a rule that has a few go first
 * cannot be passed by.
 */
export const inStages = <I, O>({ targets, output, act, check }: Staged<I, O>) => ({
  runs: 'job' as const,
  staged: true as const,
  async execute(work: Work, input: I): Promise<O> {
    const turn: Turn = { act: (own, target) => act(own, target, input), check: (own, target) => check(own, target, input) };
    return output(await work.each(await targets(work, input), turn));
  },
});

/** The same work with steps and records of its own for one target of many. */
export const forTarget = (work: Work, id: string): Work => ({
  ...work,
  step: (key, title, act, find) => work.step(`${id}:${key}`, title, act, find),
  recorded: (key) => work.recorded(`${id}:${key}`),
});
