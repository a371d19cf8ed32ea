import type { Fault, FaultKind } from '../../simulator.ts';
import { draw } from './random.ts';

export interface FaultRule extends Fault {
  /** Matching calls so far, and how often it struck. */
  seen: number;
  struck: number;
}

const strikes = (rule: FaultRule, seed: string, sequence: number): boolean =>
  (rule.count === undefined || rule.struck < rule.count) &&
  (rule.nth === undefined || rule.seen === rule.nth) &&
  (rule.probability === undefined || draw(seed, `fault:${rule.kind}`, sequence) < rule.probability);

/** The faults that strike this call; counts up in the rules, which belong to the caller's draft. */
export function strike(rules: FaultRule[], operation: string, seed: string, sequence: number): Set<FaultKind> {
  const struck = new Set<FaultKind>();
  for (const rule of rules) {
    if (rule.operation !== '*' && rule.operation !== operation) continue;
    rule.seen += 1;
    if (!strikes(rule, seed, sequence)) continue;
    rule.struck += 1;
    struck.add(rule.kind);
  }
  return struck;
}
