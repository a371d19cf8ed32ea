import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { requireSeen } from '../role-writes.ts';
import { contentOf, teamFields } from '../teams/plans.ts';
import { TeamId } from '../teams/schemas.ts';
import { findTeam, teamViews } from '../teams/store.ts';
import { teams } from '../teams/tables.ts';

export const teamsDelete = defineOperation({
  name: 'teams.delete',
  summary: 'Delete a team of people',
  description: 'The people stay. Where a rule asks for the team, nobody can give that agreement any more.',
  permission: 'teams:write',
  risk: 'write',
  input: z.object({ id: TeamId }),
  output: z.object({ id: z.uuid() }),
  targets: async (ctx, { id }) => [await findTeam(ctx, id)].map((team) => ({ type: 'team', id: team.id, name: team.name })),
  async plan(ctx, { id }) {
    const row = await findTeam(ctx, id);
    requireSeen(ctx, row.name, row.version);
    const [view] = await teamViews(ctx, [row]);
    const names = new Map(view!.members.map((member) => [member.id, member.name]));
    return {
      summary: `Delete team ${row.name}`,
      changes: [{ action: 'delete', type: 'team', id: row.id, name: row.name, fields: teamFields(contentOf(view!), null, names) }],
      warnings: [`Rules that ask for ${row.slug} can no longer be met.`],
      reversible: 'Make the team again with the same short name.',
      observed: { [`team ${row.id}`]: String(row.version) },
    };
  },
  async run(ctx, { id }) {
    const row = await findTeam(ctx, id);
    requireSeen(ctx, row.name, row.version);
    await ctx.db.delete(teams).where(and(eq(teams.tenantId, ctx.tenantId), eq(teams.id, row.id)));
    ctx.emit('team.deleted', { teamId: row.id, slug: row.slug, name: row.name });
    return { id: row.id };
  },
});
