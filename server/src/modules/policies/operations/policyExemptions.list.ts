import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, desc, eq, gt, isNull, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, queryFlag, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { withinReach } from '#kernel/scope.ts';
import { exemptionView, ExemptionView } from '../exemptions.ts';
import { policyExemptions } from '../tables.ts';

export const policyExemptionsList = defineOperation({
  name: 'policyExemptions.list',
  summary: 'List exemptions from rules',
  permission: 'policies:read',
  risk: 'read',
  input: z.object({ activeOnly: queryFlag.default(false).meta({ title: 'Only those in force' }), ...pageInput }),
  output: pageOf(ExemptionView),
  targets: 'filter',
  async run(ctx, { activeOnly, cursor, limit }) {
    const after = decodeCursor(cursor, 1);
    if (after && !isUuid(String(after[0])))
      throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
    const { tenantId, id, validUntil, revokedAt } = policyExemptions;
    const rows = await ctx.db
      .select()
      .from(policyExemptions)
      .where(
        and(
          eq(tenantId, ctx.tenantId),
          withinReach(ctx.reach, { type: 'policyExemption', id }),
          activeOnly ? and(isNull(revokedAt), gt(validUntil, ctx.now())) : undefined,
          after ? lt(id, String(after[0])) : undefined,
        ),
      )
      .orderBy(desc(id))
      .limit(limit + 1);
    return toPage(rows, limit, (row) => [row.id], (row) => exemptionView(row, ctx.now())); // prettier-ignore
  },
});
