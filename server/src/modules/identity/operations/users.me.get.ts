import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requireSession } from '../own.ts';
import { Profile } from '../profile/port.ts';
import { Me, me } from '../profile/schemas.ts';

export const usersMeGet = defineOperation({
  name: 'users.me.get',
  summary: 'Show your profile',
  permission: 'profile:read',
  risk: 'read',
  access: 'self',
  route: { method: 'GET', path: '/users/me' },
  input: z.object({}),
  output: Me,
  targets: 'none',
  async run(ctx) {
    requireSession(ctx.actor);
    return me(await ctx.provider(Profile).get(ctx.actor.id));
  },
});
