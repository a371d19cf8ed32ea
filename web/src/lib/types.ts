/** The shapes that the pages read, as the server sends them below /api/v1 (JSON camelCase, times RFC 3339 UTC). */
export type Risk = 'read' | 'write' | 'high';
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export interface Money {
  /** Integer minor units. */
  amount: number;
  /** ISO 4217. */
  currency: string;
}
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
export interface Named {
  id: string;
  name: string;
}
export interface Actor extends Named {
  kind: string;
  email?: string | null;
}
export interface Target {
  type: string;
  id: string;
  name?: string;
  environment?: string | null;
}

export interface PlanField {
  path: string;
  before?: Json;
  after?: Json;
}
export interface PlanChange {
  action: 'create' | 'update' | 'delete' | 'none';
  type: string;
  id?: string;
  name: string;
  fields: PlanField[];
}
export interface Plan {
  summary: string;
  risk?: 'write' | 'high';
  steps: { title: string; seconds?: number }[];
  changes: PlanChange[];
  downtime: { kind: 'none' | 'restart' | 'outage'; seconds: number };
  dataLoss: string | null;
  reversible: string | null;
  /** Per month. */
  cost: { before: Money; after: Money; exact: boolean } | null;
  quota: { name: string; limit: number | null; before: number; after: number }[];
  warnings: string[];
  facts: Record<string, Json>;
  observed: Record<string, string>;
}
export interface Requirement {
  rule: string;
  text: string;
  need: ApprovalNode;
  /** One person counts for one leaf only. */
  distinct?: boolean;
}
export type ApprovalNode = { all: ApprovalNode[] } | { any: ApprovalNode[] } | ApprovalLeaf;
export interface ApprovalLeaf {
  who: 'scopeApprovers' | 'resourceOwner' | { role: string } | { team: string } | { users: string[] };
  count: number;
  otherTeam?: boolean;
}
export interface Preview {
  plan: Plan;
  risk: Risk;
  planHash: string;
  requirements: Requirement[];
}

/** RFC 9457. `instance` is the request id. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance?: string;
  errors?: { pointer: string; message: string; code?: string }[];
  [member: string]: unknown;
}

export const CHANGE_STATES = [
  'planning',
  'planned',
  'plan_failed',
  'awaiting_approval',
  'approved',
  'scheduled',
  'running',
  'paused',
  'verifying',
  'succeeded',
  'failed',
  'partially_succeeded',
  'rolling_back',
  'rolled_back',
  'rollback_failed',
  'rejected',
  'expired',
  'cancelled',
  'stale',
] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

export const CHANGE_ACTIONS = ['approve', 'reject', 'submit', 'apply', 'resume', 'cancel', 'rollback'] as const;
export type ChangeAction = (typeof CHANGE_ACTIONS)[number];
export interface Decision {
  by: Named;
  verdict: 'approved' | 'rejected';
  comment: string | null;
  at: string;
}
export interface Approval {
  id: string;
  status: 'pending' | 'partially_approved' | 'approved' | 'rejected' | 'expired' | 'cancelled' | 'superseded' | 'revoked';
  count: number;
  given: number;
  rule: { name: string; text: string };
  expiresAt: string | null;
  decisions: Decision[];
}
export interface Step {
  key: string;
  title: string;
  status: 'running' | 'done' | 'failed' | 'undone';
  startedAt: string;
  endedAt: string | null;
}
/** Targets that are acted on one after the other; a later stage waits until this one is done. */
export interface Stage {
  kind: 'canary' | 'rest' | 'all';
  status: 'waiting' | 'running' | 'watching' | 'held' | 'done';
  targets: { id: string; name: string; status: 'waiting' | 'done' | 'failed' | 'unwell'; code: string | null; text: string | null }[];
  /** What keeps it from beginning. */
  refused?: { code: string; text: string } | null;
  startedAt: string | null;
  watchUntil: string | null;
  endedAt: string | null;
  continuedBy: { id: string; name: string; comment: string; at: string } | null;
}
export interface Job {
  state: string;
  progress: number;
  message: string | null;
  attempt: number;
  steps: Step[];
}
/** The node of a workflow's run that asked for a Change. */
export interface Via {
  workflowId: string;
  workflow: string;
  version: number | null;
  executionId: string;
  nodeId: string;
  node: string;
  iteration: string;
  /** Turn of the agent that called it as a tool. */
  agentStep?: number;
}
/** A Change as lists show it. */
export interface ChangeSummary {
  id: string;
  number: string;
  operation: string;
  summary: string;
  state: ChangeState;
  risk: Risk;
  environment: string | null;
  requester: Actor;
  surface: string;
  via: Via | null;
  progress: number;
  waitingForMe: boolean;
  /** It went without the approvals and past the time windows that rules ask for. */
  emergency: boolean;
  deadlineAt: string | null;
  createdAt: string;
  endedAt: string | null;
}
export interface Conflict {
  kind: 'change' | 'calendar';
  id: string | null;
  name: string;
  operation: string | null;
  state: string | null;
  targets: string[];
  until: string | null;
}
/** Approvals and time windows were skipped: by whom, why, and what was said of it afterwards. */
export interface EmergencyUse {
  id: string;
  by: Named;
  reason: string;
  ticket: string;
  skipped: string[];
  usedAt: string;
  reviewDueAt: string;
  overdue: boolean;
  review: { verdict: 'justified' | 'unjustified'; by: Named; comment: string; at: string } | null;
}
export interface Change extends ChangeSummary {
  comment: string | null;
  ticket: string | null;
  input: Json;
  targets: Target[];
  plan: Plan | null;
  planHash: string | null;
  /** How the rules decided when it was asked for. */
  decisionId: string;
  implementer: Actor | null;
  approval: Approval | null;
  emergencyUse: EmergencyUse | null;
  /** The template that agreed to it in the place of people. */
  template: Named | null;
  /** What else is under way on the same targets, and freezes; as of now. */
  conflicts: Conflict[];
  canary: { rules: string[] } | null;
  stages: Stage[] | null;
  job: Job | null;
  outcome: Json;
  problem: ProblemBody | null;
  rollbackOf: string | null;
  rolledBackBy: string | null;
  submittedAt: string | null;
  approvedAt: string | null;
  startedAt: string | null;
  actions: Record<ChangeAction | 'emergency' | 'review', { allowed: boolean; reason: string | null }>;
}

export interface AuditEntry {
  id: string;
  at: string;
  actor: Actor;
  /** Keys of the roles that the actor held at the time. */
  roles: string[];
  surface: string;
  operation: string;
  risk: Risk;
  permission: string | null;
  result: 'success' | 'failure' | 'denied' | 'pending' | 'error';
  reason: { stage: string; code: string; text: string } | null;
  targets: Target[];
  changeId: string | null;
  decisionId: string | null;
  requestId: string | null;
  ip: string | null;
  comment: string | null;
  durationMs: number;
  /** How often in a row; refusals of one kind are gathered. */
  occurrences: number;
}

export interface Tenant {
  id: string;
  slug: string;
  name: string;
}
export interface Me {
  actor: Actor;
  /** Null for a person who has no tenant, or has several and chose none yet. */
  tenant: Tenant | null;
  tenants: (Tenant & { roles: string[] })[];
  roles: { key: string; name: string }[];
  permissions: string[];
  session: { expiresAt: string } | null;
}
