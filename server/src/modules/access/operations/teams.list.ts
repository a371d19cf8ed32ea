import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, asc, eq, ilike, or, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { withinReach } from '#kernel/scope.ts';
import { Team } from '../teams/schemas.ts';
import { teamViews } from '../teams/store.ts';
import { teamMembers, teams } from '../teams/tables.ts';

export const teamsList = defineOperation({
  name: 'teams.list',
  summary: 'List teams of people',
  permission: 'teams:read',
  risk: 'read',
  input: z.object({
    q: z.string().trim().min(1).max(100).optional().meta({ title: 'Search', help: 'Part of a name' }),
    memberId: z.uuid().optional().meta({ title: 'Member', help: 'Only teams that this person is in' }),
    ...pageInput,
  }),
  output: pageOf(Team),
  targets: 'filter',
  async run(ctx, { q, memberId, cursor, limit }) {
    const after = decodeCursor(cursor, 2);
    if (after && !isUuid(String(after[1])))
      throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
    const like = q && `%${q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    const rows = await ctx.db
      .select()
      .from(teams)
      .where(
        and(
          eq(teams.tenantId, ctx.tenantId),
          withinReach(ctx.reach, { type: 'team', id: teams.id }),
          like ? or(ilike(teams.name, like), ilike(teams.slug, like)) : undefined,
          memberId
            ? sql`exists (select from ${teamMembers} where ${teamMembers.tenantId} = ${teams.tenantId} and ${teamMembers.teamId} = ${teams.id} and ${teamMembers.memberId} = ${memberId})`
            : undefined,
          after ? sql`(${teams.name}, ${teams.id}) > (${String(after[0])}, ${String(after[1])}::uuid)` : undefined,
        ),
      )
      .orderBy(asc(teams.name), asc(teams.id))
      .limit(limit + 1);
    const views = new Map((await teamViews(ctx, rows)).map((team) => [team.id, team]));
    return toPage(
      rows,
      limit,
      (row) => [row.name, row.id],
      (row) => views.get(row.id)!,
    );
  },
});
