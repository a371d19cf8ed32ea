import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { closeRequest } from '../approvals/store.ts';
import { Machinery } from '../providers/port.ts';
import { isOwn, isTerminal, numberText } from '../rules.ts';
import { Change, ChangeId } from '../schemas.ts';
import { isWatching } from '../stages/rules.ts';
import { appendLog, findChange, transition } from '../store.ts';
import { changes } from '../tables.ts';
import { visibleChange } from '../target.ts';
import { detailOf, reachOf } from '../view.ts';

export const changesCancel = defineOperation({
  name: 'changes.cancel',
  summary: 'Cancel a Change',
  description:
    'Your own, or any with changes:cancel. One that runs, or is held after its first targets, stops before its next step and undoes what it did where it can.',
  permission: 'changes:read',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/changes/{id}/cancel' },
  input: z.object({ id: ChangeId }),
  output: Change,
  targets: visibleChange,
  async run(ctx, { id }) {
    const change = await findChange(ctx.db, ctx.tenantId, id, true);
    if (!isOwn(change.requester, ctx.actor) && (await reachOf(ctx, 'changes:cancel', 'write')).length === 0) {
      throw new Problem('permission-denied', 'You may cancel your own Changes; those of others need changes:cancel (roles admin and owner hold it).');
    }
    if (isTerminal(change.state) || change.state === 'rolling_back') {
      throw new Problem('invalid-transition', `${numberText(change.number)} is ${change.state.replaceAll('_', ' ')} and cannot be cancelled.`, {
        state: change.state,
      });
    }
    if (change.startedAt === null && !change.accepted) {
      await closeRequest(ctx, change, 'cancelled');
      return detailOf(ctx, await transition(ctx, change, 'cancelled'));
    }
    // A worker has it, or is about to: it sees the wish at its next step. One that is held, or whose first targets are watched, has none.
    if (change.state === 'paused') await transition(ctx, change, 'running');
    const [asked] = await ctx.db
      .update(changes)
      .set({ cancelRequestedBy: ctx.actor })
      .where(and(eq(changes.tenantId, ctx.tenantId), eq(changes.id, change.id)))
      .returning();
    if (change.state === 'paused' || isWatching(change.stages))
      await ctx.provider(Machinery).jobs.enqueue(ctx.db, 'change', { tenantId: ctx.tenantId, changeId: change.id });
    await appendLog(ctx.db, ctx.tenantId, change.id, 'log', { level: 'warn', message: `${ctx.actor.name} asked to cancel` });
    ctx.emit('change.cancel_requested', { changeId: change.id, number: numberText(change.number) });
    return detailOf(ctx, asked!);
  },
});
