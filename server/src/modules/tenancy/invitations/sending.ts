import type { Context, ReadContext } from '#kernel/context.ts';
import { and, count, eq, sql } from '#kernel/drizzle.ts';
import { newId, randomToken, sha256 } from '#kernel/ids.ts';
import { isMailAddress, Mail } from '#kernel/mail.ts';
import { Problem } from '#kernel/problem.ts';
import type { Scope } from '#kernel/scope.ts';
import { readBranding } from '../branding/store.ts';
import { MemberRights, Persons, Site } from '../providers/port.ts';
import { requireSeat } from '../seats.ts';
import { invitations, members, type InvitationRow, type TenantRow } from '../tables.ts';
import { INVITATION } from './schemas.ts';

export interface Wanted {
  email: string;
  roleIds: readonly string[];
  scope?: Scope | undefined;
  message?: string | undefined;
}

const DAY = 86_400_000;
/** As identity compares addresses: what looks like another's must be sent to the one that it is then taken for. */
export const normalAddress = (email: string): string => email.trim().normalize('NFKC').toLowerCase();

/** What speaks against inviting this address with these roles, before anything is written. */
export async function requireInvitable(ctx: ReadContext, { email, roleIds, scope = { all: true } }: Wanted): Promise<void> {
  if (!isMailAddress(email) || !/@[^@]+\.[^@.]+$/.test(email))
    throw new Problem('validation-failed', `"${email.slice(0, 100)}" is not an e-mail address.`, {
      errors: [{ pointer: '/email', message: 'Not an e-mail address' }],
    });
  const [member] = await ctx.db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.tenantId, ctx.tenantId), eq(sql`lower(${members.email})`, normalAddress(email))));
  if (member) throw new Problem('already-member', `${email} is a member of this tenant already.`);
  for (const roleId of new Set(roleIds)) await ctx.provider(MemberRights).requireOffer(ctx, roleId, scope);
}

const pendingOf = async (ctx: ReadContext, email: string): Promise<InvitationRow | undefined> =>
  (
    await ctx.db
      .select()
      .from(invitations)
      .where(
        and(eq(invitations.tenantId, ctx.tenantId), eq(invitations.state, 'pending'), eq(sql`lower(${invitations.email})`, normalAddress(email))),
      )
      .for('update')
  )[0];

async function requireQuota(ctx: ReadContext): Promise<void> {
  const [open] = await ctx.db
    .select({ count: count() })
    .from(invitations)
    .where(and(eq(invitations.tenantId, ctx.tenantId), eq(invitations.state, 'pending')));
  if (open!.count >= INVITATION.pending)
    throw new Problem('quota-exceeded', `${open!.count} invitations are open; ${INVITATION.pending} is the most.`, {
      limit: INVITATION.pending,
      used: open!.count,
    });
}

const expiry = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY);

/** The language of who is invited, if we know them; else of who invites: colleagues mostly share one. */
async function localeFor(ctx: Context, email: string): Promise<string | null> {
  const persons = ctx.provider(Persons);
  return (await persons.byEmail(email))?.locale ?? (await persons.find(ctx.actor.id))?.locale ?? null;
}

/** Writes the mail with a new token; the one before is worth nothing from the commit on. */
async function post(ctx: Context, tenant: TenantRow, row: InvitationRow, token: string): Promise<void> {
  const roles = await ctx.provider(MemberRights).named(ctx.db, ctx.tenantId, row.roleIds);
  const { mailSenderName } = await readBranding(ctx);
  await ctx.provider(Mail).send(ctx.db, {
    to: row.email,
    template: 'invitation',
    data: {
      inviter: ctx.actor.name,
      tenant: tenant.name,
      roles: [...roles.values()].map(({ name }) => name).join(', '),
      ...(row.message === null ? {} : { message: row.message }),
      expiresAt: row.expiresAt.toISOString(),
      link: `${ctx.provider(Site).publicUrl}/invitations/accept#token=${token}`,
    },
    locale: await localeFor(ctx, row.email),
    ...(mailSenderName === null ? {} : { sender: mailSenderName }),
  });
}

/** A pending invitation goes out again with another token, at most five times. */
export async function resend(ctx: Context, tenant: TenantRow, row: InvitationRow, patch: Partial<InvitationRow>): Promise<InvitationRow> {
  if (row.resends >= INVITATION.resends)
    throw new Problem('quota-exceeded', `The invitation of ${row.email} was sent ${row.resends + 1} times. Revoke it, then invite anew.`, {
      limit: INVITATION.resends,
      used: row.resends,
    });
  const token = randomToken(32);
  const [after] = await ctx.db
    .update(invitations)
    .set({ expiresAt: expiry(ctx.now(), INVITATION.days), ...patch, tokenHash: sha256(token), resends: row.resends + 1, updatedAt: ctx.now() })
    .where(and(eq(invitations.tenantId, ctx.tenantId), eq(invitations.id, row.id)))
    .returning();
  await post(ctx, tenant, after!, token);
  return after!;
}

export interface Sent {
  row: InvitationRow;
  status: 'invited' | 'resent';
}

/** One invitation, while the caller holds the tenant's row. An address that is invited already gets the same row with a new link. */
export async function invite(ctx: Context, tenant: TenantRow, wanted: Wanted, days: number): Promise<Sent> {
  await requireInvitable(ctx, wanted);
  const at = ctx.now();
  const columns = { roleIds: [...new Set(wanted.roleIds)], scope: wanted.scope ?? { all: true as const }, message: wanted.message ?? null, invitedBy: ctx.actor.id, expiresAt: expiry(at, days) };
  const before = await pendingOf(ctx, wanted.email);
  // One that is over has given its seat back.
  if (!before || before.expiresAt <= at) await requireSeat(ctx, tenant.plan);
  if (before) {
    const row = await resend(ctx, tenant, before, columns);
    ctx.emit('invitation.created', { invitationId: row.id, email: row.email, again: true });
    return { row, status: 'resent' };
  }
  await requireQuota(ctx);
  const token = randomToken(32);
  const [row] = await ctx.db
    .insert(invitations)
    .values({ tenantId: ctx.tenantId, id: newId(), email: normalAddress(wanted.email), ...columns, tokenHash: sha256(token), createdAt: at, updatedAt: at })
    .returning();
  await post(ctx, tenant, row!, token);
  ctx.emit('invitation.created', { invitationId: row!.id, email: row!.email, again: false });
  return { row: row!, status: 'invited' };
} // prettier-ignore
