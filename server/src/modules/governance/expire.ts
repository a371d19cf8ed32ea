import { and, eq, inArray, lte } from '#kernel/drizzle.ts';
import type { WorkContext } from '#kernel/work.ts';
import { closeRequest } from './approvals/store.ts';
import { afterDeadline, OPEN } from './rules.ts';
import { auditEnd } from './runner/audit.ts';
import { transition } from './store.ts';
import { changes } from './tables.ts';
import { Problem } from '#kernel/problem.ts';

/** Ends what has waited past its deadline, so that no Change hangs. Running ones are ended by their own worker; this is for those that have none. */
export async function expireChanges(ctx: WorkContext): Promise<void> {
  const grace = new Date(ctx.now().getTime() - 60_000);
  const waiting = OPEN.filter((state) => !['running', 'verifying', 'rolling_back'].includes(state));
  const due = await ctx.db
    .select()
    .from(changes)
    .where(and(eq(changes.tenantId, ctx.tenantId), inArray(changes.state, waiting), lte(changes.deadlineAt, ctx.now())))
    .for('update', { skipLocked: true });
  const abandoned = await ctx.db
    .select()
    .from(changes)
    .where(and(eq(changes.tenantId, ctx.tenantId), inArray(changes.state, ['running', 'verifying', 'rolling_back']), lte(changes.deadlineAt, grace)))
    .for('update', { skipLocked: true });
  for (const row of [...due, ...abandoned]) {
    const problem = new Problem('deadline-exceeded', `It was still ${row.state.replaceAll('_', ' ')} at ${row.deadlineAt!.toISOString()}.`);
    await closeRequest(ctx, row, 'expired');
    // A worker that is still at it holds an older epoch now, so it can write nothing more.
    await transition(ctx, row, afterDeadline(row.state), { problem: problem.toJSON(row.requestId), epoch: row.epoch + 1 });
    await auditEnd(ctx, row, problem);
  }
}
