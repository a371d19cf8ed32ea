import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { saveTeam, teamEdit } from '../teams/edit.ts';
import { teamFields } from '../teams/plans.ts';
import { Team, TeamFields, TeamId } from '../teams/schemas.ts';
import { findTeam } from '../teams/store.ts';

export const teamsUpdate = defineOperation({
  name: 'teams.update',
  summary: 'Change what a team is called',
  description: 'Its short name stays, since rules go by it; its people are set by teams.setMembers.',
  permission: 'teams:write',
  risk: 'write',
  input: z.object({ id: TeamId, name: TeamFields.name.optional(), description: TeamFields.description.optional() }),
  output: Team,
  targets: async (ctx, { id }) => [await findTeam(ctx, id)].map((team) => ({ type: 'team', id: team.id, name: team.name })),
  async plan(ctx, { id, name, description }) {
    const { row, before, after, names } = await teamEdit(ctx, id, { name, description });
    return {
      summary: `Change team ${row.name}`,
      changes: [{ action: 'update', type: 'team', id: row.id, name: row.name, fields: teamFields(before, after, names) }],
      reversible: 'Change it back.',
      observed: { [`team ${row.id}`]: String(row.version) },
    };
  },
  run: async (ctx, { id, name, description }) => saveTeam(ctx, await teamEdit(ctx, id, { name, description })),
});
