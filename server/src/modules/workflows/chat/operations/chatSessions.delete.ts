import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { runTarget } from '../../model/store.ts';
import { SessionId } from '../schemas.ts';
import { findSession, forgetSessions } from '../sessions.ts';

export const chatSessionsDelete = defineOperation({
  name: 'chatSessions.delete',
  summary: 'Forget a conversation with a workflow',
  description: 'Your own alone. Its executions stay as long as others do.',
  permission: 'workflows:execute',
  risk: 'write',
  change: 'none',
  input: z.object({ id: SessionId }),
  output: z.object({ id: z.uuid() }),
  targets: async (ctx, { id }) => [await runTarget(ctx, { id: (await findSession(ctx, id)).workflowId })],
  async run(ctx, { id }) {
    await findSession(ctx, id, true);
    await forgetSessions(ctx.db, ctx.tenantId, ctx.actor.id, id);
    return { id };
  },
});
