import type { CanaryDemand } from '#kernel/gate-steps.ts';
import { canarySize } from '#kernel/staged.ts';
import type { TargetResult, TurnTarget } from '#kernel/work.ts';

export const STAGE_STATES = ['waiting', 'running', 'watching', 'held', 'done'] as const;
export type StageState = (typeof STAGE_STATES)[number];
export const TARGET_STATES = ['waiting', 'done', 'failed', 'unwell'] as const;

export interface StagedTarget extends TurnTarget {
  status: (typeof TARGET_STATES)[number];
  /** What went wrong, as a problem's slug and words. */
  code: string | null;
  text: string | null;
}

/** Kept with the Change as JSON, so times are text. */
export interface Stage {
  /** `canary` goes first; `rest` follows when it is well; `all` where no rule asks for a canary, or it would be all of them. */
  kind: 'canary' | 'rest' | 'all';
  status: StageState;
  targets: StagedTarget[];
  startedAt: string | null;
  /** What keeps it from beginning: rules are asked again before each that comes later. Absent in what is older. */
  refused?: { code: string; text: string } | null;
  /** Until then nothing follows, so that what they do can be seen. */
  watchUntil: string | null;
  endedAt: string | null;
  /** Who let the others follow although these are not well. */
  continuedBy: { id: string; name: string; comment: string; at: string } | null;
}

const stageOf = (kind: Stage['kind'], targets: readonly TurnTarget[]): Stage => ({
  kind,
  status: 'waiting',
  targets: targets.map(({ id, name }) => ({ id, name, status: 'waiting', code: null, text: null })),
  startedAt: null,
  watchUntil: null,
  endedAt: null,
  continuedBy: null,
});

/** In the order in which they were asked for: who asks says which go first. */
export function stagesOf(targets: readonly TurnTarget[], canary: CanaryDemand | null): Stage[] {
  const first = canary ? canarySize(canary, targets.length) : targets.length;
  if (first >= targets.length) return [stageOf('all', targets)];
  return [stageOf('canary', targets.slice(0, first)), stageOf('rest', targets.slice(first))];
}

const notWell = ({ targets }: Stage): StagedTarget[] => targets.filter(({ status }) => status === 'failed' || status === 'unwell');

/** Why the others must not follow: one of the canaries failed, or is not well. Null when all are, or somebody let the others follow. */
export function heldBecause(stage: Stage): string | null {
  const wrong = notWell(stage);
  if (stage.kind !== 'canary' || stage.continuedBy || wrong.length === 0) return null;
  const more = wrong.length > 1 ? ` (and ${wrong.length - 1} more)` : '';
  return `${wrong[0]!.name}: ${wrong[0]!.text}${more}`;
}

export const isHeld = (stages: readonly Stage[] | null): boolean => stages?.some(({ status }) => status === 'held') ?? false;
export const isWatching = (stages: readonly Stage[] | null): boolean => stages?.some(({ status }) => status === 'watching') ?? false;
/** The stage that its clock still keeps from going on. */
export const mustWatch = ({ watchUntil }: Stage, now: Date): boolean => watchUntil !== null && new Date(watchUntil) > now;

/** What became of each; one that is not well was acted on all the same. */
export const resultsOf = (stages: readonly Stage[]): TargetResult[] =>
  stages.flatMap(({ targets }) =>
    targets.map(({ id, name, status, code, text }) => ({
      id,
      name,
      status: status === 'failed' ? ('failed' as const) : ('done' as const),
      code,
      text,
    })),
  );

/** Share of the targets that are behind us, with the part that one at work is through. */
export function progressOf(stages: readonly Stage[], part = 0): number {
  const all = stages.flatMap(({ targets }) => targets);
  const settled = all.filter(({ status }) => status !== 'waiting').length;
  return all.length === 0 ? 100 : Math.min(99, Math.floor((100 * (settled + part)) / all.length));
}
