import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, desc, eq, exists, gt, inArray, isNull, lt, or } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { OPEN_REQUEST } from '../approvals/rules.ts';
import { Delegation } from '../approvals/schemas.ts';
import { delegationView } from '../approvals/view.ts';
import { approvalDelegations, approvalRequests } from '../tables.ts';

export const approvalsDelegationsList = defineOperation({
  name: 'approvals.delegations.list',
  summary: 'List one’s delegations',
  description: 'Those you gave and those you were given, in force or still to come, the newest first.',
  permission: 'approvals:delegate',
  risk: 'read',
  route: { method: 'GET', path: '/delegations' },
  input: z.object({ ...pageInput }),
  output: pageOf(Delegation),
  targets: 'none',
  async run(ctx, { cursor, limit }) {
    const before = decodeCursor(cursor, 1);
    if (before && !isUuid(String(before[0])))
      throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
    const me = ctx.actor.id;
    // Of one request: as long as that is open.
    const openRequest = ctx.db
      .select({ id: approvalRequests.id })
      .from(approvalRequests)
      .where(
        and(
          eq(approvalRequests.tenantId, ctx.tenantId),
          eq(approvalRequests.id, approvalDelegations.requestId),
          inArray(approvalRequests.status, [...OPEN_REQUEST]),
        ),
      );
    const rows = await ctx.db
      .select()
      .from(approvalDelegations)
      .where(
        and(
          eq(approvalDelegations.tenantId, ctx.tenantId),
          or(eq(approvalDelegations.delegatorId, me), eq(approvalDelegations.delegateId, me)),
          isNull(approvalDelegations.revokedAt),
          or(isNull(approvalDelegations.requestId), exists(openRequest)),
          gt(approvalDelegations.validUntil, ctx.now()),
          before && lt(approvalDelegations.id, String(before[0])),
        ),
      )
      .orderBy(desc(approvalDelegations.id))
      .limit(limit + 1);
    return toPage(
      rows,
      limit,
      (row) => [row.id],
      (row) => delegationView(row, ctx.now()),
    );
  },
});
