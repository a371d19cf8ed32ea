import { canonicalJson } from './ids.ts';
import { contextOf, EVERYTHING, factsOf, grantFor, needsPermit, refusalOf, type Attempt, type CheckDeps } from './gate-check.ts';
import type { Risk } from './operation.ts';
import type { FullPlan } from './plan.ts';
import { validated } from './validate.ts';

/** What of a Change that is under way comes next. */
export interface Remaining {
  /** As it was agreed to: what is done already would stand in the way of another. */
  plan: FullPlan;
  risk: Risk;
  targetIds: ReadonlySet<string>;
}

/** Permission, Scope and rules once more, as they are now, about the targets that come next. Throws Problem; has no effect. */
export async function checkStage(deps: CheckDeps, attempt: Attempt, { plan, risk, targetIds }: Remaining): Promise<void> {
  const { steps, now } = deps;
  const { db, actor, operation, trace, resumed } = attempt;
  const { name, permission } = operation;
  trace.risk = risk;
  const reach = needsPermit(operation, actor)
    ? await trace.time('permission', () => steps.permit(db, actor, { name, permission, risk }))
    : EVERYTHING;
  const input = trace.timeNow('validate', () => validated(operation, attempt.raw));
  const inputHash = deps.digest(canonicalJson({ operation: name, input }));
  const ctx = contextOf(deps, attempt, reach, { events: [], after: [] });
  const all = await trace.time('targets', () => (typeof operation.targets === 'function' ? operation.targets(ctx, input) : []));
  const targets = all.filter(({ id }) => targetIds.has(id));
  trace.targets = targets;
  trace.stage = 'scope';
  trace.grantId = grantFor(operation, reach, targets);
  const changeId = resumed ?? null;
  const current = await trace.time('plan', () => steps.changes.conflicts(ctx, { plan, targets, changeId }));
  const facts = factsOf(attempt, { input, inputHash, targets });
  const verdict = await trace.time('policy', () =>
    steps.policy(db, { ...facts, phase: 'apply', risk, plan: current, changeId, now: now(), before: undefined }),
  );
  trace.rules = verdict.rules;
  if (verdict.denied) throw refusalOf(verdict.denied);
}
