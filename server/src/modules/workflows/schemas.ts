import { z } from 'zod';
import { Graph, Json, NodeSettings, WorkflowSettings } from './graph.ts';
import { TRIGGER_STATES, WORKFLOW_STATUSES } from './tables.ts';

const Time = z.iso.datetime();
const Who = z.object({ kind: z.string(), id: z.string(), name: z.string() });

export const WorkflowId = z.uuid().meta({ title: 'Workflow' });
export const VersionNumber = z.coerce.number().int().min(1).max(1_000_000).meta({ title: 'Version' });

/** Fields of a workflow beside its graph, as people write them. */
export const workflowFields = {
  name: z.string().trim().min(1).max(100).meta({ title: 'Name', examples: ['Order servers'] }), // prettier-ignore
  slug: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, 'Lower case letters, digits and hyphens, at most 60').meta({ title: 'Slug', help: 'Made from the name when left out', examples: ['order-servers'] }), // prettier-ignore
  description: z.string().trim().max(2_000).meta({ title: 'Description', widget: 'textarea' }),
  icon: z.string().max(50).meta({ title: 'Icon', examples: ['workflow'] }), // prettier-ignore
  tags: z.array(z.string().trim().min(1).max(50)).max(20).meta({ title: 'Tags', help: 'A tag such as team=network is a label that Scopes may name', examples: [['nightly']] }), // prettier-ignore
  folder: z.string().trim().min(1).max(100).meta({ title: 'Folder', examples: ['Network'] }), // prettier-ignore
} as const;

export const Finding = z
  .object({
    rule: z.string(),
    severity: z.enum(['error', 'warning', 'info']),
    nodeId: z.string().optional(),
    nodeKey: z.string().optional(),
    connectionId: z.string().optional(),
    pointer: z.string().optional(),
    message: z.string(),
    fix: z.object({ title: z.string(), ops: z.array(z.record(z.string(), z.unknown())) }).optional(),
  })
  .meta({ id: 'WorkflowFinding' });

const Validation = z.object({ errors: z.int(), warnings: z.int() });

export const Trigger = z
  .object({
    id: z.uuid(),
    workflowId: z.uuid(),
    nodeId: z.uuid(),
    version: z.int(),
    kind: z.string(),
    state: z.enum(TRIGGER_STATES),
    hasToken: z.boolean().meta({ help: 'A token was made for its address; it is shown once, when it is made' }),
    oldTokenUntil: Time.nullable(),
    path: z.string().nullable(),
    cron: z.string().nullable(),
    timezone: z.string().nullable(),
    nextRunAt: Time.nullable(),
    lastRunAt: Time.nullable(),
    eventTypes: z.array(z.string()),
  })
  .meta({ id: 'WorkflowTrigger' });

const LastExecution = z.object({ id: z.uuid(), status: z.string(), at: Time });

const summary = {
  id: z.uuid(),
  name: z.string(),
  slug: z.string(),
  description: z.string().nullable(),
  icon: z.string().nullable(),
  tags: z.array(z.string()),
  folder: z.string().nullable(),
  status: z.enum(WORKFLOW_STATUSES),
  environment: z.string().nullable(),
  revision: z.int(),
  activeVersion: z.int().nullable(),
  runAs: z.enum(['invoker', 'service']),
  owner: z.object({ id: z.uuid(), name: z.string() }),
  triggers: z.array(Trigger),
  nextRunAt: Time.nullable(),
  lastExecution: LastExecution.nullable(),
  createdBy: Who,
  createdAt: Time,
  updatedBy: Who,
  updatedAt: Time,
  deletedAt: Time.nullable(),
};

export const WorkflowSummary = z
  .object({ ...summary, outcomes: z.array(z.string()).meta({ help: 'States of the last 20 executions, the newest first' }) })
  .meta({ id: 'WorkflowSummary' });

/** What the caller may do with it, by what its operations are called. */
export const May = z.object({
  update: z.boolean(),
  publish: z.boolean(),
  execute: z.boolean(),
  debug: z.boolean(),
  schedule: z.boolean(),
  delete: z.boolean(),
});

export const Workflow = z
  .object({
    ...summary,
    version: z.int().meta({ help: 'The revision, for If-Match' }),
    draft: Graph,
    settings: WorkflowSettings,
    serviceAccountId: z.uuid().nullable(),
    /** Differs from what is active. */
    changed: z.boolean(),
    validation: Validation,
    may: May,
  })
  .meta({ id: 'Workflow' });

export const VersionSummary = z.object({
  number: z.int(),
  hash: z.string(),
  note: z.string().nullable(),
  author: Who,
  active: z.boolean(),
  publishedAt: Time.nullable(),
  createdAt: Time,
  nodes: z.int(),
  serviceAccountId: z.uuid().nullable(),
});
export const WorkflowVersion = VersionSummary.extend({
  workflowId: z.uuid(),
  graph: Graph,
  settings: WorkflowSettings,
  findings: z.array(Finding),
}).meta({ id: 'WorkflowVersion' });

/** What a test of a workflow expects. `expression` is CEL over the execution's outcome. */
export const Assertion = z.object({
  /** `status`, `output`, or `nodes.<key>.output`, with a path behind it; or bare CEL. */
  expression: z.string().min(1).max(2_000).meta({ title: 'Must hold', expression: 'expr', examples: ['status == "completed"'] }), // prettier-ignore
  message: z.string().max(500).optional().meta({ title: 'What it means when it does not' }),
});
export type Assertion = z.output<typeof Assertion>;

export const TestResult = z.object({
  passed: z.boolean(),
  executionId: z.uuid().nullable(),
  revision: z.int(),
  failures: z.array(z.object({ expression: z.string(), message: z.string() })),
  at: Time,
});
export type TestResult = z.output<typeof TestResult>;

export const testFields = {
  name: z.string().trim().min(1).max(100).meta({ title: 'Name', examples: ['Small order'] }), // prettier-ignore
  inputs: Json.meta({ title: 'Inputs', help: 'What the trigger gets', examples: [{ size: 'small' }] }),
  mocks: z.record(z.string(), Json).meta({ title: 'Mocks', help: 'Outputs by node key, instead of running the node', examples: [{}] }),
  assertions: z.array(Assertion).max(50).meta({ title: 'Expected' }),
  enabled: z.boolean().meta({ title: 'Run before publishing' }),
} as const;

export const WorkflowTest = z
  .object({
    id: z.uuid(),
    workflowId: z.uuid(),
    ...testFields,
    lastResult: TestResult.nullable(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: 'WorkflowTest' });

export const TEMPLATE_CATEGORIES = [
  'provisioning',
  'maintenance',
  'security',
  'network',
  'monitoring',
  'people',
  'integration',
  'incidents',
] as const;

/** What a workflow needs that a tenant may lack. */
export const Requirements = z.object({
  secrets: z.array(z.string()),
  variables: z.array(z.string()),
  permissions: z.array(z.string()),
  operations: z.array(z.string()),
});
export type Requirements = z.output<typeof Requirements>;

export const TemplateId = z.string().min(1).max(100).meta({ title: 'Template', examples: ['server-provisioning'] }); // prettier-ignore
export const templateFields = {
  name: workflowFields.name,
  description: z.string().trim().min(1).max(2_000).meta({ title: 'Description', widget: 'textarea' }),
  category: z.enum(TEMPLATE_CATEGORIES).meta({ title: 'Category' }),
  icon: workflowFields.icon,
  tags: workflowFields.tags,
} as const;

export const TemplateSummary = z.object({
  id: z.string().meta({ help: 'Key of a template that ships with the product, or id of one of the tenant' }),
  name: z.string(),
  description: z.string(),
  category: z.string(),
  icon: z.string().nullable(),
  tags: z.array(z.string()),
  shipped: z.boolean(),
  featured: z.boolean(),
  useCount: z.int(),
  nodes: z.int(),
  triggers: z.array(z.string()),
  requires: Requirements,
});
export const Template = TemplateSummary.extend({ graph: Graph, settings: WorkflowSettings, missing: Requirements }).meta({ id: 'WorkflowTemplate' });

export const NodeTemplate = z
  .object({
    id: z.uuid(),
    name: z.string(),
    description: z.string().nullable(),
    type: z.string(),
    typeVersion: z.int(),
    config: z.record(z.string(), Json),
    settings: NodeSettings,
    createdBy: Who,
    createdAt: Time,
  })
  .meta({ id: 'NodeTemplate' });
