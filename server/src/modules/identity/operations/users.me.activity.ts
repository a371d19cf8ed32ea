import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { isUuid } from '#kernel/database.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { requireSession } from '../own.ts';
import { Profile } from '../profile/port.ts';
import { Activity, activity } from '../profile/schemas.ts';

export const usersMeActivity = defineOperation({
  name: 'users.me.activity',
  summary: 'List what happened to your account',
  description: 'Sign-ins, changed passwords, factors and sessions, in every tenant and in none; the newest first.',
  permission: 'profile:read',
  risk: 'read',
  access: 'self',
  route: { method: 'GET', path: '/users/me/activity' },
  input: z.object({ ...pageInput }),
  output: pageOf(Activity),
  targets: 'none',
  async run(ctx, { cursor, limit }) {
    requireSession(ctx.actor);
    const before = decodeCursor(cursor, 1)?.[0];
    if (before !== undefined && (typeof before !== 'string' || !isUuid(before)))
      throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
    const rows = await ctx.provider(Profile).activity(ctx.actor.id, { before, limit: limit + 1 });
    return toPage(rows, limit, (row) => [row.id], activity);
  },
});
