import type { Database } from '#kernel/database.ts';
import { and, eq, gt, inArray, sql } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import { prepared } from '#kernel/prepared.ts';
import type { PersonRef } from './providers/port.ts';
import { requireSeat } from './seats.ts';
import { settingsOf } from './settings/schema.ts';
import { invitations, isOpen, members, tenantDomains, tenants, tenantSettings } from './tables.ts';
import { joinTenant } from './tenants.ts';

const holderQuery = (db: Database) =>
  prepared(db, 'holder_of_domain', () =>
    db
      .select({ tenantId: tenantDomains.tenantId, settings: tenantSettings.value })
      .from(tenantDomains)
      .innerJoin(tenants, and(eq(tenants.tenantId, tenantDomains.tenantId), isOpen))
      .leftJoin(tenantSettings, eq(tenantSettings.tenantId, tenantDomains.tenantId))
      .where(and(eq(tenantDomains.domain, sql.placeholder('domain')), inArray(tenantDomains.state, ['verified', 'live'])))
      .limit(1)
      .prepare('holder_of_domain'),
  );

/** What sign-in through an identity provider asks of tenants; module identity has the port. All of it runs as the platform. */
export const createDoors = ({ tenantOf }: { tenantOf: (host: string) => Promise<string | undefined> }) => ({
  /** Only while the proof stands: who once held a domain has no say about its addresses. */
  async holderOf(db: Database, domain: string): Promise<{ tenantId: string; ssoEnforced: boolean } | null> {
    const [row] = await holderQuery(db).execute({ domain });
    return row ? { tenantId: row.tenantId, ssoEnforced: settingsOf(row.settings).security.ssoEnforced } : null;
  },
  async idOf(db: Database, name: string): Promise<string | null> {
    const wanted = name.toLowerCase();
    const [row] = await db
      .select({ tenantId: tenants.tenantId })
      .from(tenants)
      .where(and(eq(tenants.slug, wanted), isOpen));
    return row?.tenantId ?? (wanted.includes('.') ? ((await tenantOf(wanted)) ?? null) : null);
  },
  async isMember(db: Database, tenantId: string, userId: string): Promise<boolean> {
    const rows = await db
      .select({ id: members.id })
      .from(members)
      .where(and(eq(members.tenantId, tenantId), eq(members.id, userId)));
    return rows.length > 0;
  },
  /** Whoever comes with a group that the tenant wants becomes a member, while there is a seat. Throws `seat-limit-reached`. */
  async join(db: Database, tenantId: string, person: PersonRef, at: Date): Promise<void> {
    // Who joins takes turns: the last seat goes to one of them.
    const [tenant] = await db.select({ plan: tenants.plan }).from(tenants).where(eq(tenants.tenantId, tenantId)).for('update');
    await requireSeat({ db, tenantId, now: () => at }, tenant!.plan);
    await joinTenant(db, tenantId, person, at);
    await appendEvents(db, tenantId, [{ type: 'member.joined', data: { memberId: person.id, invitedBy: null } }], null);
  },
  async isInvited(db: Database, email: string, at: Date): Promise<boolean> {
    const rows = await db
      .select({ id: invitations.id })
      .from(invitations)
      .where(and(eq(sql`lower(${invitations.email})`, email), eq(invitations.state, 'pending'), gt(invitations.expiresAt, at)))
      .limit(1);
    return rows.length > 0;
  },
  async isOpen(db: Database, tenantId: string): Promise<boolean> {
    const rows = await db
      .select({ id: tenants.id })
      .from(tenants)
      .where(and(eq(tenants.tenantId, tenantId), isOpen));
    return rows.length > 0;
  },
});
