import { Problem } from '#kernel/problem.ts';
import type { Kind } from '../kind.ts';
import { accessReview } from './access-review.ts';
import { approvalSla } from './approval-sla.ts';
import { auditExport } from './audit-export.ts';
import { controls } from './controls.ts';
import { emergency } from './emergency.ts';
import { outOfBand } from './out-of-band.ts';
import { policyViolations } from './policy-violations.ts';
import { productionChanges } from './production-changes.ts';
import { riskExposure } from './risk-exposure.ts';
import { roleUsage } from './role-usage.ts';
import { trends } from './trends.ts';

export const KINDS: readonly Kind[] = [
  productionChanges, approvalSla, policyViolations, emergency, accessReview, riskExposure, roleUsage, trends, outOfBand, controls, auditExport,
]; // prettier-ignore
export const KIND_KEYS = KINDS.map(({ key }) => key);

const byKey = new Map(KINDS.map((kind) => [kind.key, kind]));
export function kindOf(key: string): Kind {
  const kind = byKey.get(key);
  if (!kind) throw new Problem('not-found', `There is no kind of report called "${key}".`);
  return kind;
}
