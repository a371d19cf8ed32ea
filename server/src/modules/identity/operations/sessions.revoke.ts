import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { requireSession } from '../own.ts';
import { Accounts } from '../providers/port.ts';

export const sessionsRevoke = defineOperation({
  name: 'sessions.revoke',
  summary: 'End one of your sessions',
  permission: 'sessions:revoke',
  risk: 'write',
  change: 'none',
  access: 'self',
  route: { method: 'DELETE', path: '/auth/sessions/{id}' },
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  targets: 'none',
  async run(ctx, { id }) {
    requireSession(ctx.actor);
    const found = await ctx.provider(Accounts).endSession(ctx.actor.id, id, 'revoked');
    if (!found) throw new Problem('not-found', 'You have no such session, or it is over already.');
    ctx.emit('session.revoked', { sessionId: id, userId: ctx.actor.id, reason: 'revoked' });
    return { id };
  },
});
