import { z } from 'zod';
import { PURPOSES } from '#kernel/ai.ts';
import { Script } from './script.ts';
import { PROVIDER_KINDS, type ModelRow, type ProviderRow } from './tables.ts';

const Time = z.iso.datetime();
const Price = z.object({
  input: z.int().meta({ title: 'For a million tokens in' }),
  output: z.int().meta({ title: 'For a million tokens out' }),
});
/** Millionths of a US dollar. */
const Cost = z.int().min(0).max(1_000_000_000_000);

/** `openai/gpt-5-mini`: the name of the provider, then the name of the model there. */
export const ModelId = z
  .string()
  .trim()
  .min(3)
  .max(200)
  .meta({ title: 'Model', examples: ['openai/gpt-5-mini'] });

/** What a provider is made of and can be changed to. */
export const providerFields = {
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Small letters, digits and hyphens')
    .meta({ title: 'Name', help: 'Ids of its models begin with it', examples: ['openai'] }),
  label: z.string().trim().min(1).max(80).meta({ title: 'Shown as', examples: ['OpenAI'] }),
  baseUrl: z.url({ protocol: /^https?$/ }).max(500).meta({ title: 'Address', help: 'Needed for Azure and compatible ones, such as https://llm.corp.example/v1; the usual one of the others when left out', examples: ['https://api.openai.com/v1'] }),
  region: z.string().regex(/^[a-z0-9-]{1,40}$/, 'Small letters, digits and hyphens').meta({ title: 'Region', help: 'Where content is worked on, for tenants that forbid regions', examples: ['eu'] }),
  apiKey: z.string().regex(/^secret:\/\/[A-Za-z_][\w.-]{0,127}$/, 'A reference such as secret://OPENAI_API_KEY').meta({ title: 'Key', help: 'A secret of this tenant, by reference', widget: 'secret', examples: ['secret://OPENAI_API_KEY'] }),
  confidential: z.boolean().meta({ title: 'May be sent confidential content' }),
  timeoutSeconds: z.int().min(1).max(600).meta({ title: 'Longest answer', help: 'Seconds' }),
  script: Script.meta({ title: 'Script', help: 'For mock: what it answers' }),
} as const; // prettier-ignore

export const ProviderView = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(PROVIDER_KINDS),
  label: z.string(),
  baseUrl: z.string().nullable().meta({ help: 'Null: the usual one of the kind' }),
  region: z.string().nullable(),
  apiKey: z.string().nullable().meta({ help: 'The reference, never the key' }),
  enabled: z.boolean(),
  confidential: z.boolean(),
  timeoutSeconds: z.int(),
  script: Script.nullable(),
  version: z.int(),
  createdAt: Time,
});
export const providerView = ({ tenantId: _, updatedAt: __, ...row }: ProviderRow): z.input<typeof ProviderView> => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
});

/** What can be said of a model. Prices are millionths of a US dollar for a million tokens. */
export const modelFields = {
  kind: z.enum(['chat', 'embedding']).meta({ title: 'What it does' }),
  label: z.string().trim().min(1).max(80).meta({ title: 'Shown as' }),
  context: z.int().min(1).max(100_000_000).meta({ title: 'Context', help: 'Tokens, in and out together' }),
  price: z.object({ input: Cost, output: Cost }).meta({ title: 'Price', help: 'Millionths of a US dollar for a million tokens in and out' }),
  enabled: z.boolean().meta({ title: 'In use' }),
} as const;

export const ModelView = z.object({
  id: z.string(),
  provider: z.string(),
  kind: z.enum(['chat', 'embedding']),
  label: z.string(),
  context: z.int().nullable(),
  price: Price.nullable(),
  unavailable: z.string().nullable().meta({ help: 'Why it cannot be used now, in words' }),
  enabled: z.boolean(),
  own: z.boolean().meta({ help: 'Added by the tenant; the others come with the product' }),
  overridden: z.boolean().meta({ help: 'The tenant says something of it otherwise than the catalogue' }),
});
export type ModelView = z.infer<typeof ModelView>;

const nullableModel = ModelId.nullable();
export const Defaults = z.object(
  Object.fromEntries(PURPOSES.map((purpose) => [purpose, nullableModel])) as Record<(typeof PURPOSES)[number], typeof nullableModel>,
);

export const SettingsView = z.object({
  defaults: Defaults,
  forbiddenKinds: z.array(z.enum(PROVIDER_KINDS)),
  regions: z.array(z.string()).meta({ help: 'Empty: all' }),
  budgetsRequired: z.boolean().meta({ help: 'Workflows whose agents have no budget of tokens or money are not published' }),
  version: z.int(),
});

/** Tokens and cost in one bound; null is none. */
const Bound = {
  tokens: z.int().min(0).max(1_000_000_000_000).nullable().meta({ title: 'Tokens' }),
  cost: Cost.nullable().meta({ title: 'Cost', help: 'Millionths of a US dollar' }),
};
export const BudgetWish = z.strictObject({
  workflowId: z.uuid().nullable().default(null).meta({ title: 'Workflow', help: 'The whole tenant when left out' }),
  period: z.enum(['day', 'month']).meta({ title: 'Period', help: 'Days and months of UTC; for a workflow: a day' }),
  ...Bound,
}); // prettier-ignore
export type BudgetWish = z.output<typeof BudgetWish>;

export const BudgetView = z.object({
  level: z.enum(['tenant', 'workflow']),
  workflowId: z.uuid().nullable(),
  period: z.enum(['day', 'month']),
  ...Bound,
  plan: z.boolean().meta({ help: 'The bound of tokens is that of the plan: a budget of one’s own can only be lower' }),
  used: z.object({ tokens: z.int(), cost: z.int() }),
  reserved: z.object({ tokens: z.int(), cost: z.int() }).meta({ help: 'By calls under way' }),
  resetsAt: Time,
});

const Sum = { inputTokens: z.int(), outputTokens: z.int(), cost: z.int(), calls: z.int() };
export const UsageView = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  total: z.object(Sum),
  days: z.array(z.object({ day: z.iso.date(), ...Sum })).meta({ help: 'One for each day of the range, those without use too' }),
  models: z.array(z.object({ model: z.string(), ...Sum })),
  purposes: z.array(z.object({ purpose: z.enum(PURPOSES), ...Sum })),
  workflows: z.array(z.object({ workflowId: z.uuid(), ...Sum })).meta({ help: 'The 50 that cost most' }),
});

/** What a row says of a model, as the form has it. */
export const priceOf = ({ inputPrice, outputPrice }: Pick<ModelRow, 'inputPrice' | 'outputPrice'>): { input: number; output: number } | null =>
  inputPrice === null || outputPrice === null ? null : { input: inputPrice, output: outputPrice };
