import { integer, jsonb, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Json } from '../graph.ts';
import type { HookAnswer } from '#kernel/hooks.ts';

const time = (name: string) => timestamp(name, { withTimezone: true });

/** Keys that were seen: of calls, of announced events, of messages; and how often, where a node counts. */
export const workflowMarks = tenantTable('workflow_marks', {
  workflowId: uuid('workflow_id').notNull(),
  purpose: text('purpose').$type<MarkPurpose>().notNull(),
  key: text('key').notNull(),
  executionId: uuid('execution_id'),
  /** The first answer of a hook; of what is counted it is the count, which `marks.ts` alone reads. */
  response: jsonb('response').$type<HookAnswer>(),
  expiresAt: time('expires_at').notNull(),
});
export type MarkPurpose = 'hook' | 'replay' | 'event' | 'notice' | 'rate';

const DUE_STATES = ['waiting', 'queued', 'started', 'skipped', 'missed', 'failed'] as const;

/** Due times of schedules; the unique key (workflow, trigger, due time) is why several processes never start one twice. */
export const workflowDues = tenantTable('workflow_dues', {
  workflowId: uuid('workflow_id').notNull(),
  triggerId: uuid('trigger_id').notNull(),
  dueAt: time('due_at').notNull(),
  startAt: time('start_at').notNull(),
  state: text('state').$type<(typeof DUE_STATES)[number]>().notNull(),
  reason: text('reason'),
  executionId: uuid('execution_id'),
});
export type DueRow = typeof workflowDues.$inferSelect;

/** An event as triggers and waits are shown it. */
export interface SeenEvent {
  id: string;
  type: string;
  time: string;
  changeId: string | null;
  data: Json;
}

/** Events that are to start something; the unique key (trigger, event) is why one event starts one execution per trigger. */
export const workflowEventStarts = tenantTable('workflow_event_starts', {
  workflowId: uuid('workflow_id').notNull(),
  triggerId: uuid('trigger_id').notNull(),
  eventId: uuid('event_id').notNull(),
  event: jsonb('event').$type<SeenEvent>().notNull(),
  depth: integer('depth').notNull().default(0),
  causeWorkflowId: uuid('cause_workflow_id'),
  state: text('state').$type<'waiting' | 'started' | 'filtered' | 'merged' | 'stopped' | 'failed'>().notNull(),
  reason: text('reason'),
  dueAt: time('due_at').notNull(),
  attempts: integer('attempts').notNull().default(0),
  executionId: uuid('execution_id'),
});
export type EventStartRow = typeof workflowEventStarts.$inferSelect;

/** A builder that listens for one call of a webhook, for ten minutes. */
export const workflowHookTests = tenantTable('workflow_hook_tests', {
  workflowId: uuid('workflow_id').notNull(),
  nodeId: uuid('node_id').notNull(),
  tokenHash: text('token_hash').notNull(),
  until: time('until').notNull(),
  received: jsonb('received').$type<Json>(),
  receivedAt: time('received_at'),
  createdBy: uuid('created_by').notNull(),
});
