import { z } from 'zod';
import { Json } from '../graph.ts';

/** Names of Operations: exact, all of a module (`servers.*`), or `*`. */
const Pattern = z.string().regex(/^(\*|[a-z][a-zA-Z]*(\.[a-zA-Z]+)*(\.\*)?)$/, 'A name such as servers.list, or servers.* for all of them');

/** Which model thinks; the same fields in all nodes that ask one. */
export const modelFields = {
  model: z.string().max(200).optional().meta({ title: 'Model', help: 'The default of the tenant when left out', widget: 'aiModel', expression: 'none', examples: ['openai/gpt-5-mini'] }),
  apiKey: z.string().max(200).optional().meta({ title: 'Key', help: 'Instead of the one that the provider was set up with', expression: 'secret' }),
}; // prettier-ignore

const Budget = z.object({
  tokens: z.int().min(100).max(10_000_000).optional().meta({ title: 'Tokens' }),
  cost: z.int().min(1).max(1_000_000_000).optional().meta({ title: 'Cost', help: 'In millionths of a US dollar' }),
  seconds: z.int().min(1).max(3_600).optional().meta({ title: 'Seconds', help: 'Of work; waiting does not count' }),
});

/** What an agent may call. */
const ToolsConfig = z.object({
  operations: z.array(Pattern).max(100).default([]).meta({ title: 'Operations', help: 'Only those that the principal may run are offered', widget: 'operationPatterns', expression: 'none', examples: [['servers.*', 'dns.records.list']] }),
  deny: z.array(Pattern).max(100).default([]).meta({ title: 'But not', widget: 'operationPatterns', expression: 'none', examples: [['servers.delete']] }),
  workflows: z.array(z.string().min(1).max(100)).max(50).default([]).meta({ title: 'Workflows', help: 'By id, or by their name in addresses; they must be callable', widget: 'workflows', expression: 'none' }),
}); // prettier-ignore

export const AgentConfig = z.object({
  ...modelFields,
  fallbackModels: z.array(z.string().max(200)).max(5).default([]).meta({ title: 'Otherwise', help: 'Tried in this order when the model cannot be reached', widget: 'aiModels', expression: 'none' }),
  mode: z.enum(['tools', 'conversational']).default('tools').meta({ title: 'Mode', help: 'With tools, or only talking' }),
  system: z.string().max(20_000).optional().meta({ title: 'Who it is', help: 'How it works and what it heeds', widget: 'textarea', expression: 'tpl' }),
  goal: z.string().min(1).max(50_000).optional().meta({ title: 'Goal', help: 'What came in, when left out', widget: 'textarea', expression: 'tpl' }),
  temperature: z.number().min(0).max(2).default(0.2).meta({ title: 'Temperature' }),
  maxTokens: z.int().min(16).max(32_000).default(1_000).meta({ title: 'Tokens of an answer' }),
  maxIterations: z.int().min(1).max(50).default(10).meta({ title: 'Turns', help: 'How often the model is asked at most' }),
  maxToolCalls: z.int().min(1).max(200).default(30).meta({ title: 'Calls of tools' }),
  toolTimeoutSeconds: z.int().min(1).max(600).default(60).meta({ title: 'Seconds of a call' }),
  tools: ToolsConfig.prefault({}).meta({ title: 'Tools', help: 'Beside the nodes that hang on it' }),
  writeMode: z.enum(['deny', 'plan', 'approve', 'allow']).default('approve').meta({ title: 'What changes something', help: 'Never; all of a turn agreed to at once; each agreed to; or as policies let it. High risk is always asked for' }),
  taint: z.enum(['strict', 'warn', 'off']).default('strict').meta({ title: 'Content from outside', help: 'strict: once it has read such, whatever changes something is asked for' }),
  parallelTools: z.int().min(1).max(4).default(4).meta({ title: 'Calls at the same time' }),
  output: z.enum(['text', 'json']).default('text').meta({ title: 'Answer' }),
  outputSchema: z.record(z.string(), Json).optional().meta({ title: 'Its form', help: 'JSON Schema of the answer', widget: 'jsonSchema', expression: 'none' }),
  memory: z
    .object({
      read: z.boolean().default(true).meta({ title: 'May remember' }),
      write: z.boolean().default(true).meta({ title: 'May keep' }),
      window: z.int().min(2).max(200).default(20).meta({ title: 'Messages kept in view', help: 'Older ones are left out, the goal never' }),
    })
    .prefault({})
    .meta({ title: 'Memory' }),
  returnSteps: z.boolean().default(true).meta({ title: 'Hand the steps on' }),
  stream: z.boolean().default(true).meta({ title: 'Show it live' }),
  budget: Budget.prefault({}).meta({ title: 'Budget' }),
  onBudget: z.enum(['stop', 'finish']).default('finish').meta({ title: 'At a limit', help: 'Fail, or say with one last answer how far it got' }),
  approvers: z
    .object({
      roles: z.array(z.string().max(100)).max(10).default([]).meta({ title: 'Roles' }),
      teams: z.array(z.string().max(100)).max(10).default([]).meta({ title: 'Teams' }),
      users: z.array(z.string().max(200)).max(50).default([]).meta({ title: 'People', help: 'By address or id', expression: 'tpl' }),
    })
    .prefault({})
    .meta({ title: 'Who decides', help: 'Whoever may decide on the workflow when left empty' }),
}); // prettier-ignore
export type AgentConfig = z.output<typeof AgentConfig>;

const Usage = z.object({ in: z.int(), out: z.int(), cost: z.int().meta({ help: 'Millionths of a US dollar' }) });

const Called = z.object({
  step: z.int().meta({ help: 'Turn, from 1' }),
  index: z.int().meta({ help: 'Place within the turn, from 0' }),
  tool: z.string(),
  arguments: Json,
  status: z.enum(['done', 'failed', 'refused', 'invalid']),
  recordId: z.string().nullable().meta({ help: 'The record of the call; null where nothing was run' }),
  /** What the tool answered, in words for the model, cut. */
  summary: z.string(),
});

/** What an agent hands on. */
export const AgentOutput = z.object({
  answer: Json,
  steps: z.array(z.object({ step: z.int(), text: z.string(), calls: z.array(Called), usage: Usage, model: z.string() })),
  toolCalls: z.array(Called),
  usage: Usage,
  stopReason: z.enum(['done', 'iterations', 'budget', 'denied']),
});
export type AgentOutput = z.output<typeof AgentOutput>;
export type Called = z.output<typeof Called>;
export type Usage = z.output<typeof Usage>;

export const PlannerConfig = z.object({
  ...modelFields,
  goal: z.string().min(1).max(50_000).optional().meta({ title: 'Goal', help: 'What came in, when left out', widget: 'textarea', expression: 'tpl' }),
  systemOverride: z.string().max(20_000).optional().meta({ title: 'How it plans', widget: 'textarea', expression: 'tpl' }),
  mode: z.enum(['interactive', 'autonomous', 'silent']).default('interactive').meta({ title: 'When it is not sure', help: 'Asks; goes on with assumptions that it names; or fails' }),
  minRequirements: z.int().min(0).max(20).default(1).meta({ title: 'Requirements at least' }),
  minConstraints: z.int().min(0).max(20).default(0).meta({ title: 'Constraints at least' }),
  maxQuestions: z.int().min(0).max(10).default(3).meta({ title: 'Questions at most' }),
  minConfidence: z.int().min(0).max(100).default(70).meta({ title: 'Sure enough from', help: 'Per cent' }),
  maxSteps: z.int().min(1).max(50).default(20).meta({ title: 'Steps at most' }),
  maxTokens: z.int().min(100).max(32_000).default(2_000).meta({ title: 'Tokens of an answer' }),
  assignees: z.array(z.string().max(200)).max(50).default([]).meta({ title: 'Whom it asks', help: 'Whoever started the execution, or may run the workflow, when left empty', expression: 'tpl' }),
  budget: Budget.omit({ seconds: true }).prefault({}).meta({ title: 'Budget' }),
}); // prettier-ignore
export type PlannerConfig = z.output<typeof PlannerConfig>;

/** A plan as data: what an agent takes at its input `plan`. */
export const PlannerOutput = z.object({
  goal: z.string(),
  requirements: z.array(z.string()),
  constraints: z.array(z.string()),
  assumptions: z.array(z.string()),
  steps: z.array(
    z.object({
      id: z.string(),
      tool: z.string(),
      arguments: Json,
      dependsOn: z.array(z.string()),
      why: z.string(),
      risk: z.enum(['read', 'write', 'high']),
    }),
  ),
  confidence: z.number().meta({ help: '0 to 100' }),
  estimate: z.object({ toolCalls: z.int(), tokens: z.int(), cost: z.int() }),
});
export type PlannerOutput = z.output<typeof PlannerOutput>;
