import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { saveTeam, teamEdit } from '../teams/edit.ts';
import { teamFields } from '../teams/plans.ts';
import { Team, TeamFields, TeamId } from '../teams/schemas.ts';
import { findTeam, joinsOneself } from '../teams/store.ts';

export const teamsSetMembers = defineOperation({
  name: 'teams.setMembers',
  summary: 'Say who is in a team',
  description: 'From then on these people are asked where a rule asks for the team. Putting oneself into it is of high risk.',
  permission: 'teams:write',
  risk: 'write',
  route: { method: 'PUT', path: '/teams/{id}/members' },
  input: z.object({ id: TeamId, members: TeamFields.members }),
  output: Team,
  targets: async (ctx, { id }) => [await findTeam(ctx, id)].map((team) => ({ type: 'team', id: team.id, name: team.name })),
  async plan(ctx, { id, members }) {
    const { row, before, after, names } = await teamEdit(ctx, id, { members });
    return {
      summary: `Set the people of team ${row.name}`,
      ...(joinsOneself(ctx, before.members, after.members) ? { risk: 'high' as const } : {}),
      changes: [{ action: 'update', type: 'team', id: row.id, name: row.name, fields: teamFields(before, after, names) }],
      reversible: 'Set the people that it had.',
      observed: { [`team ${row.id}`]: String(row.version) },
    };
  },
  run: async (ctx, { id, members }) => saveTeam(ctx, await teamEdit(ctx, id, { members })),
});
