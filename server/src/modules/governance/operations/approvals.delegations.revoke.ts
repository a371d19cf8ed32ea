import { z } from 'zod';
import { and, eq, isNull, or } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Delegation } from '../approvals/schemas.ts';
import { delegationView } from '../approvals/view.ts';
import { approvalDelegations } from '../tables.ts';

export const approvalsDelegationsRevoke = defineOperation({
  name: 'approvals.delegations.revoke',
  summary: 'End a delegation',
  description: 'One you gave, or one you were given. What was decided by it stays.',
  permission: 'approvals:delegate',
  risk: 'write',
  change: 'none',
  hiddenFrom: ['mcp'],
  route: { method: 'DELETE', path: '/delegations/{id}' },
  input: z.object({ id: z.uuid() }),
  output: Delegation,
  targets: 'none',
  async run(ctx, { id }) {
    const me = ctx.actor.id;
    const [ended] = await ctx.db
      .update(approvalDelegations)
      .set({ revokedAt: ctx.now(), revokedBy: me, updatedAt: ctx.now() })
      .where(
        and(
          eq(approvalDelegations.tenantId, ctx.tenantId),
          eq(approvalDelegations.id, id),
          isNull(approvalDelegations.revokedAt),
          or(eq(approvalDelegations.delegatorId, me), eq(approvalDelegations.delegateId, me)),
        ),
      )
      .returning();
    if (!ended) throw new Problem('delegation-not-found', 'There is no delegation of this id that you gave or were given and that is in force.');
    return delegationView(ended, ctx.now());
  },
});
