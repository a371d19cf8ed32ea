import type { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { resetsAt } from './budget-rules.ts';
import { levelsIn, reservedOf, usedOf } from './budgets.ts';
import { AiSurroundings } from './providers/port.ts';
import type { BudgetView } from './schemas.ts';

/** Every bound of the tenant with what is spent under it. */
export async function budgetViews({ db, tenantId, now, provider }: Pick<ReadContext, 'db' | 'tenantId' | 'now' | 'provider'>): Promise<z.input<typeof BudgetView>[]> {
  const at = { db, tenantId, now: now() };
  const levels = await levelsIn(at, await provider(AiSurroundings).tokensPerDay(db, tenantId));
  const views: z.input<typeof BudgetView>[] = [];
  for (const level of levels)
    views.push({
      ...level,
      used: await usedOf(at, level),
      reserved: await reservedOf(at, { workflowId: level.workflowId }),
      resetsAt: resetsAt(at.now, level.period).toISOString(),
    });
  return views;
} // prettier-ignore
