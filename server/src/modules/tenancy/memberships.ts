import type { Database, Databases } from '#kernel/database.ts';
import { and, asc, eq, sql } from '#kernel/drizzle.ts';
import { prepared } from '#kernel/prepared.ts';
import { Problem } from '#kernel/problem.ts';
import { isAdmitted } from './settings/rules.ts';
import { settingsOf } from './settings/schema.ts';
import { isOpen, members, memberships, tenants, tenantSettings } from './tables.ts';
import { tenantsOf } from './tenants.ts';

/** Of most tenants; reading them costs more than finding them. */
const DEFAULTS = settingsOf(null);

/** Planned once for each connection: it is asked of every caller. */
const membershipsQuery = (db: Database) =>
  prepared(db, 'active_memberships', () =>
    db
      .select({ tenantId: tenants.id, slug: tenants.slug, name: tenants.name, status: tenants.status, ownerId: tenants.ownerId, joinedAt: memberships.createdAt, settings: tenantSettings.value, mfaSince: tenantSettings.mfaSince })
      .from(memberships)
      .innerJoin(tenants, eq(tenants.tenantId, memberships.tenantId))
      .innerJoin(members, and(eq(members.tenantId, memberships.tenantId), eq(members.id, memberships.userId)))
      .leftJoin(tenantSettings, eq(tenantSettings.tenantId, memberships.tenantId))
      .where(and(eq(memberships.userId, sql.placeholder('userId')), eq(members.status, 'active'), isOpen))
      .orderBy(asc(memberships.createdAt), asc(tenants.id))
      .prepare('active_memberships'),
  ); // prettier-ignore

/** Active memberships in open tenants with what the tenants ask of sign-in, the oldest first. Runs as the platform. */
export async function activeMemberships(db: Database, userId: string) {
  const rows = await membershipsQuery(db).execute({ userId });
  return rows.map(({ settings, ownerId, ...row }) => {
    const { security, agents } = settings === null ? DEFAULTS : settingsOf(settings);
    return {
      ...row,
      mfa: security.mfa,
      passwordPolicy: { minLength: security.passwordMinLength, classes: security.passwordClasses },
      ipAllowList: security.ipAllowList,
      sessionIdleMinutes: security.sessionIdleMinutes,
      sessionAbsoluteHours: security.sessionAbsoluteHours,
      allowedSignIn: security.allowedSignIn,
      ssoEnforced: security.ssoEnforced,
      owns: ownerId === userId,
      apiKeyMaxDays: security.apiKeyMaxDays,
      agentKeys: agents.apiKeys,
      agentClients: agents.clients,
    };
  });
}

/** Name of the tenant in which the person is suspended. */
async function suspendedIn(db: Database, userId: string, wanted: string): Promise<string | undefined> {
  const rows = await db
    .select({ id: tenants.id, slug: tenants.slug, name: tenants.name })
    .from(members)
    .innerJoin(tenants, eq(tenants.tenantId, members.tenantId))
    .where(and(eq(members.id, userId), eq(members.status, 'suspended'), isOpen));
  return rows.find(({ id, slug }) => id === wanted || slug === wanted)?.name;
}

/** The adapter that module identity asks for its Memberships. */
export const createMemberships = ({ databases }: { databases: Databases }) => ({
  of: activeMemberships,
  admit({ name, ipAllowList }: { name: string; ipAllowList: readonly string[] }, ip: string | null): void {
    if (isAdmitted(ip, ipAllowList)) return;
    throw new Problem('ip-not-allowed', `${name} lets nobody in from your network. Call from one of its networks, or ask one of its administrators.`);
  },
  async refusal(userId: string, wanted: string): Promise<Problem> {
    const [closed, away] = await databases.platform('why a tenant is closed', async (db) => {
      const those = await tenantsOf(db, userId, ['suspended', 'deleting']);
      return [those.find(({ id, slug }) => id === wanted || slug === wanted), await suspendedIn(db, userId, wanted)] as const;
    });
    if (away !== undefined)
      return new Problem(
        'membership-suspended',
        `You are suspended in ${away}. Ask one of its administrators; what you do elsewhere is not affected.`,
      );
    if (closed?.status === 'suspended')
      return new Problem('tenant-suspended', `${closed.name} is suspended${closed.suspendedReason ? `: ${closed.suspendedReason}` : ''}. Ask whoever runs this installation.`); // prettier-ignore
    if (closed?.status === 'deleting')
      return new Problem('tenant-deleting', `${closed.name} is being deleted. Its owner can restore it until ${closed.restorableUntil?.toISOString() ?? 'it is gone'}.`); // prettier-ignore
    return new Problem('tenant-not-found', 'There is no such tenant, or you are not an active member of it.');
  },
});

const CAME_IN = { name: 'member_came_in', text: 'update members set last_login_at = $2 where id = $1' };

/** Facts of a person in all their tenants; the adapter of the port Directory of identity. */
export const directory = {
  async update(db: Database, userId: string, facts: { name?: string; email?: string; mfa?: boolean; avatarUrl?: string | null }): Promise<void> {
    const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
    if (Object.keys(given).length > 0) await db.update(members).set(given).where(eq(members.id, userId));
  },
  async cameIn(db: Database, userId: string, at: Date): Promise<void> {
    await db.$client.query({ ...CAME_IN, values: [userId, at] });
  },
};
