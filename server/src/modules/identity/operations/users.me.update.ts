import { NO_TENANT } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { requireSession } from '../own.ts';
import { Profile } from '../profile/port.ts';
import { Me, me, MeEdit } from '../profile/schemas.ts';
import { fromOf } from '../registration/from.ts';

export const usersMeUpdate = defineOperation({
  name: 'users.me.update',
  summary: 'Change your profile',
  description: 'Fields that are left out stay. The address has an operation of its own (users.me.changeEmail).',
  permission: 'profile:write',
  risk: 'write',
  change: 'none',
  access: 'self',
  route: { method: 'PATCH', path: '/users/me' },
  input: MeEdit,
  output: Me,
  targets: 'none',
  async run(ctx, edit) {
    requireSession(ctx.actor);
    const changed = await ctx.provider(Profile).update(ctx.actor.id, edit, ctx.ifMatch, fromOf(ctx));
    if (ctx.tenantId !== NO_TENANT) ctx.emit('user.updated', { userId: ctx.actor.id, fields: Object.keys(edit) });
    return me(changed);
  },
});
