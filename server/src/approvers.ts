import type { Clock } from '#kernel/clock.ts';
import type { Teams } from '#kernel/teams.ts';
import { ownersOf } from '#modules/access/owners.ts';
import type { People } from '#modules/access/providers/port.ts';
import { rolesOf } from '#modules/access/rights.ts';
import { holdersOf } from '#modules/access/seeded.ts';
import { createTeams } from '#modules/access/teams/store.ts';
import type { Rosters } from '#modules/governance/providers/port.ts';

/** Who is what, as approvals ask module access: by role, by team, by what they answer for. */
export const rostersOf = (people: People, now: Clock): { rosters: Rosters; teams: Teams } => ({
  rosters: {
    inRole: async (db, tenantId, role) => [...(await holdersOf(db, tenantId, role, now()))],
    rolesOf: async (db, tenantId, id) => ((await rolesOf(db, tenantId, [id], now())).get(id) ?? []).map(({ key }) => key),
    ownersOf,
  },
  teams: createTeams(people),
});
