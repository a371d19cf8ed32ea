import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { and, eq, exists, gt, sql } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import { sha256 } from '#kernel/ids.ts';
import type { Live } from '#kernel/live.ts';
import { Problem } from '#kernel/problem.ts';
import type { Credentials, Invitations, MemberRights, PersonFacts, Persons } from '../providers/port.ts';
import { invitations, isOpen, members, tenantBranding, tenants, type InvitationRow } from '../tables.ts';
import { joinTenant } from '../tenants.ts';
import { notGood } from './rules.ts';
import { normalAddress } from './sending.ts';

export interface AcceptanceDeps {
  databases: Databases;
  now: Clock;
  live: Live;
  persons: Persons;
  rights: MemberRights;
  credentials: Credentials;
}

/** It speaks for its tenant as long as who wrote it works there: somebody who was let go must not have left a door open. */
const hasInviter = exists(
  sql`(select 1 from ${members} where ${members.tenantId} = ${invitations.tenantId} and ${members.id} = ${invitations.invitedBy} and ${members.status} = 'active')`,
);

/** The invitation of a token and its tenant, if both are good now. Under lock, so that two who accept at once take turns. */
async function goodInvitation(db: Database, token: string, at: Date) {
  const [row] = await db
    .select({ invitation: invitations, tenant: tenants })
    .from(invitations)
    .innerJoin(tenants, eq(tenants.tenantId, invitations.tenantId))
    .where(and(eq(invitations.tokenHash, sha256(token)), eq(invitations.state, 'pending'), gt(invitations.expiresAt, at), isOpen, hasInviter))
    .for('update', { of: invitations });
  return row;
}

function requireAddressee({ email, anyAddress }: InvitationRow, person: PersonFacts | undefined): PersonFacts {
  if (!person || person.kind === 'service') throw notGood();
  if (!person.emailVerified || (!anyAddress && normalAddress(person.email) !== normalAddress(email)))
    throw new Problem('invitation-address-mismatch', 'This invitation is for another address, or yours is not verified yet. Sign in with the address that was invited.');
  return person;
} // prettier-ignore

async function accept(db: Database, { now, rights }: AcceptanceDeps, person: PersonFacts | undefined, token: string) {
  const at = now();
  const found = await goodInvitation(db, token, at);
  if (!found) throw notGood();
  const { invitation, tenant } = found;
  const who = requireAddressee(invitation, person);
  const { tenantId } = invitation;
  const [member] = await db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.tenantId, tenantId), eq(members.id, who.id)));
  if (member) throw new Problem('already-member', `You are a member of ${tenant.name} already.`);
  await joinTenant(db, tenantId, who, at, invitation.invitedBy);
  const { roleIds, scope, invitedBy } = invitation;
  const given = await rights.give(db, { tenantId, personId: who.id, roleIds, scope, grantedBy: invitedBy }, at);
  if (!given) throw notGood();
  const { replaced, primary } = given;
  const mine = and(eq(members.tenantId, tenantId), eq(members.id, who.id));
  await db.update(members).set({ primaryGrantId: primary }).where(mine);
  await db
    .update(invitations)
    .set({ state: 'accepted', tokenHash: null, acceptedAt: at, acceptedBy: who.id, updatedAt: at })
    .where(and(eq(invitations.tenantId, tenantId), eq(invitations.id, invitation.id)));
  const events = [
    { type: 'invitation.accepted', data: { invitationId: invitation.id, memberId: who.id, rolesReplaced: replaced } },
    { type: 'member.joined', data: { memberId: who.id, invitedBy } },
  ];
  await appendEvents(db, tenantId, events, null);
  return { tenantId, slug: tenant.slug, name: tenant.name };
}

/** The adapter of the port Invitations; also for whoever signs up with a token. */
export const createInvitations = (deps: AcceptanceDeps): Invitations => ({
  peek: (token) =>
    deps.databases.platform('look at an invitation', async (db) => {
      const found = await goodInvitation(db, token, deps.now());
      if (!found) return undefined;
      const { invitation, tenant } = found;
      const [brand] = await db.select({ logoType: tenantBranding.logoType }).from(tenantBranding).where(eq(tenantBranding.tenantId, tenant.id));
      const roles = await deps.rights.named(db, tenant.id, invitation.roleIds);
      return {
        tenant: { id: tenant.id, name: tenant.name, hasLogo: brand?.logoType != null },
        roles: [...roles.values()].map(({ name }) => name),
        email: invitation.email,
        anyAddress: invitation.anyAddress,
        expiresAt: invitation.expiresAt,
      };
    }),
  async acceptFor(userId, token) {
    const person = await deps.persons.find(userId);
    const joined = await deps.databases.platform('accept an invitation', (db) => accept(db, deps, person, token));
    deps.rights.changed();
    deps.credentials.lookAgain();
    for (const topic of [`tenant:${joined.tenantId}`, 'outbox']) deps.live.publish(topic);
    return joined;
  },
});
