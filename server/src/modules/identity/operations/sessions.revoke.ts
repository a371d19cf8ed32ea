import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Sessions } from '../sessions/port.ts';
import { planEnds, sessionsWithin } from '../sessions/within.ts';

export const sessionsRevoke = defineOperation({
  name: 'sessions.revoke',
  summary: 'End a session that somebody has in this tenant',
  description: 'Felt at their next call. They can sign in again; suspend the member to keep them out.',
  permission: 'sessions:revoke',
  risk: 'write',
  route: { method: 'DELETE', path: '/sessions/{id}' },
  input: z.object({ id: z.uuid().meta({ title: 'Session' }) }),
  output: z.object({ ended: z.array(z.uuid()) }),
  targets: async (ctx, { id }) => (await sessionsWithin(ctx, { sessionId: id })).map(({ userId }) => ({ type: 'user', id: userId })),
  plan: async (ctx, { id }) => planEnds(await sessionsWithin(ctx, { sessionId: id })),
  async run(ctx, { id }) {
    const ended = await ctx.provider(Sessions).endWithin(ctx.tenantId, { sessionId: id });
    for (const { id: sessionId, userId } of ended) ctx.emit('session.revoked', { sessionId, userId, reason: 'admin' });
    return { ended: ended.map((one) => one.id) };
  },
});
