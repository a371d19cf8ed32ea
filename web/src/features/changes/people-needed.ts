import type { ApprovalNode, Requirement } from '#lib/types.ts';

const fewest = (node: ApprovalNode, distinct: boolean): number => {
  if ('any' in node) return Math.min(...node.any.map((one) => fewest(one, distinct)));
  if (!('all' in node)) return node.count;
  const counts = node.all.map((one) => fewest(one, distinct));
  return distinct ? counts.reduce((sum, count) => sum + count, 0) : Math.max(0, ...counts);
};

/** How many people must agree at least; one person's approval counts for several rules. */
export const peopleNeeded = (requirements: readonly Requirement[]): number =>
  Math.max(0, ...requirements.map(({ need, distinct }) => fewest(need, distinct ?? false)));
