import { z } from 'zod';
import { Json } from '../../graph.ts';
import { ChatTrigger, ErrorTrigger, EventTrigger, ScheduleTrigger, WebhookTrigger } from '../../triggers/config.ts';
import { schemaFault } from '../../validation/fit.ts';
import { defineNode, type OwnFinding, type RawConfig } from '../declare.ts';

/** How an execution begins. */
const TRIGGER_MODES = ['manual', 'webhook', 'schedule', 'event', 'chat', 'workflow', 'operation', 'error'] as const;
type TriggerMode = (typeof TRIGGER_MODES)[number];

/** Fields of the modes stand beside each other, as in older documents; those of other modes are left alone. */
const optional = <S extends z.ZodRawShape>(shape: S, mode: TriggerMode) =>
  Object.fromEntries(
    Object.entries(shape).map(([name, field]) => {
      const schema = field as z.ZodType;
      return [name, z.optional(schema).meta({ ...schema.meta(), showWhen: { field: 'mode', values: [mode] } })];
    }),
  ) as { [K in keyof S]: z.ZodOptional<S[K] extends z.ZodType ? S[K] : z.ZodType> };

const JsonSchema = z.record(z.string(), Json);

const Config = z.object({
  mode: z.enum(TRIGGER_MODES).default('manual').meta({ title: 'Starts', help: 'What begins an execution' }),
  inputSchema: JsonSchema.optional().meta({ title: 'Schema of the input', help: 'JSON Schema; what does not fit it is refused before anything runs', widget: 'json', expression: 'none' }), // prettier-ignore
  form: JsonSchema.optional().meta({ title: 'Form', help: 'Labels, help and order of fields', widget: 'json', expression: 'none', showWhen: { field: 'mode', values: ['manual'] } }), // prettier-ignore
  ...optional(WebhookTrigger.shape, 'webhook'),
  ...optional(ScheduleTrigger.shape, 'schedule'),
  ...optional(EventTrigger.shape, 'event'),
  ...optional(ChatTrigger.shape, 'chat'),
  ...optional(ErrorTrigger.shape, 'error'),
  outputSchema: JsonSchema.optional().meta({ title: 'Schema of the output', widget: 'json', expression: 'none', showWhen: { field: 'mode', values: ['workflow', 'operation'] } }), // prettier-ignore
  risk: z.enum(['read', 'write', 'high']).optional().meta({ title: 'Risk', help: 'Not lower than the highest inside', showWhen: { field: 'mode', values: ['operation'] } }), // prettier-ignore
  description: z.string().max(2_000).optional().meta({ title: 'What it does', help: 'For people and agents who may call it', widget: 'textarea', expression: 'none', showWhen: { field: 'mode', values: ['operation'] } }), // prettier-ignore
});

/** What a mode needs, which the schema of all of them cannot ask for. */
const OWN: Partial<Record<TriggerMode, z.ZodType>> = {
  webhook: WebhookTrigger,
  schedule: ScheduleTrigger,
  event: EventTrigger,
  chat: ChatTrigger,
  error: ErrorTrigger,
};

const say = (pointer: string, message: string): OwnFinding => ({ rule: 'V03', severity: 'error', pointer, message });

function check(config: RawConfig): OwnFinding[] {
  const mode = (config['mode'] ?? 'manual') as TriggerMode;
  const issues = OWN[mode]?.safeParse(config).error?.issues ?? [];
  const schemas = ['inputSchema', 'outputSchema'].flatMap((field) => {
    const fault = config[field] === undefined ? undefined : schemaFault(config[field]);
    return fault === undefined ? [] : [say(`/${field}`, fault)];
  });
  const unsaid = mode === 'operation' && config['risk'] === undefined;
  const secretless = mode === 'webhook' && (config['auth'] ?? 'none') !== 'none' && config['secret'] === undefined;
  return [
    ...issues.map(({ path, message }) => say(`/${path.join('/')}`, message)),
    ...schemas,
    ...(unsaid ? [say('/risk', 'Say how risky it is: read, write or high')] : []),
    ...(secretless ? [say('/secret', 'The authentication needs a secret')] : []),
  ];
}

/** Entry of an execution. */
export const trigger = defineNode({
  type: 'trigger',
  version: 1,
  label: 'Trigger',
  icon: 'zap',
  category: 'orchestration',
  summary: 'Where an execution begins',
  docs: `Entry of an execution; a workflow has one to ten of them. What came in is at \`input\` of the next node, and everywhere at \`trigger\`.

| Mode | Begins when | \`trigger\` |
| --- | --- | --- |
| manual | somebody runs it, here or by the API | the inputs, fitting \`inputSchema\` |
| webhook | another system calls its address | \`body\`, \`headers\`, \`query\`, \`params\` |
| schedule | it is time: \`cron\` in a zone, every so often, or once | \`scheduledAt\` |
| event | something happened here, such as \`server.created\` or \`server.*\` | \`event\` with type, time and data |
| chat | somebody says something to it (\`workflows.chat\`) | \`message\`, \`sessionId\`, \`history\` with \`role\` and \`text\`, \`responseStyle\`, and \`style\` in words for a model |
| workflow | a Sub-workflow node of another workflow calls it | the inputs |
| operation | somebody of the tenant calls the Operation \`workflows.run.<slug>\`: by REST, as a tool over MCP, at the command line, from the palette | the inputs, fitting \`inputSchema\` |
| error | another workflow failed, or failed in part where \`minSeverity\` is \`warning\` | \`error\`, \`workflow\`, \`execution\`, \`failedNode\`, \`severity\`, \`link\` |

An input that does not fit \`inputSchema\` is refused with \`inputs-invalid\` (422), and nothing is begun. A schedule does not fire more often than the plan allows; what was missed is caught up as \`catchUp\` says, and a run that still goes is dealt with as \`overlap\` says. A webhook answers at once, with the last output, or with what a Respond node says.

Workflows that begin by schedule, event or a webhook without authentication run as a service account, not as a person.

\`\`\`json
{ "mode": "schedule", "type": "cron", "cron": "0 2 * * *", "timezone": "Europe/Berlin" }
\`\`\``,
  config: Config,
  example: { mode: 'webhook', path: 'orders', methods: ['POST'], auth: 'apiKey', secret: 'secret://ORDERS_KEY' },
  defaults: { mode: 'manual' },
  inputs: [],
  outputs: [{ name: 'main' }],
  effect: 'pure',
  control: 'trigger',
  taints: true,
  check,
});
