import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { announceEnded, requireSession } from '../own.ts';
import { Sessions } from '../sessions/port.ts';

export const authSessionsRevoke = defineOperation({
  name: 'auth.sessions.revoke',
  summary: 'End one of your sessions',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  route: { method: 'DELETE', path: '/auth/sessions/{id}' },
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  targets: 'none',
  async run(ctx, { id }) {
    requireSession(ctx.actor);
    if (!(await ctx.provider(Sessions).end(ctx.actor.id, id, 'revoked')))
      throw new Problem('not-found', 'You have no such session, or it is over already.');
    announceEnded(ctx, [id], 'revoked');
    return { id };
  },
});
