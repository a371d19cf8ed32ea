import { z } from 'zod';
import { Json } from '../graph.ts';
import { EXECUTION_STATES } from '../executions/rules.ts';
import { Begun } from '../executions/schemas.ts';

export const SessionId = z.uuid().meta({ title: 'Session' });

export const ChatSession = z.object({
  id: z.string(),
  workflowId: z.string(),
  title: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

/** One message and what came of it. */
export const ChatTurn = z.object({
  executionId: z.string(),
  status: z.enum(EXECUTION_STATES),
  message: z.string().nullable().meta({ help: 'Null once it is no longer kept' }),
  answer: Json.meta({ help: 'Null until there is one, and once it is no longer kept' }),
  error: z.string().nullable(),
  at: z.string(),
});
export type ChatTurn = z.output<typeof ChatTurn>;

export const ChatSessionDetail = ChatSession.extend({
  greeting: z.string().nullable(),
  turns: z.array(ChatTurn).meta({ help: 'The last 50, oldest first' }),
});

export const Chatted = Begun.omit({ callback: true, outputs: true }).extend({
  session: z.object({ id: z.string(), title: z.string() }),
  answer: Json.optional().meta({ help: 'Once it has ended' }),
});
