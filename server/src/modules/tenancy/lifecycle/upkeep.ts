import type { Clock } from '#kernel/clock.ts';
import type { Databases } from '#kernel/database.ts';
import { and, eq, isNotNull, lt, lte, sql } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import type { LegalHolds } from '#kernel/holds.ts';
import { checkDomains, type ClaimsDeps } from '../domains/claims.ts';
import type { Credentials, DomainClaims, DomainLookups, Upkeep } from '../providers/port.ts';
import { SLUG_KEPT_MS } from '../rules.ts';
import { invitations, members, memberships, rlsViolations, tenants, tenantSlugs } from '../tables.ts';
import { purge } from './purge.ts';

export interface UpkeepDeps extends ClaimsDeps {
  claims: DomainClaims;
  lookups: DomainLookups;
  credentials: Credentials;
  holds: LegalHolds;
}

const DAY = 86_400_000;
const TRACES_KEPT_MS = 400 * DAY;
const INVITATIONS_KEPT_MS = 180 * DAY;

/** Trials that are over go on with the plan that costs nothing: nothing is lost, limits only keep new things out. */
async function endTrials({ databases, now }: { databases: Databases; now: Clock }): Promise<number> {
  return databases.platform('trials that are over', async (db) => {
    const rows = await db
      .update(tenants)
      .set({ status: 'active', plan: 'free', trialEndsAt: null, version: sql`${tenants.version} + 1`, updatedAt: now() })
      .where(and(eq(tenants.status, 'trialing'), lte(tenants.trialEndsAt, now())))
      .returning({ id: tenants.id });
    for (const { id } of rows) await appendEvents(db, id, [{ type: 'tenant.updated', data: { tenantId: id, fields: ['plan', 'status'] } }], null);
    return rows.length;
  });
}

async function sweep({ databases, now }: { databases: Databases; now: Clock }): Promise<void> {
  const before = (ms: number): Date => new Date(now().getTime() - ms);
  await databases.platform('sweep tenancy', async (db) => {
    const expired = await db
      .update(invitations)
      .set({ state: 'expired', tokenHash: null, updatedAt: now() })
      .where(and(eq(invitations.state, 'pending'), lte(invitations.expiresAt, now())))
      .returning({ id: invitations.id, tenantId: invitations.tenantId });
    for (const { id, tenantId } of expired) await appendEvents(db, tenantId, [{ type: 'invitation.expired', data: { invitationId: id } }], null);
    await db.delete(invitations).where(lt(invitations.expiresAt, before(INVITATIONS_KEPT_MS)));
    await db.delete(tenantSlugs).where(and(isNotNull(tenantSlugs.givenUpAt), lt(tenantSlugs.givenUpAt, before(SLUG_KEPT_MS))));
    await db.delete(rlsViolations).where(lt(rlsViolations.occurredAt, before(TRACES_KEPT_MS)));
  });
}

/** The adapter of the port Upkeep. */
export const createUpkeep = (deps: UpkeepDeps): Upkeep => ({
  async endTrials() {
    const count = await endTrials(deps);
    if (count > 0) deps.credentials.lookAgain();
    return count;
  },
  purge: () => purge(deps).finally(deps.hostsChanged),
  checkDomains: () => checkDomains(deps, deps.claims, deps.lookups),
  sweep: () => sweep(deps),
  async dropMembership(tenantId, userId) {
    await deps.credentials.endInTenant(userId, tenantId);
    await deps.databases.platform('the end of a membership', async (db) => {
      const mine = and(eq(memberships.tenantId, tenantId), eq(memberships.userId, userId));
      // Whoever has come back meanwhile, by another invitation, is a member.
      const [again] = await db.select({ id: members.id }).from(members).where(and(eq(members.tenantId, tenantId), eq(members.id, userId))); // prettier-ignore
      if (again) return;
      await db.delete(memberships).where(mine);
      await deps.credentials.forgetMember(db, tenantId, userId);
    });
    deps.credentials.lookAgain();
  },
});
