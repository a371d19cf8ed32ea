import { describeNeed } from './need.ts';
import { t } from '#lib/i18n.ts';
import type { Outcome, Ruling } from './types.ts';

/** What a decision comes to, in a sentence. */
export function outcomeInWords({ refused, rule, approvals }: Outcome): string {
  if (refused !== null) return t('policies.outcome.refused', { slug: refused, rule: rule ?? '' });
  if (approvals.length > 0) return t('policies.outcome.approvals', { needs: approvals.map(({ need }) => describeNeed(need)).join('; ') });
  return t('policies.outcome.allowed');
}

export const outcomeOf = ({ denied, unmet, requirements }: Ruling): Outcome => {
  const refusal = denied ?? unmet[0] ?? null;
  return { refused: refusal?.slug ?? null, rule: refusal?.rule ?? null, approvals: requirements.map(({ rule, need }) => ({ rule, need })) };
};
