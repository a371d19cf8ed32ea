import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requireSession } from '../own.ts';
import { Sessions } from '../sessions/port.ts';
import { Session, sessionView } from '../sessions/schemas.ts';

export const authSessionsList = defineOperation({
  name: 'auth.sessions.list',
  summary: 'List where you are signed in',
  permission: 'auth:login',
  risk: 'read',
  access: 'self',
  input: z.object({}),
  output: z.object({ items: z.array(Session), nextCursor: z.null() }),
  targets: 'none',
  async run(ctx) {
    const current = requireSession(ctx.actor);
    const found = await ctx.provider(Sessions).list(ctx.actor.id);
    return { items: found.map((session) => sessionView(session, current)), nextCursor: null };
  },
});
