import type { Actor } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import { coveringGrant, type Reach } from '#kernel/scope.ts';
import { numberText } from '../rules.ts';
import type { ChangeRow } from '../tables.ts';
import { isHeld, type Stage } from './rules.ts';

export const RESUME_COMMENT = 5;

type Seen = Pick<ChangeRow, 'number' | 'state' | 'stages' | 'targets'>;

/** Why somebody may not let a Change go on that is held; null when they may. */
export function resumeHindrance(change: Seen, { actor, reach }: { actor: Pick<Actor, 'kind' | 'ownerId'>; reach: Reach }): Problem | null {
  if (change.state !== 'paused' || !isHeld(change.stages))
    return new Problem('not-held', `${numberText(change.number)} is ${change.state.replaceAll('_', ' ')}; only one that is held can go on.`);
  if (reach.length === 0) return new Problem('permission-denied', 'Letting it go on needs changes:apply (roles admin and owner hold it).');
  if (actor.kind !== 'user' || actor.ownerId !== undefined)
    return new Problem('not-eligible', 'What was held because something is not well goes on by the word of a person, in a session of theirs.');
  if (change.targets.length > 0 && coveringGrant(reach, change.targets) === undefined)
    return new Problem('not-eligible', 'Your Scope does not cover every target of this Change.');
  return null;
}

/** The held stage with who let the others follow. One that a rule kept from beginning is only tried again: no word of a person sets a rule aside. */
export const continued = (stages: readonly Stage[], by: NonNullable<Stage['continuedBy']>): Stage[] =>
  stages.map((stage) =>
    stage.status === 'held' ? { ...stage, status: stage.refused ? 'waiting' : 'running', refused: null, continuedBy: by } : stage,
  );
