import type { Finding } from '../types.ts';

const known = new WeakMap<readonly Finding[], ReadonlyMap<string, readonly Finding[]>>();
/** Findings by node, worked out once per answer. */
export function findingsOf(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const there = known.get(findings);
  if (there) return there;
  const made = Map.groupBy(findings.filter(({ nodeId }) => nodeId !== undefined), ({ nodeId }) => nodeId!); // prettier-ignore
  known.set(findings, made);
  return made;
}
export const countOf = (findings: readonly Finding[], severity: Finding['severity']): number =>
  findings.filter((finding) => finding.severity === severity).length;
