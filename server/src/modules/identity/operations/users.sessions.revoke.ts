import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Sessions } from '../sessions/port.ts';
import { planEnds, sessionsWithin } from '../sessions/within.ts';

export const usersSessionsRevoke = defineOperation({
  name: 'users.sessions.revoke',
  summary: 'End all sessions that a member has in this tenant',
  description: 'Felt at their next call. What they do in other tenants goes on. They can sign in again; suspend the member to keep them out.',
  permission: 'sessions:revoke',
  risk: 'write',
  route: { method: 'DELETE', path: '/users/{userId}/sessions' },
  input: z.object({ userId: z.uuid().meta({ title: 'Member' }) }),
  output: z.object({ ended: z.array(z.uuid()) }),
  async targets(ctx, { userId }) {
    await sessionsWithin(ctx, { userId });
    return [{ type: 'user', id: userId }];
  },
  plan: async (ctx, { userId }) => planEnds(await sessionsWithin(ctx, { userId })),
  async run(ctx, { userId }) {
    const ended = await ctx.provider(Sessions).endWithin(ctx.tenantId, { userId });
    for (const { id: sessionId } of ended) ctx.emit('session.revoked', { sessionId, userId, reason: 'admin' });
    return { ended: ended.map((one) => one.id) };
  },
});
