import { dollarText, millionthsOf } from '#lib/dollars.ts';
import type { Budget } from './types.ts';

/** One bound as it is typed: tokens and dollars, each of them empty for none. */
export interface BudgetDraft {
  workflowId: string | null;
  period: 'day' | 'month';
  tokens: string;
  cost: string;
}
const blank = (period: BudgetDraft['period']): BudgetDraft => ({ workflowId: null, period, tokens: '', cost: '' });

/** What the plan sets is none of one's own, and is not sent back as if it were. */
const draftOf = ({ workflowId, period, tokens, cost, plan }: Budget): BudgetDraft => ({
  workflowId,
  period,
  tokens: plan || tokens === null ? '' : String(tokens),
  cost: dollarText(cost),
});

/** The day and the month of the organisation, then workflows. */
export function draftsOf(budgets: readonly Budget[]): BudgetDraft[] {
  const drafts = budgets.map(draftOf);
  const own = (['day', 'month'] as const).map((period) => drafts.find((one) => one.workflowId === null && one.period === period) ?? blank(period));
  return [...own, ...drafts.filter(({ workflowId }) => workflowId !== null)];
}

export const isTokens = (text: string): boolean => text === '' || (/^\d{1,13}$/.test(text) && Number(text) <= 1_000_000_000_000);
export const isCost = (text: string): boolean => millionthsOf(text) !== null && (millionthsOf(text) ?? 0) <= 1_000_000_000_000;
export const isReady = (drafts: readonly BudgetDraft[]): boolean =>
  drafts.every(({ workflowId, tokens, cost }) => workflowId !== '' && isTokens(tokens) && isCost(cost));

/** All of them, as the server takes them: what has no bound is left out. */
export const itemsOf = (drafts: readonly BudgetDraft[]) =>
  drafts
    .map(({ workflowId, period, tokens, cost }) => ({ workflowId, period, tokens: tokens === '' ? null : Number(tokens), cost: millionthsOf(cost) ?? null }))
    .filter(({ tokens, cost }) => tokens !== null || cost !== null); // prettier-ignore
