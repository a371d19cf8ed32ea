import { canonicalJson, sha256 } from '#kernel/ids.ts';
import type { Risk } from '#kernel/operation.ts';
import type { WouldBe, WorkflowPlan } from './schemas.ts';

const RANK: Record<Risk, number> = { read: 0, write: 1, high: 2 };

/** A plan in figures. */
export const summaryOf = (items: readonly WouldBe[]): WorkflowPlan['summary'] => ({
  changes: items.filter(({ kind }) => kind === 'change').length,
  effects: items.filter(({ kind }) => kind === 'effect').length,
  refused: items.filter(({ refused }) => refused !== null).length,
  approvals: items.filter(({ approvals }) => approvals.length > 0).length,
  risk: items.reduce<Risk>((highest, { risk }) => (risk !== null && RANK[risk] > RANK[highest] ? risk : highest), 'read'),
});

/** What must be the same for a plan to hold: which node does what, by which plan, and who must agree. Times and texts may differ. */
const essence = ({ nodeId, path, kind, operation, risk, approvals, refused, plan, would }: WouldBe) => ({
  nodeId,
  path,
  kind,
  operation,
  risk,
  approvals,
  refused,
  plan: plan && { changes: plan.changes, observed: plan.observed, cost: plan.cost, dataLoss: plan.dataLoss, downtime: plan.downtime },
  would: kind === 'effect' ? would : null,
});

const placeOf = ({ key, path }: WouldBe): string => (path === '' ? key : `${key} (${path})`);
const byPlace = (items: readonly WouldBe[]): Map<string, string> => {
  const found = new Map<string, string>();
  // A node may do several things in one run; together they are what it does.
  for (const item of items) found.set(placeOf(item), (found.get(placeOf(item)) ?? '') + canonicalJson(essence(item)));
  return found;
};

export const hashOf = (items: readonly WouldBe[]): string => sha256(canonicalJson([...byPlace(items)].toSorted(([a], [b]) => (a < b ? -1 : 1))));

/** Nodes that would do something else now than the plan says, in words. */
export function drift(planned: readonly WouldBe[], now: readonly WouldBe[]): string[] {
  const [before, after] = [byPlace(planned), byPlace(now)];
  const gone = [...before.keys()].filter((place) => !after.has(place)).map((place) => `${place} would do nothing any more`);
  const added = [...after.keys()].filter((place) => !before.has(place)).map((place) => `${place} would do something that was not planned`);
  const changed = [...before]
    .filter(([place, what]) => after.has(place) && after.get(place) !== what)
    .map(([place]) => `${place} would do something else`);
  return [...changed, ...gone, ...added];
}
