import { text, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';

/** Conversations with a workflow; what was said lies with their executions, and goes when their payloads go. */
export const chatSessions = tenantTable('chat_sessions', {
  workflowId: uuid('workflow_id').notNull(),
  actorId: uuid('actor_id').notNull(),
  /** How the first message began. */
  title: text('title').notNull(),
  greeting: text('greeting'),
});
export type ChatSessionRow = typeof chatSessions.$inferSelect;
