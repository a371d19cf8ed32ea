import { z } from 'zod';
import { ExecutionId } from '../executions/schemas.ts';
import { Graph, Json } from '../graph.ts';
import { Edit } from '../model/edits.ts';
import { Finding, WorkflowId } from '../schemas.ts';

/** What a model writes is in one of the languages of the product; what rules say is in English, as everything that the server says. */
export const Language = z.enum(['en', 'de', 'zh']).default('en').meta({ title: 'Language', help: 'Of what a model writes' });
export type Language = z.output<typeof Language>;

/** Who answered: a model, or what is made without one: the templates and the search for Operations, or rules on the graph and its records. */
const SOURCES = ['model', 'templates', 'rules'] as const;

const Usage = z.object({
  calls: z.int().meta({ help: 'Calls of the model, repairs included' }),
  inputTokens: z.int(),
  outputTokens: z.int(),
  cost: z.int().meta({ help: 'Millionths of a US dollar' }),
});
export type Usage = z.output<typeof Usage>;

/** Where an answer comes from; the same on every answer of AI-assisted creation. */
const origin = {
  source: z.enum(SOURCES).meta({ help: 'model; without one templates or rules' }),
  model: z.string().nullable().meta({ help: 'Id of the model that answered' }),
  usage: Usage.nullable(),
  notice: z.string().nullable().meta({ help: 'What to know of this answer: that no model is set up, and what to do about it' }),
};
export interface Origin {
  source: (typeof SOURCES)[number];
  model: string | null;
  usage: Usage | null;
  notice: string | null;
}

const Report = z.object({
  valid: z.boolean().meta({ help: 'What is merely missing, such as a secret, counts as an error too' }),
  errors: z.array(Finding),
  warnings: z.array(Finding),
  infos: z.array(Finding),
  summary: z.string().meta({ help: 'In one line' }),
});

const Missing = z.object({
  secrets: z.array(z.string()).meta({ help: 'Named in the graph, and not there' }),
  variables: z.array(z.string()),
  permissions: z.array(z.string()).meta({ help: 'That you do not hold and the graph needs' }),
  providers: z.array(z.string()).meta({ help: 'Kinds of connection that must be set up before, such as clouds or a model' }),
});
export type Missing = z.output<typeof Missing>;

const RiskOf = z.object({
  operations: z.array(z.object({ name: z.string(), summary: z.string(), risk: z.enum(['read', 'write', 'high']) })),
  highest: z.enum(['read', 'write', 'high']),
  approvals: z.array(z.string()).meta({ help: 'What somebody is asked to agree to, in words' }),
});
export type RiskOf = z.output<typeof RiskOf>;

/** One edit that is proposed. What is not accepted is left out, together with whatever needs it. */
export const Proposal = z.object({
  edit: Edit,
  reason: z.string().meta({ help: 'Why, in one sentence' }),
  needs: z.array(z.int()).meta({ help: 'Places, in this list, of those without which it cannot be made' }),
});
export type Proposal = z.input<typeof Proposal>;

const Question = z.object({
  about: z.enum(['trigger', 'goal']),
  text: z.string(),
  nodeId: z.uuid().nullable(),
  ops: z.array(Edit).meta({ help: 'Edits of the graph that answer it with yes; empty where words are needed' }),
});
export type Question = z.input<typeof Question>;

export const Goal = z.string().trim().min(3).max(4_000).meta({ title: 'Goal', help: 'What should happen, when, and to what', widget: 'textarea', examples: ['Reboot all web servers one after the other'] }); // prettier-ignore
/** Ways of starting other than by hand. */
export const TRIGGER_MODES = ['schedule', 'webhook', 'event', 'chat', 'workflow', 'operation', 'error'] as const;
export const Constraints = z.object({
  triggers: z
    .array(z.enum(TRIGGER_MODES))
    .max(7)
    .default([])
    .meta({ title: 'Triggers', help: 'Ways of starting that you agree to. Any other becomes a start by hand, with a question' }),
  readOnly: z.boolean().default(false).meta({ title: 'Only look', help: 'No Operation that changes something' }),
  maxNodes: z.int().min(2).max(100).default(40).meta({ title: 'Nodes at most' }),
  environment: z.string().max(63).optional().meta({ title: 'Environment', help: 'Whose secrets and variables count' }),
});
export type Constraints = z.output<typeof Constraints>;

export const Generated = z
  .object({
    generationId: z.uuid().meta({ help: 'For workflows.create, by whoever asked, within 30 days' }),
    ...origin,
    name: z.string(),
    graph: Graph,
    settings: z.record(z.string(), Json).meta({ help: 'Those that differ from the usual, for workflows.create' }),
    explanation: z.string().meta({ help: 'Plain text' }),
    assumptions: z.array(z.string()),
    questions: z.array(Question),
    unbuilt: z.array(z.object({ nodeId: z.uuid().meta({ help: 'The Note that stands for it' }), wanted: z.string(), why: z.string() })),
    missing: Missing,
    risk: RiskOf,
    validation: Report,
    templates: z.array(z.object({ id: z.string(), name: z.string(), description: z.string() })).meta({ help: 'Templates near the goal, the nearest first' }),
  })
  .meta({ id: 'WorkflowGeneration' }); // prettier-ignore
export type Generated = z.input<typeof Generated>;

export const Refined = z
  .object({
    workflowId: WorkflowId,
    revision: z.int().meta({ help: 'Of the draft that the edits are for: send it in If-Match' }),
    ...origin,
    summary: z.string(),
    ops: z.array(Proposal).meta({ help: 'In the order in which they are made; accepted ones go to PATCH /workflows/{id} as `ops`' }),
    unbuilt: z.array(z.object({ wanted: z.string(), why: z.string() })),
    validation: Report.meta({ help: 'Of the draft with all edits' }),
    missing: Missing,
    risk: RiskOf,
  })
  .meta({ id: 'WorkflowRefinement' });
export type Refined = z.input<typeof Refined>;

const OPTIMISATIONS = ['parallelise', 'cache', 'batch', 'retry', 'idempotency', 'cheaper-model', 'timeout', 'unused', 'slow'] as const;
export const Optimised = z
  .object({
    workflowId: WorkflowId,
    revision: z.int(),
    ...origin,
    measured: z
      .object({ executions: z.int(), since: z.iso.datetime(), medianMs: z.int().nullable(), failed: z.int() })
      .meta({ help: 'Past executions that the findings rest on' }),
    findings: z.array(
      z.object({
        kind: z.enum(OPTIMISATIONS),
        title: z.string(),
        reason: z.string(),
        nodeIds: z.array(z.uuid()),
        basis: z.array(z.object({ label: z.string(), value: z.number(), unit: z.enum(['ms', 'runs', 'percent', 'tokens', 'cost']) })).meta({ help: 'What was measured' }),
        ops: z.array(Proposal),
      }),
    ),
  })
  .meta({ id: 'WorkflowOptimisation' }); // prettier-ignore
export type Optimised = z.input<typeof Optimised>;

export const Explained = z
  .object({
    workflowId: WorkflowId,
    revision: z.int(),
    ...origin,
    text: z.string().meta({ help: 'Plain text: what it does, in a few sentences' }),
    steps: z.array(z.object({ nodeId: z.uuid(), key: z.string(), name: z.string(), type: z.string(), text: z.string() })),
    risks: z.array(z.object({ nodeId: z.uuid().nullable(), severity: z.enum(['info', 'warning', 'error']), text: z.string() })),
  })
  .meta({ id: 'WorkflowExplanation' });
export type Explained = z.input<typeof Explained>;

export const NodeGenerated = z
  .object({
    type: z.string(),
    ...origin,
    config: z.record(z.string(), Json),
    explanation: z.string(),
    valid: z.boolean(),
    findings: z.array(Finding).meta({ help: 'What is wrong with the configuration, or to be filled in' }),
  })
  .meta({ id: 'NodeGeneration' });
export type NodeGenerated = z.input<typeof NodeGenerated>;

export const Diagnosed = z
  .object({
    executionId: z.uuid(),
    workflowId: z.uuid(),
    revision: z.int().meta({ help: 'Of the draft that the edits are for' }),
    ...origin,
    text: z.string().meta({ help: 'Plain text: what happened and why, in a few sentences' }),
    cause: z
      .object({
        class: z.string().meta({ help: 'Class of the error' }),
        type: z.string(),
        text: z.string(),
        nodeId: z.uuid().nullable(),
        nodeKey: z.string().nullable(),
        recordId: z.uuid().nullable().meta({ help: 'The record that failed first' }),
        certain: z.boolean().meta({ help: 'Said by the record itself; otherwise probable' }),
      })
      .nullable()
      .meta({ help: 'Null where nothing went wrong' }),
    evidence: z.array(
      z.object({
        kind: z.enum(['record', 'log', 'change', 'history']),
        id: z.string().meta({ help: 'Of the record or the Change; number of the line of the log; id of the earlier execution' }),
        text: z.string(),
        at: z.iso.datetime().nullable(),
      }),
    ),
    ops: z.array(Proposal),
    advice: z.array(z.string()).meta({ help: 'What a person can do that no edit does' }),
  })
  .meta({ id: 'ExecutionDiagnosis' });
export type Diagnosed = z.input<typeof Diagnosed>;

export const GenerateInput = z.object({
  goal: Goal,
  context: z.string().trim().max(8_000).optional().meta({ title: 'Context', help: 'What else a model should know: names, rules, habits', widget: 'textarea' }),
  baseWorkflowId: z.uuid().optional().meta({ title: 'Beginning with', help: 'A workflow whose draft is to be built upon' }),
  constraints: Constraints.prefault({}).meta({ title: 'Constraints' }),
  language: Language,
}); // prettier-ignore
export type GenerateInput = z.output<typeof GenerateInput>;

export const RefineInput = z.object({
  id: WorkflowId,
  instruction: z.string().trim().min(3).max(4_000).meta({ title: 'What should change', widget: 'textarea', examples: ['Ask for approval before the reboot'] }),
  selection: z.array(z.uuid()).max(100).default([]).meta({ title: 'Selected nodes', help: 'What the instruction is about; the whole graph when empty' }),
  graph: Graph.optional().meta({ title: 'Graph', help: 'In place of the draft as it is kept, for edits that are not saved yet', widget: 'json' }),
  constraints: Constraints.prefault({}).meta({ title: 'Constraints' }),
  language: Language,
}); // prettier-ignore
export type RefineInput = z.output<typeof RefineInput>;

export const OptimiseInput = z.object({
  id: WorkflowId,
  goal: z.enum(['performance', 'cost', 'reliability']).default('performance').meta({ title: 'Goal' }),
  language: Language,
}); // prettier-ignore
export type OptimiseInput = z.output<typeof OptimiseInput>;

export const ExplainInput = z.object({
  id: WorkflowId,
  graph: Graph.optional().meta({ title: 'Graph', help: 'In place of the draft as it is kept', widget: 'json' }),
  language: Language,
}); // prettier-ignore
export type ExplainInput = z.output<typeof ExplainInput>;

export const NodeInput = z.object({
  type: z.string().min(1).max(60).meta({ title: 'Type of node', examples: ['delay'] }),
  description: z.string().trim().min(3).max(4_000).meta({ title: 'What it should do', widget: 'textarea', examples: ['Wait 10 minutes'] }),
  workflowId: z.uuid().optional().meta({ title: 'Workflow', help: 'Whose draft it belongs to: other nodes may be named' }),
  nodeId: z.uuid().optional().meta({ title: 'Node', help: 'Of the draft: its configuration is the beginning' }),
  graph: Graph.optional().meta({ title: 'Graph', help: 'In place of the draft as it is kept', widget: 'json' }),
  language: Language,
}); // prettier-ignore
export type NodeInput = z.output<typeof NodeInput>;

export const DiagnoseInput = z.object({ id: ExecutionId, language: Language }); // prettier-ignore
export type DiagnoseInput = z.output<typeof DiagnoseInput>;
