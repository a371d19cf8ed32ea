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

type DemandDeps = Pick<FactorDeps, 'memberships' | 'roleDemands'>;

/** What a tenant asks of this person, by its settings or, at once, by a role of theirs. Runs as the platform. */
export async function demand({ roleDemands }: DemandDeps, db: Database, userId: string, membership: Membership, at: Date): Promise<Demand> {
  const byTenant = tenantDemand(membership, at);
  if (byTenant.demanded === 'now') return byTenant;
  return (await roleDemands(db, userId, membership.tenantId)) ? NOW : byTenant;
}

/** Which of these tenants ask the person for a second factor, whether or not there is still time. Runs as the platform. */
export async function demandsIn(
  deps: DemandDeps,
  db: Database,
  userId: string,
  memberships: readonly Membership[],
  at: Date,
): Promise<(Demand & { tenantId: string })[]> {
  const found = await Promise.all(
    memberships.map(async (membership) => ({ tenantId: membership.tenantId, ...(await demand(deps, db, userId, membership, at)) })),
  );
  return found.filter(({ demanded }) => demanded !== 'no');
}

/** The same for all tenants of the person. */
export const demands = async (deps: DemandDeps, db: Database, userId: string, at: Date): Promise<(Demand & { tenantId: string })[]> =>
  demandsIn(deps, db, userId, await deps.memberships.of(db, userId), at);
