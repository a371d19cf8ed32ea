import type { ReadContext } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import { covers, payloadsOf, type Payloads } from './detail.ts';
import { findExecution, isMine } from './find.ts';
import { executionsPayloads } from './operations/executions.payloads.ts';

/** Whoever may run the workflow sees what their own runs of it saw. */
const isOwn = async (ctx: ReadContext, id: string): Promise<boolean> =>
  isMine((await findExecution(ctx, id)).execution, ctx) && (await covers(ctx, id, 'workflows:execute', 'write'));

/**
 * Payloads as the caller may see them: one's own at once, those of others through the Gate, which asks for executions:data and writes it
 * into the trail. `wanted: 'must'` throws where they may not; `'may'` leaves them out.
 */
export async function opened(ctx: ReadContext, id: string, wanted: 'must' | 'may' | 'no'): Promise<Payloads> {
  if (wanted === 'no') return { state: 'left-out' };
  if (await isOwn(ctx, id)) return payloadsOf(ctx, id);
  try {
    await ctx.call(executionsPayloads, { id });
  } catch (error) {
    if (wanted === 'may' && error instanceof Problem && error.kind.status === 403) return { state: 'hidden' };
    throw error;
  }
  return payloadsOf(ctx, id);
}
