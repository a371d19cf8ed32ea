import type { Context, ReadContext } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import { coveringGrant } from '#kernel/scope.ts';
import { closeRequest } from '../approvals/store.ts';
import { Machinery, Operations, Rights } from '../providers/port.ts';
import { numberText } from '../rules.ts';
import { findChange, transition } from '../store.ts';
import type { ChangeRow } from '../tables.ts';
import { recordEmergency, requireFit, type Reason } from './declare.ts';
import { unfit } from './rules.ts';

type Waiting = Pick<ChangeRow, 'number' | 'state' | 'requirements'>;

/** Why a Change cannot be made an emergency now, whoever asks; null when it can. */
export function emergencyHindrance({ number, state, requirements }: Waiting): Problem | null {
  if (state !== 'awaiting_approval')
    return new Problem('invalid-transition', `${numberText(number)} is ${state.replaceAll('_', ' ')}; only what waits for an approval can skip it.`, { state }); // prettier-ignore
  const held = requirements.find(({ breakGlass }) => breakGlass === 'never');
  return held
    ? new Problem('policy-denied', `Rule "${held.rule}" holds in an emergency too: ${held.text}`, { rule: held.rule, policyId: held.rule })
    : null;
}

/** The same for one person, in few words; `allowed` says whether they hold `changes:emergency` over its targets. */
export const emergencyAction = (row: ChangeRow, viewer: Pick<ReadContext, 'actor'>, allowed: boolean): string | null =>
  emergencyHindrance(row)?.message ?? (allowed ? unfit(viewer.actor, 'rest') : 'this needs changes:emergency');

/** Lets a Change that waits for an approval go without it, at once. The right to do what it does is needed as well. */
export async function skipApproval(ctx: Context, id: string, reason: Reason): Promise<ChangeRow> {
  const change = await findChange(ctx.db, ctx.tenantId, id, true);
  ctx.changeId = change.id;
  const hindrance = emergencyHindrance(change);
  if (hindrance) throw hindrance;
  const operation = ctx.provider(Operations).get(change.operation);
  if (!operation) throw new Problem('invalid-transition', `The operation ${change.operation} no longer exists.`, { state: change.state });
  const reach = await ctx.provider(Rights).permit(ctx.db, ctx.actor, { ...operation, risk: change.risk });
  if (change.targets.length > 0 && coveringGrant(reach, change.targets) === undefined)
    throw new Problem('scope-denied', `You hold ${operation.permission}, but no grant of yours covers every target of ${numberText(change.number)}.`);
  await requireFit(ctx, reason);
  await closeRequest(ctx, change, 'cancelled');
  const approved = await transition(ctx, change, 'approved', { approvedAt: ctx.now(), emergency: true });
  await recordEmergency(ctx, approved, [...new Set(change.requirements.map(({ rule }) => rule))], reason);
  await ctx.provider(Machinery).jobs.enqueue(ctx.db, 'change', { tenantId: ctx.tenantId, changeId: change.id }, { priority: 10 });
  return approved;
}
