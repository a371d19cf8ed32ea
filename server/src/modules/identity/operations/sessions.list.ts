import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requireSession } from '../own.ts';
import { Accounts } from '../providers/port.ts';
import { Session, session } from '../schemas.ts';

export const sessionsList = defineOperation({
  name: 'sessions.list',
  summary: 'List where you are signed in',
  permission: 'sessions:read',
  risk: 'read',
  access: 'self',
  route: { method: 'GET', path: '/auth/sessions' },
  input: z.object({}),
  output: z.object({ items: z.array(Session), nextCursor: z.null() }),
  targets: 'none',
  async run(ctx) {
    const current = requireSession(ctx.actor);
    const found = await ctx.provider(Accounts).sessions(ctx.actor.id);
    return { items: found.map((record) => session(record, current)), nextCursor: null };
  },
});
