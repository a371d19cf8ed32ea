import { z } from 'zod';
import { Json } from '../graph.ts';
import { SEVERITIES } from './events/severity.ts';

const secret = (title: string, help: string) => z.string().max(500).meta({ title, help, expression: 'secret', widget: 'secret', examples: ['secret://HOOK_KEY'] }); // prettier-ignore

/** `secs` of `value` `unit`s. */
const UNIT_SECONDS = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
export const Span = z.object({ value: z.number().positive(), unit: z.enum(['seconds', 'minutes', 'hours', 'days']) });
export type Span = z.output<typeof Span>;
export const secondsOf = ({ value, unit }: Span): number => value * UNIT_SECONDS[unit];

const HOOK_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** How a sender signs the bytes of a body. With `timestampHeader` what is signed is `<timestamp>.<body>`. */
export const Hmac = z.object({
  header: z.string().max(100).default('x-signature').meta({ title: 'Header with the signature' }),
  algorithm: z.enum(['sha256', 'sha512', 'sha1']).default('sha256').meta({ title: 'Hash' }),
  encoding: z.enum(['hex', 'base64']).default('hex').meta({ title: 'Encoding' }),
  prefix: z
    .string()
    .max(20)
    .default('')
    .meta({ title: 'Text before the signature', examples: ['sha256='] }),
  timestampHeader: z
    .string()
    .max(100)
    .optional()
    .meta({ title: 'Header with the time', help: 'Seconds since 1970; stale and repeated calls are refused', examples: ['x-timestamp'] }),
  toleranceSeconds: z.int().min(1).max(3_600).default(300).meta({ title: 'Oldest accepted, in seconds' }),
});
export type Hmac = z.output<typeof Hmac>;

const HookResponse = z.object({
  mode: z.enum(['immediate', 'last_node', 'respond_node']).default('immediate').meta({
    title: 'Answer',
    help: 'At once; with the output at the end; or what a Respond node says',
  }),
  status: z.int().min(200).max(599).optional().meta({ title: 'Status', help: '202 at once, 200 otherwise' }),
  headers: z.record(z.string(), z.string()).default({}).meta({ title: 'Headers' }),
  body: Json.optional().meta({ title: 'Body', help: 'In place of the id of the execution; a text is sent as it is, everything else as JSON' }),
  timeoutSeconds: z.int().min(1).max(120).default(30).meta({ title: 'Longest wait for the answer, in seconds' }),
});

export const MIB = 1_048_576;
const Cidr = z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()]);

/** A trigger of mode `webhook` (workflows.md 6.1, 8.2). */
export const WebhookTrigger = z.object({
  path: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, 'Lower case letters, digits and hyphens, at most 60')
    .optional()
    .meta({ title: 'Path', help: 'Below /hooks/t/<tenant>/, beside the address with the token', examples: ['orders'] }),
  methods: z.array(z.enum(HOOK_METHODS)).min(1).default(['POST']).meta({ title: 'Methods' }),
  auth: z.enum(['none', 'header', 'basic', 'hmac', 'jwt', 'apiKey']).default('none').meta({ title: 'Authentication' }),
  secret: secret('Secret', 'Value of the header, user:password, key of the signature, or key of the token').optional(),
  header: z.string().max(100).default('x-webhook-token').meta({ title: 'Header that carries the secret' }),
  hmac: Hmac.prefault({}),
  allowCidrs: z.array(Cidr).max(50).default([]).meta({ title: 'Addresses that may call', help: 'All when left empty' }),
  response: HookResponse.prefault({}),
  dedupeKey: z
    .string()
    .max(500)
    .optional()
    .meta({ title: 'Key of a call', help: 'The same key within the time starts nothing again', expression: 'expr', examples: ['trigger.body.id'] }),
  dedupeHours: z.int().min(1).max(168).default(24).meta({ title: 'For how many hours' }),
  maxBodyBytes: z.int().min(0).max(10 * MIB).default(MIB).meta({ title: 'Largest body in bytes' }), // prettier-ignore
  rawBody: z.boolean().default(false).meta({ title: 'Hand the body on as it came', help: 'In base64, beside the parsed one' }),
  cors: z
    .array(z.string().max(200))
    .max(20)
    .default([])
    .meta({ title: 'Origins of pages that may call', examples: ['https://shop.example'] }),
});
export type WebhookTrigger = z.output<typeof WebhookTrigger>;

/** A trigger of mode `schedule` (workflows.md 8.3). */
export const ScheduleTrigger = z.object({
  type: z.enum(['cron', 'interval', 'once']).default('cron').meta({ title: 'Kind' }),
  cron: z
    .string()
    .max(200)
    .optional()
    .meta({ title: 'Cron', help: 'Five fields, or six with seconds in front', examples: ['0 2 * * *'] }),
  timezone: z
    .string()
    .max(64)
    .optional()
    .meta({ title: 'Time zone', help: 'That of the tenant when left out', examples: ['Europe/Berlin'] }),
  every: Span.optional().meta({ title: 'Every' }),
  at: z.iso.datetime({ offset: true }).optional().meta({ title: 'At' }),
  startAt: z.iso.datetime({ offset: true }).optional().meta({ title: 'Not before' }),
  endAt: z.iso.datetime({ offset: true }).optional().meta({ title: 'Not after' }),
  jitterSeconds: z.int().min(0).max(3_600).default(0).meta({ title: 'Spread over so many seconds' }),
  catchUp: z
    .enum(['none', 'last', 'all'])
    .default('last')
    .meta({ title: 'What was missed', help: 'Dropped, the newest once, or all of it (24 at most)' }),
  overlap: z.enum(['skip', 'queue', 'allow', 'cancel_previous']).default('skip').meta({ title: 'When the former run still goes' }),
});
export type ScheduleTrigger = z.output<typeof ScheduleTrigger>;

/** A trigger of mode `event` (workflows.md 8.4). */
export const EventTrigger = z.object({
  types: z.array(z.string().regex(/^[a-zA-Z*][\w.*-]{0,99}$/)).min(1).max(50).meta({ title: 'Events', help: 'Names; * stands for any part', examples: [['server.*']] }), // prettier-ignore
  filter: z
    .string()
    .max(8_192)
    .optional()
    .meta({ title: 'Only when', expression: 'expr', examples: ['trigger.event.data.environment == "prod"'] }),
  debounceSeconds: z
    .int()
    .min(0)
    .max(86_400)
    .default(0)
    .meta({ title: 'Wait for quiet, in seconds', help: 'Only the last of a row of events starts' }),
  batch: z
    .object({ max: z.int().min(1).max(1_000).default(1), windowSeconds: z.int().min(0).max(3_600).default(0) })
    .prefault({})
    .meta({ title: 'Several events at once' }),
});
export type EventTrigger = z.output<typeof EventTrigger>;

/** A trigger of mode `chat`: a conversation with whoever may run the workflow (workflows.md 6.1, 8.4). */
export const ChatTrigger = z.object({
  responseStyle: z
    .enum(['concise', 'standard', 'detailed'])
    .default('standard')
    .meta({ title: 'How it answers', help: 'At trigger.style in words, for a model' }),
  sessionMemory: z
    .boolean()
    .default(true)
    .meta({ title: 'Knows what was said', help: 'The last 20 messages and answers of the conversation are at trigger.history' }),
  greeting: z
    .string()
    .max(1_000)
    .optional()
    .meta({ title: 'Greeting', help: 'Stands before the first message', widget: 'textarea', expression: 'none' }),
});

/** A trigger of mode `error`: runs when other workflows fail. */
export const ErrorTrigger = z.object({
  workflows: z.union([z.literal('all'), z.array(z.uuid()).max(200)]).default('all').meta({ title: 'Workflows', help: 'All others when left out' }), // prettier-ignore
  minSeverity: z.enum(SEVERITIES).default('error').meta({
    title: 'At least',
    help: 'warning: also when only some branches failed. error: it failed or took too long. critical: only those of high or critical priority',
  }),
});
export type ErrorTrigger = z.output<typeof ErrorTrigger>;
