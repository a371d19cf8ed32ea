import type { Graph } from '#features/workflow-graph/types.ts';
import type { Json, Named } from '#lib/types.ts';

export const STATUSES = ['draft', 'active', 'paused', 'archived'] as const;
export type WorkflowStatus = (typeof STATUSES)[number];

export interface Trigger {
  id: string;
  workflowId: string;
  nodeId: string;
  version: number;
  kind: string;
  state: string;
  /** A token was made for its address; it is shown once, when it is made. */
  hasToken: boolean;
  oldTokenUntil: string | null;
  path: string | null;
  cron: string | null;
  timezone: string | null;
  nextRunAt: string | null;
  lastRunAt: string | null;
  eventTypes: string[];
}

/** One workflow as lists have it. */
export interface WorkflowSummary {
  id: string;
  name: string;
  slug: string;
  description: string | null;
  icon: string | null;
  tags: string[];
  folder: string | null;
  status: WorkflowStatus;
  environment: string | null;
  revision: number;
  activeVersion: number | null;
  runAs: 'invoker' | 'service';
  owner: Named;
  triggers: Trigger[];
  nextRunAt: string | null;
  lastExecution: { id: string; status: string; at: string } | null;
  updatedBy: Named & { kind: string };
  updatedAt: string;
  /** States of the last 20 executions, the newest first. */
  outcomes: string[];
}

/** Settings of a workflow (workflows.md 4.3). */
export interface WorkflowSettings {
  runAs: 'invoker' | 'service';
  failureMode: 'fail_fast' | 'continue_on_error' | 'collect_errors';
  timeoutSeconds: number;
  lifetimeDays: number;
  maxConcurrent: number;
  concurrencyKey?: string;
  onLimit: 'queue' | 'drop' | 'cancel_previous';
  priority: 'low' | 'normal' | 'high' | 'critical';
  parallelNodes: number;
  retry?: Partial<{ maxAttempts: number; strategy: 'fixed' | 'linear' | 'exponential'; initialDelayMs: number; maxDelayMs: number }>;
  rollbackOnFailure: 'none' | 'ask' | 'auto';
  errorWorkflowId?: string;
  durability: 'full' | 'end';
  retention: { successDays: number; failedDays: number; payloadDays: number };
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  notify: { onFailure: boolean; onRecovery: boolean; onSuccess: boolean };
  /** What one execution may spend on models; `cost` in millionths of a US dollar. */
  budgets?: Budgets;
  environment?: string;
}
export type Budgets = Partial<Record<'tokens' | 'cost' | 'toolCalls', number>>;

/** Answer of `workflows.get`. */
export interface Workflow extends Omit<WorkflowSummary, 'outcomes'> {
  /** The revision, for If-Match. */
  version: number;
  draft: Graph;
  settings: WorkflowSettings;
  serviceAccountId: string | null;
  /** Differs from what is active. */
  changed: boolean;
  validation: { errors: number; warnings: number };
  may: { update: boolean; publish: boolean; execute: boolean; debug: boolean; schedule: boolean; delete: boolean };
}

export interface VersionSummary {
  number: number;
  hash: string;
  note: string | null;
  author: Named & { kind: string };
  active: boolean;
  publishedAt: string | null;
  createdAt: string;
  nodes: number;
}

export interface TestResult {
  passed: boolean;
  executionId: string | null;
  revision: number;
  failures: { expression: string; message: string }[];
  at: string;
}
export interface WorkflowTest {
  id: string;
  workflowId: string;
  name: string;
  inputs: Json;
  /** Outputs by node key, instead of running the node. */
  mocks: Record<string, Json>;
  assertions: { expression: string; message?: string }[];
  enabled: boolean;
  lastResult: TestResult | null;
}

export interface Requirements {
  secrets: string[];
  variables: string[];
  permissions: string[];
  operations: string[];
}
export interface TemplateSummary {
  id: string;
  name: string;
  description: string;
  category: string;
  icon: string | null;
  tags: string[];
  shipped: boolean;
  featured: boolean;
  useCount: number;
  nodes: number;
  triggers: string[];
  requires: Requirements;
}
export interface Template extends TemplateSummary {
  graph: Graph;
  /** What of its requirements this tenant lacks. */
  missing: Requirements;
}
