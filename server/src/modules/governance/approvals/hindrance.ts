import type { Actor } from '#kernel/context.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { requireProof } from '#kernel/proof.ts';
import { coveringGrant, type Reach } from '#kernel/scope.ts';
import { numberText } from '../rules.ts';
import type { ApprovalRow, ChangeRow } from '../tables.ts';
import { barredFrom, type Hall } from './electorate.ts';
import { handsIn, humanOf, isOpenRequest } from './rules.ts';

export interface Standing {
  actor: Actor;
  /** What they reach with `approvals:decide`. */
  deciding: Reach;
  /** People in whose place they stand for this Change. */
  standsFor: readonly string[];
}

type Seen = Pick<ChangeRow, 'number' | 'state' | 'requester' | 'implementer'> & { targets: readonly Target[] };

/** Why somebody may not decide on a Change at all, or null when they may. Whom its rules ask for is another question. */
export function hindrance(change: Seen, request: Pick<ApprovalRow, 'status'> | undefined, { actor, deciding, standsFor }: Standing): Problem | null {
  const number = numberText(change.number);
  if (change.state !== 'awaiting_approval' || !request || !isOpenRequest(request.status))
    return new Problem('approval-closed', `${number} is ${change.state.replaceAll('_', ' ')} and takes no decision.`);
  if (deciding.length === 0) return new Problem('permission-denied', 'Deciding needs approvals:decide (roles approver, admin and owner hold it).');
  const hands = handsIn(change);
  if (hands.has(actor.id) || hands.has(humanOf(actor)))
    return new Problem('self-approval-forbidden', 'You asked for this Change yourself, or had a hand in it; someone else has to decide on it.');
  if (standsFor.some((person) => hands.has(person)))
    return new Problem('self-approval-forbidden', 'You stand in for the person who asked for this Change; someone else has to decide on it.');
  if (actor.ownerId !== undefined) return new Problem('not-eligible', 'A service account decides on nothing; a person has to.');
  if (actor.kind === 'agent') return new Problem('not-eligible', 'An agent decides on nothing, whoever it works for; a person has to.');
  if (coveringGrant(deciding, change.targets) === undefined)
    return new Problem('not-eligible', 'Your Scope does not cover every target of this Change.');
  return null;
}

/** Throws what keeps the caller from deciding, a proof that a rule wants included. */
export async function requireMayDecide(ctx: Hall & { actor: Actor; reach: Reach }, change: ChangeRow, request: ApprovalRow): Promise<void> {
  const barred = await barredFrom(ctx, change, request);
  const standsFor = barred.has(ctx.actor.id) ? [humanOf(change.requester)] : [];
  const hindered = hindrance(change, request, { actor: ctx.actor, deciding: ctx.reach, standsFor });
  if (hindered) throw hindered;
  const proofs = request.requirements.flatMap(({ stepUpSeconds }) => stepUpSeconds ?? []);
  if (proofs.length === 0) return;
  if (ctx.actor.proof === undefined)
    throw new Problem('not-eligible', 'A rule wants a fresh proof of who agrees. Decide in a session; a key proves nothing afresh.');
  requireProof(ctx.actor, Math.min(...proofs), 'Deciding on this Change', ctx.now());
}
