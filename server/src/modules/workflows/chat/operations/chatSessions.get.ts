import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { runTarget } from '../../model/store.ts';
import { ChatSessionDetail, SessionId } from '../schemas.ts';
import { findSession, sessionView, turnsOf } from '../sessions.ts';

export const chatSessionsGet = defineOperation({
  name: 'chatSessions.get',
  summary: 'Read a conversation with a workflow',
  description: 'Your own alone. Messages and answers are kept as long as the payloads of executions.',
  permission: 'workflows:execute',
  risk: 'read',
  input: z.object({ id: SessionId }),
  output: ChatSessionDetail,
  targets: async (ctx, { id }) => [await runTarget(ctx, { id: (await findSession(ctx, id)).workflowId })],
  async run(ctx, { id }) {
    const session = await findSession(ctx, id);
    return { ...sessionView(session), greeting: session.greeting, turns: await turnsOf(ctx, id) };
  },
});
