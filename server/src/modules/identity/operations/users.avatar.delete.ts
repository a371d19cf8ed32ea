import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requireSession } from '../own.ts';
import { Profile } from '../profile/port.ts';

export const usersAvatarDelete = defineOperation({
  name: 'users.avatar.delete',
  summary: 'Remove your picture',
  permission: 'profile:write',
  risk: 'write',
  change: 'none',
  access: 'self',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'DELETE', path: '/users/me/avatar' },
  input: z.object({}),
  output: z.object({ removed: z.boolean() }),
  targets: 'none',
  async run(ctx) {
    requireSession(ctx.actor);
    return { removed: await ctx.provider(Profile).deleteAvatar(ctx.actor.id) };
  },
});
