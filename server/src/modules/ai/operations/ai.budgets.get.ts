import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { budgetViews } from '../budget-views.ts';
import { BudgetView } from '../schemas.ts';

export const aiBudgetsGet = defineOperation({
  name: 'ai.budgets.get',
  summary: 'Show the budgets for models and what is left of them',
  description: 'Of the tenant by day and month, and of workflows by day. Days and months are those of UTC.',
  permission: 'ai:read',
  risk: 'read',
  route: { method: 'GET', path: '/ai/budgets' },
  input: z.object({}),
  output: z.object({ items: z.array(BudgetView) }),
  targets: 'none',
  run: async (ctx) => ({ items: await budgetViews(ctx) }),
});
