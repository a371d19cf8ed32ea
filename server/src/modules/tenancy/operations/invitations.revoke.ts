import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { findInvitation, requirePending } from '../invitations/rows.ts';
import { invitations } from '../tables.ts';

export const invitationsRevoke = defineOperation({
  name: 'invitations.revoke',
  summary: 'Withdraw an invitation',
  permission: 'users:invite',
  risk: 'write',
  route: { method: 'DELETE', path: '/invitations/{id}' },
  input: z.object({ id: z.uuid().meta({ title: 'Invitation', widget: 'invitation' }) }),
  output: z.object({ id: z.uuid() }),
  targets: async (ctx, { id }) => [{ type: 'invitation', id, name: (await findInvitation(ctx, id)).email }],
  async plan(ctx, { id }) {
    const row = await findInvitation(ctx, id);
    requirePending(row, ctx.now());
    return {
      summary: `Withdraw the invitation of ${row.email}`,
      changes: [{ action: 'delete', type: 'invitation', id, name: row.email }],
      reversible: 'Invite again.',
    };
  },
  async run(ctx, { id }) {
    const row = await findInvitation(ctx, id, true);
    requirePending(row, ctx.now());
    await ctx.db
      .update(invitations)
      .set({ state: 'revoked', tokenHash: null, updatedAt: ctx.now() })
      .where(and(eq(invitations.tenantId, ctx.tenantId), eq(invitations.id, id)));
    ctx.emit('invitation.revoked', { invitationId: id, email: row.email });
    return { id };
  },
});
