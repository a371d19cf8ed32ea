import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { people } from '../people.ts';
import { MemberRights } from '../providers/port.ts';
import { invitations, type InvitationRow } from '../tables.ts';
import { invitation, stateAt } from './schemas.ts';

const one = ({ tenantId }: ReadContext, id: string) => and(eq(invitations.tenantId, tenantId), eq(invitations.id, id));

export async function findInvitation(ctx: ReadContext, id: string, lock = false): Promise<InvitationRow> {
  const query = ctx.db.select().from(invitations).where(one(ctx, id));
  const [row] = await (lock ? query.for('update') : query);
  if (!row) throw new Problem('not-found', 'There is no such invitation in this tenant.');
  return row;
}

export function requirePending(row: InvitationRow, at: Date): void {
  const state = stateAt(row, at);
  if (state !== 'pending') throw new Problem('invalid-transition', `The invitation of ${row.email} is ${state}. Invite the address again.`);
}

/** Invitations with the names of roles and inviters. */
export async function viewsOf(ctx: ReadContext, rows: readonly InvitationRow[]) {
  const roles = await ctx.provider(MemberRights).named(ctx.db, ctx.tenantId, [...new Set(rows.flatMap((row) => row.roleIds))]); // prettier-ignore
  const inviters = await people.named(ctx.db, ctx.tenantId, rows.map((row) => row.invitedBy)); // prettier-ignore
  return rows.map((row) => invitation(row, { roles, people: inviters, at: ctx.now() }));
}
