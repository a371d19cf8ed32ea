import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, desc, eq, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { outcomeOf } from '../kept.ts';
import { RulingView, rulingView } from '../reports.ts';
import { SetId } from '../schemas.ts';
import { setTarget } from '../store.ts';
import { policyShadowDifferences } from '../tables.ts';

const Difference = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  version: z.int(),
  decisionId: z.uuid(),
  operation: z.string(),
  actorId: z.string(),
  phase: z.enum(['request', 'plan', 'apply']),
  change: z.enum(['stricter', 'looser', 'other']),
  active: RulingView,
  candidate: RulingView,
});

export const policiesDifferencesList = defineOperation({
  name: 'policies.differences.list',
  summary: 'List where a version in shadow would have decided otherwise',
  permission: 'policies:test',
  risk: 'read',
  route: { method: 'GET', path: '/policies/{id}/differences' },
  input: z.object({ id: SetId, ...pageInput }),
  output: pageOf(Difference),
  targets: setTarget,
  async run(ctx, { id, cursor, limit }) {
    const after = decodeCursor(cursor, 1);
    if (after && !isUuid(String(after[0]))) throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
    const { tenantId, setId, id: rowId } = policyShadowDifferences;
    const rows = await ctx.db
      .select()
      .from(policyShadowDifferences)
      .where(and(eq(tenantId, ctx.tenantId), eq(setId, id), after ? lt(rowId, String(after[0])) : undefined))
      .orderBy(desc(rowId))
      .limit(limit + 1);
    return toPage(rows, limit, (row) => [row.id], ({ at, number, active, candidate, ...row }) => {
      const [before, now] = [outcomeOf(active), outcomeOf(candidate)];
      const isStricter = (before.refused === null && now.refused !== null) || (now.refused === null && now.approvals.length > before.approvals.length);
      const isLooser = (before.refused !== null && now.refused === null) || (before.refused === null && now.approvals.length < before.approvals.length);
      return {
        id: row.id, at: at.toISOString(), version: number, decisionId: row.decisionId, operation: row.operation, actorId: row.actorId, phase: row.phase,
        change: isStricter ? ('stricter' as const) : isLooser ? ('looser' as const) : ('other' as const),
        active: rulingView(active), candidate: rulingView(candidate),
      };
    });
  },
}); // prettier-ignore
