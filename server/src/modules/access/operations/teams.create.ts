import { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { teamFields } from '../teams/plans.ts';
import { Slug, Team, TeamFields } from '../teams/schemas.ts';
import { joinsOneself, namedOnce, requirePeople, requireTeamRoom, setTeamMembers, teamViews } from '../teams/store.ts';
import { teams } from '../teams/tables.ts';

const input = z.object({
  slug: Slug,
  name: TeamFields.name,
  description: TeamFields.description.default(''),
  members: TeamFields.members.default([]),
});

export const teamsCreate = defineOperation({
  name: 'teams.create',
  summary: 'Make a team of people',
  description: 'Rules may ask for the agreement of a team, and name it by its short name. Putting oneself into a team is of high risk.',
  permission: 'teams:write',
  risk: 'write',
  input,
  output: Team,
  targets: (_ctx, { slug, name }) => [{ type: 'team', id: slug, name }],
  async plan(ctx, { name, description, members }) {
    const names = await requirePeople(ctx, members);
    return {
      summary: `Make team ${name}`,
      ...(joinsOneself(ctx, [], members) ? { risk: 'high' as const } : {}),
      changes: [{ action: 'create', type: 'team', name, fields: teamFields(null, { name, description, members }, names) }],
      reversible: 'Delete the team.',
    };
  },
  async run(ctx, { members, ...said }) {
    await requireTeamRoom(ctx);
    await requirePeople(ctx, members);
    const row = { tenantId: ctx.tenantId, id: newId(), ...said, createdAt: ctx.now(), updatedAt: ctx.now() };
    const [made] = await namedOnce(`${said.name}" or "${said.slug}`, ctx.db.insert(teams).values(row).returning());
    await setTeamMembers(ctx, made!.id, [...new Set(members)]);
    ctx.emit('team.created', { teamId: made!.id, slug: made!.slug, name: made!.name });
    return (await teamViews(ctx, [made!]))[0]!;
  },
});
