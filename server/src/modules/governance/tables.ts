import { bigint, boolean, integer, jsonb, pgTable, smallint, text, timestamp, uuid } from '#kernel/columns.ts';
import type { Actor } from '#kernel/context.ts';
import { tenantTable } from '#kernel/database.ts';
import type { CanaryDemand, Via } from '#kernel/gate-steps.ts';
import type { Requirement } from '#kernel/gate.ts';
import type { Risk, Surface, Target } from '#kernel/operation.ts';
import type { FullPlan } from '#kernel/plan.ts';
import type { Scope } from '#kernel/scope.ts';
import type { RequestStatus } from './approvals/rules.ts';
import type { TemplateStatus, TemplateWindow } from './templates/rules.ts';
import type { ReviewVerdict } from './emergency/rules.ts';
import type { ChangeState } from './rules.ts';
import type { Stage } from './stages/rules.ts';

const time = (name: string) => timestamp(name, { withTimezone: true });

export const changes = tenantTable('changes', {
  number: integer('number').notNull(),
  operation: text('operation').notNull(),
  summary: text('summary').notNull(),
  state: text('state').$type<ChangeState>().notNull(),
  risk: text('risk').$type<Risk>().notNull(),
  environment: text('environment'),
  comment: text('comment'),
  ticket: text('ticket'),
  input: jsonb('input').$type<Record<string, unknown>>().notNull(),
  sealedSecrets: text('sealed_secrets'),
  inputHash: text('input_hash').notNull(),
  targets: jsonb('targets').$type<Target[]>().notNull(),
  plan: jsonb('plan').$type<FullPlan>().notNull(),
  planHash: text('plan_hash').notNull(),
  requirements: jsonb('requirements').$type<Requirement[]>().notNull(),
  requesterId: text('requester_id').notNull(),
  requester: jsonb('requester').$type<Actor>().notNull(),
  implementer: jsonb('implementer').$type<Actor>(),
  surface: text('surface').$type<Surface>().notNull(),
  /** The node of a workflow's run that asked for it. */
  via: jsonb('via').$type<Via>(),
  requestId: text('request_id').notNull(),
  decisionId: uuid('decision_id').notNull(),
  epoch: integer('epoch').notNull().default(0),
  attempt: integer('attempt').notNull().default(0),
  accepted: boolean('accepted').notNull().default(false),
  /** The template that agreed to it in the place of people. */
  templateId: uuid('template_id'),
  autoApproved: boolean('auto_approved').notNull().default(false),
  /** It went without the approvals and past the time windows that rules ask for. */
  emergency: boolean('emergency').notNull().default(false),
  cancelRequestedBy: jsonb('cancel_requested_by').$type<Actor>(),
  /** How rules want it carried out, where it acts on many. */
  canary: jsonb('canary').$type<CanaryDemand>(),
  stages: jsonb('stages').$type<Stage[]>(),
  progress: integer('progress').notNull().default(0),
  message: text('message'),
  outcome: jsonb('outcome'),
  problem: jsonb('problem').$type<Record<string, unknown>>(),
  rollbackOf: uuid('rollback_of'),
  rolledBackBy: uuid('rolled_back_by'),
  deadlineAt: time('deadline_at'),
  submittedAt: time('submitted_at'),
  approvedAt: time('approved_at'),
  startedAt: time('started_at'),
  endedAt: time('ended_at'),
});
export type ChangeRow = typeof changes.$inferSelect;

export const changeNumbers = pgTable('change_numbers', { tenantId: uuid('tenant_id').primaryKey(), last: integer('last').notNull() });

export type StepStatus = 'running' | 'done' | 'failed' | 'undone';
export const changeSteps = pgTable('change_steps', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  changeId: uuid('change_id').notNull(),
  key: text('key').notNull(),
  title: text('title').notNull(),
  status: text('status').$type<StepStatus>().notNull(),
  result: jsonb('result'),
  startedAt: time('started_at').notNull().defaultNow(),
  endedAt: time('ended_at'),
});

export const changeLog = pgTable('change_log', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  seq: bigint('seq', { mode: 'number' }).generatedAlwaysAsIdentity(),
  changeId: uuid('change_id').notNull(),
  event: text('event').notNull(),
  data: jsonb('data').$type<Record<string, unknown>>().notNull(),
  createdAt: time('created_at').notNull().defaultNow(),
});

export const approvalRequests = tenantTable('approval_requests', {
  changeId: uuid('change_id').notNull(),
  planHash: text('plan_hash').notNull(),
  status: text('status').$type<RequestStatus>().notNull(),
  /** The person behind the request, also where a service account of theirs made it. */
  requesterId: text('requester_id').notNull(),
  requirements: jsonb('requirements').$type<Requirement[]>().notNull(),
  needed: integer('needed').notNull(),
  /** Whom the tree asks, as keys that a person's own can be compared with: scope, role:x, team:x, user:x. */
  asks: text('asks').array().notNull(),
  slaDueAt: time('sla_due_at').notNull(),
  clockStep: smallint('clock_step').notNull().default(0),
  nextStepAt: time('next_step_at'),
  expiresAt: time('expires_at').notNull(),
  closedAt: time('closed_at'),
});
export type ApprovalRow = typeof approvalRequests.$inferSelect;

export const approvalDecisions = pgTable('approval_decisions', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  requestId: uuid('request_id').notNull(),
  deciderId: text('decider_id').notNull(),
  deciderName: text('decider_name').notNull(),
  verdict: text('verdict').$type<'approved' | 'rejected'>().notNull(),
  comment: text('comment'),
  planHash: text('plan_hash').notNull(),
  surface: text('surface').notNull(),
  onBehalfOf: text('on_behalf_of'),
  onBehalfOfName: text('on_behalf_of_name'),
  /** People tied to the decider by a delegation at that time: of such a pair one counts. */
  linked: text('linked').array().notNull().default([]),
  factors: text('factors').array().notNull().default([]),
  level: smallint('level'),
  ip: text('ip'),
  withdrawnAt: time('withdrawn_at'),
  createdAt: time('created_at').notNull().defaultNow(),
});
export type DecisionRow = typeof approvalDecisions.$inferSelect;

export const approvalDelegations = tenantTable('approval_delegations', {
  delegatorId: text('delegator_id').notNull(),
  delegatorName: text('delegator_name').notNull(),
  delegateId: text('delegate_id').notNull(),
  delegateName: text('delegate_name').notNull(),
  /** One request only; null while somebody is away. */
  requestId: uuid('request_id'),
  scope: jsonb('scope').$type<Scope>(),
  reason: text('reason').notNull().default(''),
  validFrom: time('valid_from').notNull(),
  validUntil: time('valid_until').notNull(),
  revokedAt: time('revoked_at'),
  revokedBy: text('revoked_by'),
});
export type DelegationRow = typeof approvalDelegations.$inferSelect;

export const emergencies = tenantTable('emergencies', {
  changeId: uuid('change_id').notNull(),
  userId: text('user_id').notNull(),
  userName: text('user_name').notNull(),
  reason: text('reason').notNull(),
  ticket: text('ticket').notNull(),
  skipped: text('skipped').array().notNull().default([]),
  usedAt: time('used_at').notNull(),
  reviewDueAt: time('review_due_at').notNull(),
  /** When it is said again that it is not reviewed; null once it is. */
  nextReminderAt: time('next_reminder_at'),
  reminders: integer('reminders').notNull().default(0),
  verdict: text('verdict').$type<ReviewVerdict>(),
  reviewerId: text('reviewer_id'),
  reviewerName: text('reviewer_name'),
  reviewComment: text('review_comment'),
  reviewedAt: time('reviewed_at'),
});
export type EmergencyRow = typeof emergencies.$inferSelect;

export const changeTemplates = tenantTable('change_templates', {
  name: text('name').notNull(),
  description: text('description').notNull().default(''),
  operation: text('operation').notNull(),
  /** CEL; null for any input. */
  when: text('condition'),
  scope: jsonb('scope').$type<Scope>().notNull(),
  window: jsonb('time_window').$type<TemplateWindow>(),
  maxRuns: integer('max_runs').notNull(),
  maxRunsHours: integer('max_runs_hours').notNull(),
  ownerId: text('owner_id').notNull(),
  ownerName: text('owner_name').notNull(),
  status: text('status').$type<TemplateStatus>().notNull(),
  suspendedReason: text('suspended_reason'),
  expiresAt: time('expires_at').notNull(),
  agreedAt: time('agreed_at').notNull(),
  changeId: uuid('change_id'),
  version: integer('version').notNull().default(1),
});
export type TemplateRow = typeof changeTemplates.$inferSelect;
