import type { DeliveredEvent } from '#kernel/module.ts';
import type { WorkContext } from '#kernel/work.ts';
import { Agreements } from '../people.ts';

/** An execution has ended before people decided: nobody is to be asked any longer. */
export async function withdrawApprovals(ctx: WorkContext, { data }: DeliveredEvent): Promise<void> {
  const { executionId } = data;
  if (typeof executionId === 'string') await ctx.provider(Agreements).withdraw(ctx, executionId);
}
