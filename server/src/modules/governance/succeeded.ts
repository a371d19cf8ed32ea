import type { Context } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import { hideSecrets } from '#kernel/sensitive.ts';
import { Operations } from './providers/port.ts';
import { findChange, transition } from './store.ts';

/** The Gate's step after an inline effect: the Change ends in the transaction that made it. */
export async function changeSucceeded(ctx: Context, changeId: string, output: unknown): Promise<void> {
  const row = await findChange(ctx.db, ctx.tenantId, changeId);
  const operation = ctx.provider(Operations).get(row.operation);
  if (!operation) throw new Problem('internal', `operation ${row.operation} is not registered`);
  await transition(ctx, row, 'succeeded', { outcome: hideSecrets(operation.output, output), progress: 100, implementer: ctx.actor });
}
