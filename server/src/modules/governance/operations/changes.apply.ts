import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Machinery } from '../providers/port.ts';
import { numberText } from '../rules.ts';
import { Change, ChangeId } from '../schemas.ts';
import { findChange } from '../store.ts';
import { visibleChange } from '../target.ts';
import { detailOf } from '../view.ts';

export const changesApply = defineOperation({
  name: 'changes.apply',
  summary: 'Apply an approved Change',
  description:
    'An approved Change is applied by itself; this starts it at once should its job have been held up. Permission, policy and plan are checked again.',
  permission: 'changes:apply',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/changes/{id}/apply' },
  input: z.object({ id: ChangeId }),
  output: Change,
  targets: visibleChange,
  async run(ctx, { id }) {
    const change = await findChange(ctx.db, ctx.tenantId, id, true);
    if (change.state === 'awaiting_approval') throw new Problem('approval-pending', `${numberText(change.number)} waits for an approval.`);
    if (change.state !== 'approved')
      throw new Problem(
        'invalid-transition',
        `${numberText(change.number)} is ${change.state.replaceAll('_', ' ')}; only an approved Change can be applied.`,
        { state: change.state },
      );
    await ctx.provider(Machinery).jobs.enqueue(ctx.db, 'change', { tenantId: ctx.tenantId, changeId: change.id }, { priority: 10 });
    return detailOf(ctx, change);
  },
});
