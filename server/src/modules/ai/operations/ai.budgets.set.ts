import { z } from 'zod';
import { eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { budgetViews } from '../budget-views.ts';
import { AiSurroundings } from '../providers/port.ts';
import { BudgetView, BudgetWish } from '../schemas.ts';
import { lockTenant } from '../store.ts';
import { budgets } from '../tables.ts';

/** Each is looked at with every call. */
const BUDGETS = 200;

/** One for each thing and period; a workflow has one for a day. */
function requireGood(items: readonly BudgetWish[]): void {
  const seen = new Set<string>();
  const errors = items.flatMap(({ workflowId, period }, at) => {
    const key = `${workflowId ?? ''} ${period}`;
    const message = seen.has(key)
      ? 'There is one for this already'
      : workflowId !== null && period !== 'day'
        ? 'A workflow has a budget for a day'
        : null;
    seen.add(key);
    return message === null ? [] : [{ pointer: `/items/${at}`, message }];
  });
  if (errors.length > 0) throw new Problem('validation-failed', `The budgets cannot be set like this: ${errors[0]!.message}.`, { errors });
}

const wordsOf = ({ workflowId, period }: Pick<BudgetWish, 'workflowId' | 'period'>): string =>
  `${workflowId === null ? 'the tenant' : `workflow ${workflowId}`} for a ${period}`;

export const aiBudgetsSet = defineOperation({
  name: 'ai.budgets.set',
  summary: 'Set the budgets for models',
  description: 'All of them at once: those that are left out are bounds no longer. What the plan allows in a day holds in any case.',
  permission: 'ai:manage',
  risk: 'write',
  route: { method: 'PUT', path: '/ai/budgets' },
  input: z.object({ items: z.array(BudgetWish).max(BUDGETS).meta({ title: 'Budgets' }) }),
  output: z.object({ items: z.array(BudgetView) }),
  targets: 'none',
  async plan(ctx, { items }) {
    requireGood(items);
    const { db, tenantId } = ctx;
    const before = await db.select().from(budgets).where(eq(budgets.tenantId, tenantId));
    const most = await ctx.provider(AiSurroundings).tokensPerDay(db, tenantId);
    const beyond = items.some(({ workflowId, period, tokens }) => most !== null && workflowId === null && period === 'day' && (tokens ?? 0) > most);
    const shown = (rows: readonly BudgetWish[]) => rows.map((row) => ({ of: wordsOf(row), tokens: row.tokens, cost: row.cost }));
    return {
      summary: `Set ${items.length} ${items.length === 1 ? 'budget' : 'budgets'} for models`,
      changes: [{ action: 'update', type: 'aiBudgets', name: 'Budgets for models', fields: [{ path: 'items', before: shown(before), after: shown(items) }] }],
      warnings: beyond ? [`The plan allows ${most} tokens a day: that is less, and holds.`] : [],
      reversible: 'Set them as they were.',
    };
  },
  async run(ctx, { items }) {
    requireGood(items);
    const { db, tenantId, now } = ctx;
    await lockTenant(ctx, 'budgets');
    await db.delete(budgets).where(eq(budgets.tenantId, tenantId));
    if (items.length > 0) await db.insert(budgets).values(items.map((item) => ({ tenantId, id: newId(), ...item, createdAt: now(), updatedAt: now() })));
    ctx.emit('ai.budgets_updated', { count: items.length });
    return { items: await budgetViews(ctx) };
  },
}); // prettier-ignore
