import { Problem } from '#kernel/problem.ts';
import type { Kind } from '../kind.ts';
import { approvalSla } from './approval-sla.ts';
import { emergency } from './emergency.ts';
import { policyViolations } from './policy-violations.ts';
import { productionChanges } from './production-changes.ts';

export const KINDS: readonly Kind[] = [productionChanges, approvalSla, policyViolations, emergency];
export const KIND_KEYS = KINDS.map(({ key }) => key);

const byKey = new Map(KINDS.map((kind) => [kind.key, kind]));
export function kindOf(key: string): Kind {
  const kind = byKey.get(key);
  if (!kind) throw new Problem('not-found', `There is no kind of report called "${key}".`);
  return kind;
}
