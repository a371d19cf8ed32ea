import type { Risk, Target } from '#kernel/operation.ts';
import type { FullPlan } from '#kernel/plan.ts';

/** Many at once: a slip is repeated as often. */
const MANY = 10;

/**
 * How grave a plan is, 0 to 100, from what it says itself: its risk, production, loss of data, an outage, no way back, many targets.
 * A module that knows better says `riskScore` in the facts of its plan.
 */
export function riskScore(
  { dataLoss, downtime, reversible, warnings }: Pick<FullPlan, 'dataLoss' | 'downtime' | 'reversible' | 'warnings'>,
  { risk, targets }: { risk: Risk; targets: readonly Target[] },
): number {
  const parts = [
    { read: 0, write: 20, high: 40 }[risk],
    targets.some(({ environment }) => environment === 'prod') ? 20 : 0,
    dataLoss !== null ? 20 : 0,
    { none: 0, restart: 5, outage: 15 }[downtime.kind],
    reversible === null && risk !== 'read' ? 5 : 0,
    targets.length > MANY ? 10 : 0,
    warnings.length > 0 ? 5 : 0,
  ];
  return Math.min(100, parts.reduce((sum, part) => sum + part, 0)); // prettier-ignore
}
