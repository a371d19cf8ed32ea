import { z } from 'zod';
import { queryFlag } from '#kernel/page.ts';
import { Plan } from '#kernel/plan.ts';
import { Graph, Json, ERROR_CLASSES, RetryPolicy } from '../graph.ts';
import { TRIGGER_KINDS } from '../providers/port.ts';
import { EXECUTION_STATES, NODE_STATES } from './rules.ts';

export const ExecutionId = z.uuid().meta({ title: 'Execution' });
const Time = z.iso.datetime();

/** One text or several, as queries send either. */
const several = <T extends z.ZodType>(item: T) => z.union([z.array(item).max(50), item.transform((one) => [one])]);

/** An error as records keep it (workflows.md 9.5). */
const Fault = z.object({
  type: z.string(),
  class: z.enum(ERROR_CLASSES),
  message: z.string(),
  retryable: z.boolean(),
  nodeId: z.string().optional(),
  nodeKey: z.string().optional(),
  iteration: z.string().optional(),
  attempt: z.int().optional(),
  details: Json.optional(),
});

const Action = z.object({ allowed: z.boolean(), reason: z.string().nullable() });
const Who = z.object({ kind: z.string(), id: z.string(), name: z.string() });

export const ExecutionSummary = z
  .object({
    id: z.uuid(),
    workflow: z.object({ id: z.uuid(), name: z.string() }),
    version: z.int().nullable().meta({ help: 'Null for a run of the draft' }),
    status: z.enum(EXECUTION_STATES),
    trigger: z.object({ kind: z.enum(TRIGGER_KINDS), id: z.string().nullable() }),
    startedBy: Who,
    mine: z.boolean().meta({ help: 'Started by you: its payloads are yours to see, and you may end it' }),
    priority: z.enum(['low', 'normal', 'high', 'critical']),
    tags: z.array(z.string()),
    correlationId: z.string().nullable(),
    traceId: z.string().nullable().meta({ help: 'Of the trace that it is a part of (W3C Trace Context), where traces are collected' }),
    test: z.boolean(),
    dryRun: z.boolean(),
    progress: z.number().meta({ help: '0 to 100' }),
    attempt: z.int().meta({ help: 'At the whole, from 1: it is tried again where its workflow or whoever began it says so' }),
    error: Fault.nullable().meta({ help: 'Why it ended; of one that waits, why its last attempt failed' }),
    nextAttemptAt: Time.nullable().meta({ help: 'When it is tried again as a whole' }),
    waiting: z.string().nullable().meta({ help: 'What it waits for, in words' }),
    tokens: z.int().meta({ help: 'Of models, in and out' }),
    cost: z.int().meta({ help: 'Of models, in millionths of a US dollar' }),
    toolCalls: z.int().meta({ help: 'Of agents' }),
    parentExecutionId: z.uuid().nullable(),
    rootExecutionId: z.uuid(),
    rollback: z.enum(['none', 'pending', 'running', 'done', 'partial']),
    createdAt: Time,
    startedAt: Time.nullable(),
    endedAt: Time.nullable(),
    durationMs: z.int().nullable(),
  })
  .meta({ id: 'ExecutionSummary' });
export type ExecutionSummary = z.input<typeof ExecutionSummary>;

/** What became of payloads: shown, not asked for, not the caller's to see, or erased. */
const Payloads = z.enum(['shown', 'left-out', 'hidden', 'erased']);

export const NodeRecord = z
  .object({
    id: z.uuid(),
    nodeId: z.uuid(),
    key: z.string(),
    type: z.string(),
    path: z.string().meta({ help: 'Place in nested loops: empty, 3, 3.0' }),
    attempt: z.int(),
    status: z.enum(NODE_STATES),
    effect: z.string().nullable(),
    input: Json.optional(),
    output: Json.optional(),
    error: Fault.nullable(),
    port: z.string().nullable().meta({ help: 'Where its value left' }),
    waiting: z
      .object({ id: z.uuid(), kind: z.string(), dueAt: Time.nullable(), form: Json, title: z.string().nullable(), changeId: z.uuid().nullable() })
      .nullable()
      .meta({ help: 'What it waits for; a form is answered by executions.input, that of an approval by approvalForms.decide' }),
    changeId: z.uuid().nullable(),
    calledBy: z
      .object({ nodeId: z.string(), key: z.string(), step: z.int(), index: z.int(), tool: z.string() })
      .nullable()
      .meta({ help: 'The agent that called it as a tool, its turn and the place within it' }),
    tokens: z.int().nullable().meta({ help: 'Of models, in and out' }),
    cost: z.int().nullable().meta({ help: 'Of models, in millionths of a US dollar' }),
    reused: z.boolean().meta({ help: 'Copied from the execution that this one tries again' }),
    startedAt: Time.nullable(),
    endedAt: Time.nullable(),
    durationMs: z.int().nullable(),
  })
  .meta({ id: 'NodeRecord' });
export type NodeRecord = z.input<typeof NodeRecord>;

export const ExecutionChange = z.object({
  id: z.uuid(),
  number: z.string(),
  operation: z.string(),
  summary: z.string(),
  state: z.string(),
  nodeId: z.string().nullable(),
  path: z.string().nullable(),
});

const ACTIONS = ['cancel', 'pause', 'resume', 'retry', 'migrate', 'rollback'] as const;
export type ExecutionAction = (typeof ACTIONS)[number];

export const Execution = ExecutionSummary.extend({
  errors: z.array(Fault).meta({ help: 'All of them, where the workflow collects errors' }),
  estimatedMs: z.int().nullable().meta({ help: 'Median of the last 20 runs that went well' }),
  inputs: Json.optional(),
  outputs: Json.optional(),
  payloads: Payloads,
  lastSeq: z.int().meta({ help: 'Number of the last message of its live stream' }),
  lastLine: z.int().meta({ help: 'Number of the last line of its log' }),
  nodes: z.array(NodeRecord),
  changes: z.array(ExecutionChange),
  graph: Graph.optional().meta({ help: 'What it runs, with include=graph' }),
  actions: z.object(Object.fromEntries(ACTIONS.map((name) => [name, Action])) as Record<ExecutionAction, typeof Action>),
  links: z.object({ self: z.string(), logs: z.string(), cancel: z.string(), stream: z.string(), events: z.string() }),
}).meta({ id: 'Execution' });
export type Execution = z.input<typeof Execution>;

export const Included = several(z.enum(['payloads', 'graph']))
  .optional()
  .meta({ title: 'Include', help: 'payloads: what came into nodes and out of them; graph: what it runs' });

/** Which executions; the same for lists and for acts on many. */
export const executionFilter = {
  workflowId: z.uuid().optional().meta({ title: 'Workflow' }),
  status: several(z.enum(EXECUTION_STATES)).optional().meta({ title: 'Status' }),
  trigger: several(z.enum(TRIGGER_KINDS)).optional().meta({ title: 'Trigger' }),
  version: z.coerce.number().int().min(1).optional().meta({ title: 'Version' }),
  since: z.iso.datetime().optional().meta({ title: 'Since' }),
  until: z.iso.datetime().optional().meta({ title: 'Until' }),
  tag: z.string().max(60).optional().meta({ title: 'Tag' }),
  errorType: z.string().max(60).optional().meta({ title: 'Error', help: 'Type of the error that ended it' }),
  correlationId: z.string().max(128).optional().meta({ title: 'Correlation' }),
  parentExecutionId: z.uuid().optional().meta({ title: 'Begun by', help: 'Execution that started it' }),
  mine: queryFlag.optional().meta({ title: 'Mine', help: 'Only what I started' }),
  test: queryFlag.optional().meta({ title: 'Test runs' }),
};

/** Of what a caller may be told by a call of theirs: how an execution ended. */
export const CALLBACK_EVENTS = ['completed', 'partial_success', 'failed', 'timed_out', 'cancelled'] as const;

/** How an execution is begun (workflows.md 8.1). */
export const ExecuteOptions = z.object({
  async: z.boolean().default(true).meta({ help: 'false waits for the end' }),
  waitSeconds: z.int().min(1).max(120).default(30).meta({ help: 'With async false: for so long at most; the execution goes on' }),
  timeoutSeconds: z.int().min(1).max(86_400).optional().meta({ help: 'Active time, instead of that of the workflow' }),
  priority: z.enum(['low', 'normal', 'high', 'critical']).optional(),
  retry: RetryPolicy.partial().optional().meta({ title: 'Try again', help: 'How the whole is tried again when it fails, instead of what the workflow says; what has completed stands' }),
  scheduledAt: z.iso.datetime().optional().meta({ help: 'Not before' }),
  tags: z.array(z.string().min(1).max(60)).max(20).default([]),
  correlationId: z.string().min(1).max(128).optional(),
  debug: z.boolean().default(false).meta({ help: 'Records resolved configuration too, with secrets masked' }),
  dryRun: z.boolean().default(false).meta({ help: 'Effects are told, not had' }),
  version: z
    .union([z.int().min(1), z.literal('draft')])
    .optional()
    .meta({ help: 'The active one when left out; draft is a test run' }),
  startNode: z.string().max(60).optional().meta({ help: 'Key or id of a trigger node; the manual one when left out' }),
  callbackUrl: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .optional()
    .meta({ title: 'Callback address', help: 'Called by POST when the execution has ended, signed with the secret that the answer tells; tried again for a day' }),
  callbackEvents: z.array(z.enum(CALLBACK_EVENTS)).min(1).max(CALLBACK_EVENTS.length).optional().meta({ title: 'Callback for', help: 'Ends that are told; all of them when left out' }),
  notifyOnComplete: z.boolean().default(false).meta({ title: 'Tell me when it is done', help: 'In the inbox of whoever starts it' }),
  notifyOnError: z.boolean().default(false).meta({ title: 'Tell me when it fails', help: 'In the inbox of whoever starts it, whatever the workflow’s settings say' }),
}); // prettier-ignore

/** What begins an execution answers. */
export const Begun = z.object({
  execution: z.object({ id: z.uuid(), status: z.enum(EXECUTION_STATES), workflowId: z.uuid() }),
  links: Execution.shape.links,
  done: z.boolean().meta({ help: 'It has ended; otherwise it goes on' }),
  callback: z
    .object({ secret: z.string().meta({ secret: true, help: 'Signs the call, as of webhooks (Standard Webhooks); of this execution alone' }) })
    .optional()
    .meta({ help: 'With callbackUrl' }),
  outputs: Json.optional(),
  error: Fault.nullable().optional(),
});
export type Begun = z.input<typeof Begun>;

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export const LogLine = z.object({
  seq: z.int(),
  at: Time,
  level: z.enum(LOG_LEVELS),
  nodeId: z.string().nullable(),
  iteration: z.string().nullable(),
  message: z.string(),
  data: Json,
});

/** Something that a run would do, by its plan. */
export const WouldBe = z.object({
  nodeId: z.string(),
  key: z.string(),
  path: z.string(),
  type: z.string(),
  kind: z.enum(['change', 'effect']),
  operation: z.string().nullable(),
  summary: z.string(),
  risk: z.enum(['read', 'write', 'high']).nullable(),
  approvals: z.array(z.string()).meta({ help: 'What would have to be agreed to, and by which rule' }),
  refused: z.string().nullable().meta({ help: 'Why it would not be let through' }),
  plan: Plan.nullable(),
  would: Json,
});
export type WouldBe = z.input<typeof WouldBe>;

export const WorkflowPlan = z
  .object({
    id: z.uuid(),
    workflowId: z.uuid(),
    version: z.int().nullable(),
    executionId: z.uuid(),
    status: z.enum(['running', 'ready', 'failed']),
    error: Fault.nullable(),
    summary: z.object({ changes: z.int(), effects: z.int(), refused: z.int(), approvals: z.int(), risk: z.enum(['read', 'write', 'high']) }),
    items: z.array(WouldBe),
    hash: z.string(),
    createdAt: Time,
    expiresAt: Time,
  })
  .meta({ id: 'WorkflowPlan' });
export type WorkflowPlan = z.input<typeof WorkflowPlan>;
