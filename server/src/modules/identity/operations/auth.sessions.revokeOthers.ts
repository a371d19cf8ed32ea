import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { announceEnded, requireSession } from '../own.ts';
import { Sessions } from '../sessions/port.ts';

export const authSessionsRevokeOthers = defineOperation({
  name: 'auth.sessions.revokeOthers',
  summary: 'End all of your sessions but this one',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  route: { method: 'DELETE', path: '/auth/sessions' },
  input: z.object({}),
  output: z.object({ ended: z.int() }),
  targets: 'none',
  async run(ctx) {
    const ids = await ctx.provider(Sessions).endAll(ctx.actor.id, 'revoked', requireSession(ctx.actor));
    announceEnded(ctx, ids, 'revoked');
    return { ended: ids.length };
  },
});
