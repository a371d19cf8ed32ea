import type { AiBound } from '#kernel/ai.ts';
import type { AgentConfig } from './settings.ts';
import { usageOf, type Thought, type Turn } from './thoughts.ts';

type Limits = Pick<AgentConfig, 'maxIterations' | 'maxToolCalls' | 'budget' | 'onBudget' | 'maxTokens'>;

export type Limit = { stop: 'iterations' | 'budget'; why: string };

/** Calls that were really made. */
export const callsMade = (turns: readonly Turn[]): number => turns.flatMap(({ told }) => told).filter(({ recordId }) => recordId !== null).length;

const spentMs = (turns: readonly Turn[]): number =>
  turns.reduce((sum, { thought, told }) => sum + thought.ms + told.reduce((all, { ms }) => all + ms, 0), 0);

/** Which limit forbids another turn. Tokens and money are bounded by what a call of the model reserves. */
export function limitAt(turns: readonly Turn[], { maxIterations, maxToolCalls, budget }: Limits): Limit | undefined {
  if (turns.length >= maxIterations) return { stop: 'iterations', why: `It may ask the model ${maxIterations} times.` };
  if (callsMade(turns) >= maxToolCalls) return { stop: 'budget', why: `It may call ${maxToolCalls} tools.` };
  if (budget.seconds !== undefined && spentMs(turns) >= budget.seconds * 1_000)
    return { stop: 'budget', why: `It may work for ${budget.seconds} seconds.` };
  return undefined;
}

/** Tokens that are kept for the last answer. */
export const lastTokens = ({ maxTokens, budget: { tokens }, onBudget }: Limits): number =>
  onBudget === 'stop' ? 0 : Math.min(maxTokens, 500, Math.floor((tokens ?? Number.MAX_SAFE_INTEGER) / 4));

/** What is left of the node's own budget for the next answer; the last one may have what was kept for it. */
export function boundsOf(thoughts: readonly Thought[], limits: Limits, isLast: boolean, accountId: string | undefined): AiBound[] {
  const { tokens, cost } = limits.budget;
  if (tokens === undefined && cost === undefined) return [];
  const used = usageOf(thoughts);
  const kept = isLast || limits.onBudget === 'stop' ? 0 : 2 * lastTokens(limits);
  return [
    {
      name: 'node',
      // What its tools have spent counts, too.
      ...(accountId === undefined ? {} : { accountId }),
      ...(tokens === undefined ? {} : { tokens: { most: Math.max(0, tokens - Math.min(kept, Math.floor(tokens / 2))), spent: used.in + used.out } }),
      ...(cost === undefined ? {} : { cost: { most: cost, spent: used.cost } }),
    },
  ];
}
