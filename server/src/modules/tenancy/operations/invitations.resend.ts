import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { findInvitation, requirePending, viewsOf } from '../invitations/rows.ts';
import { Invitation } from '../invitations/schemas.ts';
import { resend } from '../invitations/sending.ts';
import { lockTenant } from '../own.ts';
import { MemberRights } from '../providers/port.ts';

export const invitationsResend = defineOperation({
  name: 'invitations.resend',
  summary: 'Send an invitation again, with a new link',
  description: 'At most five times. The link before is dead at once. It takes the right to give the roles that it offers.',
  permission: 'users:invite',
  risk: 'write',
  route: { method: 'POST', path: '/invitations/{id}/resend' },
  input: z.object({ id: z.uuid().meta({ title: 'Invitation', widget: 'invitation' }) }),
  output: Invitation,
  targets: async (ctx, { id }) => [{ type: 'invitation', id, name: (await findInvitation(ctx, id)).email }],
  async plan(ctx, { id }) {
    const row = await findInvitation(ctx, id);
    requirePending(row, ctx.now());
    return { summary: `Invite ${row.email} again`, changes: [{ action: 'update', type: 'invitation', id, name: row.email }] };
  },
  async run(ctx, { id }) {
    const tenant = await lockTenant(ctx);
    const row = await findInvitation(ctx, id, true);
    requirePending(row, ctx.now());
    // It is their offer from now on: whoever wrote it first may be gone.
    const rights = ctx.provider(MemberRights);
    for (const roleId of (await rights.named(ctx.db, ctx.tenantId, row.roleIds)).keys()) await rights.requireOffer(ctx, roleId, row.scope);
    const [view] = await viewsOf(ctx, [await resend(ctx, tenant, row, { invitedBy: ctx.actor.id })]);
    return view!;
  },
});
