import type { Database } from '#kernel/database.ts';
import type { Membership } from '../providers/port.ts';
import type { FactorDeps } from './deps.ts';
import { FACTORS } from './rules.ts';

/** Does a tenant want its member to have a second factor? `grace`: yes, but there is time until `graceEndsAt`. */
export type Demand = { demanded: 'no' | 'now'; graceEndsAt: null } | { demanded: 'grace'; graceEndsAt: Date };

const NO: Demand = { demanded: 'no', graceEndsAt: null };
const NOW: Demand = { demanded: 'now', graceEndsAt: null };

/** What the tenant asks by its settings: seven days, from when it began to ask or the person came, whichever is later. */
export function tenantDemand({ mfa, mfaSince, joinedAt }: Pick<Membership, 'mfa' | 'mfaSince' | 'joinedAt'>, at: Date): Demand {
  if (mfa !== 'required') return NO;
  const begun = Math.max(mfaSince?.getTime() ?? 0, joinedAt.getTime());
  const graceEndsAt = new Date(begun + FACTORS.enrolment.grace);
  return graceEndsAt <= at ? NOW : { demanded: 'grace', graceEndsAt };
}

/** What a tenant asks of this person, by its settings or, at once, by a role of theirs. */
export function demandOf(membership: Membership, byRoles: ReadonlySet<string>, at: Date): Demand {
  return byRoles.has(membership.tenantId) ? NOW : tenantDemand(membership, at);
}

/** Which of these tenants ask the person for a second factor, whether or not there is still time. */
export const demandsIn = (memberships: readonly Membership[], byRoles: ReadonlySet<string>, at: Date): (Demand & { tenantId: string })[] =>
  memberships
    .map((membership) => ({ tenantId: membership.tenantId, ...demandOf(membership, byRoles, at) }))
    .filter(({ demanded }) => demanded !== 'no');

/** The same for all tenants of the person. Runs as the platform. */
export async function demands(
  { memberships, roleDemands }: Pick<FactorDeps, 'memberships' | 'roleDemands'>,
  db: Database,
  userId: string,
  at: Date,
): Promise<(Demand & { tenantId: string })[]> {
  const [mine, byRoles] = await Promise.all([memberships.of(db, userId), roleDemands(db, userId)]);
  return demandsIn(mine, byRoles, at);
}
