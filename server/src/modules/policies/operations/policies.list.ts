import { z } from 'zod';
import { and, asc, eq, ilike, isNull, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, queryFlag, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { PolicySetSummary, setSummaries } from '../activity.ts';
import { policySets } from '../tables.ts';

export const policiesList = defineOperation({
  name: 'policies.list',
  summary: 'List policy sets',
  permission: 'policies:read',
  risk: 'read',
  input: z.object({
    q: z.string().trim().min(1).max(100).optional().meta({ title: 'Search', help: 'Part of a name' }),
    retired: queryFlag.default(false).meta({ title: 'With retired ones' }),
    activity: queryFlag.default(false).meta({ title: 'With activity', help: 'Also what the rules did in the last days' }),
    ...pageInput,
  }),
  output: pageOf(PolicySetSummary),
  targets: 'filter',
  async run(ctx, { q, retired, activity, cursor, limit }) {
    const after = decodeCursor(cursor, 2);
    const rows = await ctx.db
      .select()
      .from(policySets)
      .where(
        and(
          eq(policySets.tenantId, ctx.tenantId),
          withinReach(ctx.reach, { type: 'policySet', id: policySets.id }),
          retired ? undefined : isNull(policySets.retiredAt),
          q ? ilike(policySets.name, `%${q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`) : undefined,
          after ? sql`(${policySets.name}, ${policySets.id}::text) > (${String(after[0])}, ${String(after[1])})` : undefined,
        ),
      )
      .orderBy(asc(policySets.name), asc(sql`${policySets.id}::text`))
      .limit(limit + 1);
    const page = toPage(rows, limit, (row) => [row.name, row.id], (row) => row); // prettier-ignore
    return { ...page, items: await setSummaries(ctx, page.items, activity) };
  },
});
