import type { ReadContext } from '#kernel/context.ts';
import { and, asc, eq, inArray, ne, or, sql } from '#kernel/drizzle.ts';
import type { Steps } from '#kernel/gate-steps.ts';
import type { Target } from '#kernel/operation.ts';
import type { Conflict, FullPlan } from '#kernel/plan.ts';
import { Freezes } from '../providers/port.ts';
import { numberText, type ChangeState } from '../rules.ts';
import { changes } from '../tables.ts';
import { estimated, overlaps, touching, warningOf } from './rules.ts';

/** States in which a Change may still touch what it names; a draft may never be submitted. */
const AHEAD: readonly ChangeState[] = ['awaiting_approval', 'approved', 'scheduled', 'running', 'paused', 'verifying', 'rolling_back'];
/** More than that says no more. */
const MOST = 20;

/** Other Changes that are open and name one of the same targets: from now until their deadlines they may run at any moment. */
async function openOnes({ db, tenantId }: Pick<ReadContext, 'db' | 'tenantId'>, targets: readonly Target[], own: string | null): Promise<Conflict[]> {
  const same = targets.map(({ type, id }) => sql`${changes.targets} @> ${JSON.stringify([{ type, id }])}::jsonb`);
  const rows = await db
    .select()
    .from(changes)
    .where(and(eq(changes.tenantId, tenantId), inArray(changes.state, [...AHEAD]), own === null ? undefined : ne(changes.id, own), or(...same)))
    .orderBy(asc(changes.number))
    .limit(MOST);
  return rows.map((row) => ({
    kind: 'change',
    id: row.id,
    name: numberText(row.number),
    operation: row.operation,
    state: row.state,
    targets: touching(row.targets, targets),
    from: (row.startedAt ?? row.createdAt).toISOString(),
    until: row.deadlineAt?.toISOString() ?? null,
  }));
}

/** What a plan would get in the way of, or stand in the way of it: other Changes on the same targets, and spans of calendars. */
export async function conflictsOf(
  ctx: Pick<ReadContext, 'db' | 'tenantId' | 'now' | 'provider'>,
  { targets, plan, changeId }: { targets: readonly Target[]; plan: Pick<FullPlan, 'steps' | 'downtime'>; changeId: string | null },
): Promise<Conflict[]> {
  const from = ctx.now();
  const until = new Date(from.getTime() + estimated(plan) * 1000);
  const spans = await ctx.provider(Freezes).spans(ctx.db, ctx.tenantId);
  const frozen = overlaps(spans, from, until).slice(0, MOST);
  return [...(targets.length === 0 ? [] : await openOnes(ctx, targets, changeId)), ...frozen];
}

/** The Gate's step after a plan was made: the plan with its conflicts, in data for rules and in words for people. */
export const withConflicts: Steps['changes']['conflicts'] = async (ctx, { plan, targets, changeId }) => {
  const conflicts = await conflictsOf(ctx, { plan, targets, changeId });
  return conflicts.length === 0 ? plan : { ...plan, conflicts, warnings: [...plan.warnings, ...conflicts.map(warningOf)] };
};
