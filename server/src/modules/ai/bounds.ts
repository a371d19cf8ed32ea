import type { AiBound } from '#kernel/ai.ts';
import { Problem } from '#kernel/problem.ts';
import { NOTHING, overrun, plus, resetsAt, type Level, type Spent } from './budget-rules.ts';
import { levelsIn, reservedOf, usedOf, type BudgetsAt } from './budgets.ts';
import type { AccountRow } from './tables.ts';

/** A bound as a call meets it. */
export interface Bounded {
  /** As refusals and warnings name it. */
  name: string;
  workflowId: string | null;
  tokens: number | null;
  cost: number | null;
  /** What is settled under it. */
  used: Spent;
  /** What calls under way may still spend. */
  held: Spent;
  resets?: Date;
}

interface Over {
  level: string;
  unit: 'tokens' | 'cost';
  limit: number;
  used: number;
}

const shown = ({ unit }: Over, amount: number): string => (unit === 'tokens' ? `${amount} tokens` : `${(amount / 1_000_000).toFixed(4)} US dollars`);

export function exceeded(over: Over, most: Spent, resets?: Date): Problem {
  const until = resets ? ` It begins anew at ${resets.toISOString()}.` : '';
  const asked = shown(over, over.unit === 'tokens' ? most.tokens : most.cost);
  return new Problem('ai-budget-exceeded', `The budget of the ${over.level} allows ${shown(over, over.limit)}, ${shown(over, over.used)} are used or set aside, and the call may take ${asked}.${until}`, { ...over });
} // prettier-ignore

/** Throws `ai-budget-exceeded` when one of them does not have as much left. */
export function requireRoom(bounds: readonly Bounded[], most: Spent): void {
  for (const { name, used, held, resets, ...bound } of bounds) {
    const over = overrun(bound, plus(used, held), most);
    if (over) throw exceeded({ level: name, ...over }, most, resets);
  }
}

const isBound = ({ tokens, cost }: Pick<Bounded, 'tokens' | 'cost'>): boolean => tokens !== null || cost !== null;

async function ofLevel(at: BudgetsAt, level: Level): Promise<Bounded> {
  const { workflowId, period, tokens, cost } = level;
  const name = `${level.level} for a ${period}`;
  return {
    name,
    workflowId,
    tokens,
    cost,
    used: await usedOf(at, level),
    held: await reservedOf(at, { workflowId }),
    resets: resetsAt(at.now, period),
  };
}

const ofAccount = async (at: BudgetsAt, { id, name, tokensMost, costMost, tokens, cost }: AccountRow, workflowId: string | null): Promise<Bounded> => ({
  name, workflowId, tokens: tokensMost, cost: costMost, used: { tokens, cost }, held: await reservedOf(at, { account: id }),
}); // prettier-ignore

/** What a call that is counted in this way falls under. */
export async function boundsOn(at: BudgetsAt, planTokens: number | null, workflowId: string | null, payers: readonly AccountRow[]): Promise<Bounded[]> {
  const levels = (await levelsIn(at, planTokens)).filter((level) => isBound(level) && (level.workflowId === null || level.workflowId === workflowId));
  const found: Bounded[] = [];
  for (const level of levels) found.push(await ofLevel(at, level));
  for (const payer of payers) if (payer.tokensMost !== null || payer.costMost !== null) found.push(await ofAccount(at, payer, workflowId));
  return found;
} // prettier-ignore

const larger = (a: Spent, b: Spent): Spent => ({ tokens: Math.max(a.tokens, b.tokens), cost: Math.max(a.cost, b.cost) });
const told = ({ tokens, cost }: AiBound): Spent => ({ tokens: tokens?.spent ?? 0, cost: cost?.spent ?? 0 });

/** Bounds that the caller keeps count of; where one names an account, what is known of that counts too. */
export async function boundsBy(at: BudgetsAt, workflowId: string | null, bounds: readonly AiBound[], payers: readonly AccountRow[]): Promise<Bounded[]> {
  const found: Bounded[] = [];
  for (const bound of bounds) {
    const account = payers.find(({ id }) => id === bound.accountId);
    found.push({
      name: bound.name, workflowId, tokens: bound.tokens?.most ?? null, cost: bound.cost?.most ?? null,
      used: larger(told(bound), account ?? NOTHING), held: account ? await reservedOf(at, { account: account.id }) : NOTHING,
    });
  }
  return found;
} // prettier-ignore
