import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { askForApproval } from '../approvals/ask.ts';
import { Machinery } from '../providers/port.ts';
import { isOwn, numberText } from '../rules.ts';
import { Change, ChangeId } from '../schemas.ts';
import { findChange, transition } from '../store.ts';
import { visibleChange } from '../target.ts';
import { detailOf } from '../view.ts';

export const changesSubmit = defineOperation({
  name: 'changes.submit',
  summary: 'Submit a draft Change',
  description: 'Asks for the approvals that the rules demand, or carries the Change out when they demand none. The plan is checked again first.',
  permission: 'changes:read',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/changes/{id}/submit' },
  input: z.object({ id: ChangeId }),
  output: Change,
  targets: visibleChange,
  async run(ctx, { id }) {
    const change = await findChange(ctx.db, ctx.tenantId, id, true);
    if (change.state !== 'planned')
      throw new Problem(
        'invalid-transition',
        `${numberText(change.number)} is ${change.state.replaceAll('_', ' ')}; only a draft can be submitted.`,
        { state: change.state },
      );
    if (!isOwn(change.requester, ctx.actor)) throw new Problem('permission-denied', 'Only the person who made the draft may submit it.');
    const submittedAt = ctx.now();
    if (change.requirements.length > 0) {
      const waiting = await transition(ctx, change, 'awaiting_approval', { submittedAt });
      await askForApproval(ctx, waiting);
      return detailOf(ctx, waiting);
    }
    const running = await transition(ctx, change, 'running', { submittedAt });
    await ctx.provider(Machinery).jobs.enqueue(ctx.db, 'change', { tenantId: ctx.tenantId, changeId: change.id });
    return detailOf(ctx, running);
  },
});
