import type { Context, ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { requireSeen } from '../role-writes.ts';
import { contentOf, type TeamContent } from './plans.ts';
import type { Team } from './schemas.ts';
import { findTeam, namedOnce, requirePeople, setTeamMembers, teamViews } from './store.ts';
import { teams, type TeamRow } from './tables.ts';

export interface TeamEdit {
  row: TeamRow;
  before: TeamContent;
  after: TeamContent;
  names: ReadonlyMap<string, string>;
}

/** What an edit would make of a team; throws when it may not be made. */
export async function teamEdit(
  ctx: ReadContext,
  id: string,
  said: { [Field in keyof TeamContent]?: TeamContent[Field] | undefined },
): Promise<TeamEdit> {
  const row = await findTeam(ctx, id);
  requireSeen(ctx, row.name, row.version);
  const [view] = await teamViews(ctx, [row]);
  const before = contentOf(view!);
  const { name = before.name, description = before.description, members = before.members } = said;
  const after = { name, description, members: [...new Set(members)].toSorted() };
  const names = new Map([...view!.members.map((member) => [member.id, member.name] as const), ...(await requirePeople(ctx, after.members))]);
  return { row, before, after, names };
}

/** Writes it; refused when somebody else has saved since it was read. */
export async function saveTeam(ctx: Context, { row, after }: TeamEdit): Promise<Team> {
  const mine = and(eq(teams.tenantId, ctx.tenantId), eq(teams.id, row.id), eq(teams.version, row.version));
  const fields = { name: after.name, description: after.description, version: row.version + 1, updatedAt: ctx.now() };
  const [saved] = await namedOnce(after.name, ctx.db.update(teams).set(fields).where(mine).returning());
  if (!saved) throw new Problem('version-conflict', `"${row.name}" was changed in the meantime. Read it again and repeat your edit.`);
  await setTeamMembers(ctx, row.id, after.members);
  ctx.emit('team.updated', { teamId: row.id, slug: row.slug, name: after.name });
  return (await teamViews(ctx, [saved]))[0]!;
}
