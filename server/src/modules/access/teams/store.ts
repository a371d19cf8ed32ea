import type { Context, ReadContext } from '#kernel/context.ts';
import { isUuid, type Database } from '#kernel/database.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, asc, count, eq, inArray, sql } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Teams } from '#kernel/teams.ts';
import { People } from '../providers/port.ts';
import { teamOf, TEAMS, type Team } from './schemas.ts';
import { teamMembers, teams, type TeamRow } from './tables.ts';

/** By id or short name. Throws `team-not-found`. */
export const findTeam = (ctx: ReadContext, idOrSlug: string): Promise<TeamRow> =>
  ctx.once(`team ${idOrSlug}`, async () => {
    const key = isUuid(idOrSlug) ? eq(teams.id, idOrSlug) : eq(teams.slug, idOrSlug);
    const [row] = await ctx.db
      .select()
      .from(teams)
      .where(and(eq(teams.tenantId, ctx.tenantId), key));
    if (!row) throw new Problem('team-not-found', `There is no team "${idOrSlug.slice(0, 64)}" in this tenant.`);
    return row;
  });

/** Ids of the members of each team, in a fixed order. */
export async function membersOf(db: Database, tenantId: string, teamIds: readonly string[]): Promise<Map<string, string[]>> {
  if (teamIds.length === 0) return new Map();
  const rows = await db
    .select({ teamId: teamMembers.teamId, memberId: teamMembers.memberId })
    .from(teamMembers)
    .where(and(eq(teamMembers.tenantId, tenantId), inArray(teamMembers.teamId, [...teamIds])))
    .orderBy(asc(teamMembers.memberId));
  return new Map([...Map.groupBy(rows, (row) => row.teamId)].map(([id, found]) => [id, found.map(({ memberId }) => memberId)]));
}

/** Teams with their people by name. */
export async function teamViews(ctx: ReadContext, rows: readonly TeamRow[]): Promise<Team[]> {
  const ids = await membersOf(ctx.db, ctx.tenantId, rows.map(({ id }) => id)); // prettier-ignore
  const people = await ctx.provider(People).named(ctx.db, ctx.tenantId, [...ids.values()].flat());
  return rows.map((row) => {
    const members = (ids.get(row.id) ?? []).flatMap((id) => people.get(id) ?? []);
    return teamOf(
      row,
      members.map(({ id, name, email, active }) => ({ id, name, email, active })),
    );
  });
}

/** Throws `people-unknown` unless all are people of this tenant: a service account decides on nothing, so it is in no team. */
export async function requirePeople(ctx: ReadContext, ids: readonly string[]): Promise<Map<string, string>> {
  const known = await ctx.provider(People).named(ctx.db, ctx.tenantId, ids);
  const strangers = ids.flatMap((id, place) => (known.has(id) && !known.get(id)!.machine ? [] : [place]));
  if (strangers.length > 0)
    throw new Problem('people-unknown', `${strangers.length} of them are no people of this tenant. A team has people, not service accounts.`, {
      errors: strangers.map((place) => ({ pointer: `/members/${place}`, message: 'No person of this tenant' })),
    });
  return new Map([...known.values()].map(({ id, name }) => [id, name]));
}

/** Writers take turns, so that the count holds. Throws `team-limit-reached`. */
export async function requireTeamRoom(ctx: Context): Promise<void> {
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`teams:${ctx.tenantId}`}, 0))`);
  const [all] = await ctx.db.select({ count: count() }).from(teams).where(eq(teams.tenantId, ctx.tenantId));
  if (all!.count >= TEAMS.perTenant) throw new Problem('team-limit-reached', `The tenant has ${all!.count} teams; ${TEAMS.perTenant} is the most.`);
}

export async function setTeamMembers(ctx: Context, teamId: string, ids: readonly string[]): Promise<void> {
  await ctx.db.delete(teamMembers).where(and(eq(teamMembers.tenantId, ctx.tenantId), eq(teamMembers.teamId, teamId)));
  if (ids.length > 0) await ctx.db.insert(teamMembers).values(ids.map((memberId) => ({ tenantId: ctx.tenantId, teamId, memberId })));
}

/** Runs a write that may meet another team of the same name. */
export const namedOnce = <T>(what: string, write: Promise<T>): Promise<T> =>
  write.catch((error: unknown) => {
    throw isUniqueViolation(error) ? new Problem('name-taken', `There is a team "${what}" already. Choose another name.`) : error;
  });

/** Whoever puts themselves into a team, also by way of a service account of theirs, may come to decide what they could not: that needs somebody else's agreement. */
export const joinsOneself = ({ actor }: Pick<ReadContext, 'actor'>, before: readonly string[], after: readonly string[]): boolean =>
  after.some((id) => (id === actor.id || id === actor.ownerId) && !before.includes(id));

/** The reader that other modules are given. */
export const createTeams = (people: People): Teams => ({
  async of(db, tenantId, userId) {
    if (!isUuid(userId)) return [];
    const rows = await db
      .select({ slug: teams.slug })
      .from(teamMembers)
      .innerJoin(teams, and(eq(teams.tenantId, teamMembers.tenantId), eq(teams.id, teamMembers.teamId)))
      .where(and(eq(teamMembers.tenantId, tenantId), eq(teamMembers.memberId, userId)))
      .orderBy(asc(teams.slug));
    return rows.map(({ slug }) => slug);
  },
  async members(db, tenantId, slug) {
    const rows = await db
      .select({ id: teamMembers.memberId })
      .from(teamMembers)
      .innerJoin(teams, and(eq(teams.tenantId, teamMembers.tenantId), eq(teams.id, teamMembers.teamId)))
      .where(and(eq(teams.tenantId, tenantId), eq(teams.slug, slug)));
    const named = await people.named(db, tenantId, rows.map(({ id }) => id)); // prettier-ignore
    return [...named.values()].filter(({ active, machine }) => active && !machine).map(({ id, name }) => ({ id, name }));
  },
});
