import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { Mail } from '#kernel/mail.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Scope } from '#kernel/scope.ts';
import { findMember, lockMember, requireOwnerLeft, targetOf, viewOf } from '../members/rows.ts';
import { Member, memberId } from '../members/schemas.ts';
import { ownTenant } from '../own.ts';
import { MemberRights, Site, type RoleChange } from '../providers/port.ts';
import { tenantId } from '../schemas.ts';
import { members, type MemberRow } from '../tables.ts';

const input = z.object({
  id: tenantId,
  userId: memberId,
  roleId: z.uuid().meta({ title: 'Role', widget: 'role' }),
  scope: Scope.default({ all: true }).meta({ title: 'Scope' }),
  replaceAll: z.boolean().default(false).meta({ title: 'Take all other roles', help: 'Else only the primary role is replaced' }),
});
type Wish = z.output<typeof input>;

/** The primary grant is the one that is recorded; else the most powerful. */
async function changeOf(ctx: ReadContext, row: MemberRow, { roleId, scope, replaceAll }: Wish): Promise<RoleChange> {
  const held = (await ctx.provider(MemberRights).held(ctx.db, ctx.tenantId, [row.id])).get(row.id) ?? [];
  const primary = held.find(({ grantId }) => grantId === row.primaryGrantId) ?? held[0];
  const taken = replaceAll ? held : primary ? [primary] : [];
  if (taken.some(({ key }) => key === 'owner')) await requireOwnerLeft(ctx, row, 'demoted');
  return { memberId: row.id, roleId, scope, replaces: taken.map(({ grantId }) => grantId) };
}

export const membersSetRole = defineOperation({
  name: 'members.setRole',
  summary: 'Change the role of a member',
  description:
    'The new role takes the place of the primary one; other grants stay unless `replaceAll`. Nobody gives or takes what they do not hold, and nobody changes themselves.',
  permission: 'grants:write',
  risk: 'high',
  route: { method: 'PATCH', path: '/tenants/{id}/users/{userId}/role' },
  tenantField: 'id',
  input,
  output: Member,
  targets: (ctx, { userId }) => targetOf(ctx, userId),
  async plan(ctx, wish) {
    const row = await findMember(ctx, wish.userId);
    const { taken, given } = await ctx.provider(MemberRights).requireReplaceable(ctx, await changeOf(ctx, row, wish));
    const before = taken.map(({ key }) => key).join(', ') || null;
    return {
      summary: `${row.name} becomes ${given.name}${before === null ? '' : ` in place of ${taken.map(({ name }) => name).join(', ')}`}`,
      changes: [{ action: 'update', type: 'member', id: row.id, name: row.name, fields: [{ path: 'role', before, after: given.key }] }],
      reversible: 'Change the role back.',
    };
  },
  async run(ctx, wish) {
    const row = await lockMember(ctx, wish.userId);
    const rights = ctx.provider(MemberRights);
    const primaryGrantId = await rights.replace(ctx, await changeOf(ctx, row, wish));
    await ctx.db
      .update(members)
      .set({ primaryGrantId, updatedAt: ctx.now() })
      .where(and(eq(members.tenantId, ctx.tenantId), eq(members.id, row.id)));
    const view = await viewOf(ctx, row);
    const { name: tenant } = await ownTenant(ctx);
    const data = { name: row.name, tenant, roles: view.roles.map(({ name }) => name).join(', '), by: ctx.actor.name, link: `${ctx.provider(Site).publicUrl}/dashboard` };
    if (row.kind === 'person') await ctx.provider(Mail).send(ctx.db, { to: row.email, template: 'role-changed', data });
    return view;
  },
}); // prettier-ignore
