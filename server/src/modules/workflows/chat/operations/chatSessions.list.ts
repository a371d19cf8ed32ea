import { z } from 'zod';
import { and, desc, eq, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { ChatSession } from '../schemas.ts';
import { sessionView } from '../sessions.ts';
import { chatSessions } from '../tables.ts';

export const chatSessionsList = defineOperation({
  name: 'chatSessions.list',
  summary: 'List your conversations with workflows',
  description: 'Your own alone, the newest first.',
  permission: 'workflows:execute',
  risk: 'read',
  input: z.object({ workflowId: z.uuid().optional().meta({ title: 'Workflow' }), ...pageInput }),
  output: pageOf(ChatSession),
  targets: 'none',
  async run({ db, tenantId, actor }, { workflowId, cursor, limit }) {
    const after = decodeCursor(cursor, 1);
    const rows = await db
      .select()
      .from(chatSessions)
      .where(
        and(
          eq(chatSessions.tenantId, tenantId),
          eq(chatSessions.actorId, actor.id),
          workflowId === undefined ? undefined : eq(chatSessions.workflowId, workflowId),
          after && lt(chatSessions.id, String(after[0])),
        ),
      )
      .orderBy(desc(chatSessions.id))
      .limit(limit + 1);
    return toPage(rows, limit, ({ id }) => [id], sessionView);
  },
});
