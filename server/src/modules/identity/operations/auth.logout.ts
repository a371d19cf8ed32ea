import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requireSession } from '../own.ts';
import { Accounts } from '../providers/port.ts';

export const authLogout = defineOperation({
  name: 'auth.logout',
  summary: 'End this session',
  permission: 'sessions:revoke',
  risk: 'write',
  change: 'none',
  access: 'self',
  session: 'end',
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({}),
  output: z.object({ ended: z.boolean() }),
  targets: 'none',
  async run(ctx) {
    const sessionId = requireSession(ctx.actor);
    const ended = await ctx.provider(Accounts).endSession(ctx.actor.id, sessionId, 'logout');
    ctx.emit('session.revoked', { sessionId, userId: ctx.actor.id, reason: 'logout' });
    return { ended };
  },
});
