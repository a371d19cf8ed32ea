import { z } from 'zod';
import { OUTCOMES } from './rules.ts';
import { DELIVERY_STATES, WEBHOOK_STATES } from './tables.ts';

const Time = z.iso.datetime();
const Count = z.int();
/** Milliseconds. */
const Millis = z.int();

export const id = z.uuid().meta({ title: 'Webhook' });
export const deliveryId = z.uuid().meta({ title: 'Delivery' });

/** Exact, `server.*`, or `*` for everything. */
const EventPattern = z
  .string()
  .max(120)
  .regex(/^(\*|[a-zA-Z_]+(\.[a-zA-Z_]+)*(\.\*)?)$/, 'An event such as server.created, a family such as server.*, or *');

const HeaderName = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, 'Letters, digits and "-", at most 64');
const HeaderValue = z.string().min(1).max(1_000).regex(/^[\x20-\x7e]+$/, 'Printable ASCII in one line'); // prettier-ignore

/** What a webhook is made of and can be changed to. */
export const webhookFields = {
  name: z.string().trim().min(1).max(80).meta({ title: 'Name', examples: ['Incident desk'] }),
  description: z.string().trim().max(500).meta({ title: 'Description', widget: 'textarea' }),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .meta({ title: 'Address', help: 'https; looked up and judged before every attempt. Everybody who sees the webhook sees it, so put secrets into headers', examples: ['https://hooks.example.com/switchyard'] }),
  events: z.array(EventPattern).min(1).max(50).meta({ title: 'Events', help: 'Exact, a family such as server.*, or *', widget: 'webhookEvents', examples: [['server.*', 'change.failed']] }),
  environments: z.array(z.string().regex(/^[a-z][a-z0-9-]{0,30}$/)).max(50).meta({ title: 'Only environments', help: 'Events that name none of these are left out', examples: [['prod']] }),
  labels: z.record(z.string().max(63), z.string().max(255)).meta({ title: 'Only labels', help: 'All of them, with these values', examples: [{ team: 'core' }] }),
  redact: z
    .array(z.string().min(1).max(200))
    .max(50)
    .meta({ title: 'Leave out', help: 'Names of fields at any depth, or JSON pointers into data such as /actor/email; neither stored nor sent', examples: [['email']] }),
  headers: z
    .record(HeaderName, HeaderValue)
    .meta({ title: 'Headers', help: 'At most 10; sealed and never shown again. A value may be secret://NAME', secret: true, examples: [{ 'X-Team': 'core' }] }),
  rate: z.coerce.number().int().min(1).max(1_000).meta({ title: 'Attempts per second', help: 'At most' }),
  challenge: z.boolean().meta({ title: 'Ask for proof', help: 'Hears of nothing before it has answered a `webhook.challenge` with its `data.challenge`. Left out: as the plan has it (asked from 11 webhooks on)' }),
  ordered: z.boolean().meta({ title: 'In order', help: 'One at a time, in sequence: one that fails holds up those after it until it is delivered or given up' }),
} as const; // prettier-ignore

export const Figures = z.object({
  attempts: Count.meta({ help: 'Of the last 24 hours, the newest 1,000 at most' }),
  successRate: z.number().nullable().meta({ help: '0 to 1; null without attempts' }),
  p50: Millis.nullable(),
  p95: Millis.nullable(),
  waiting: Count,
  lastError: z.object({ at: Time, status: z.int().nullable(), error: z.string().nullable() }).nullable(),
});
export type Figures = z.infer<typeof Figures>;

export const Webhook = z
  .object({
    id: z.uuid(),
    name: z.string(),
    description: z.string().nullable(),
    url: z.string(),
    events: z.array(z.string()),
    environments: z.array(z.string()),
    labels: z.record(z.string(), z.string()),
    redact: z.array(z.string()),
    headerNames: z.array(z.string()),
    rate: z.int(),
    ordered: z.boolean(),
    challenge: z.boolean(),
    state: z.enum(WEBHOOK_STATES),
    stateReason: z.string().nullable(),
    stateAt: Time,
    secretSetAt: Time,
    previousSecretUntil: Time.nullable().meta({ help: 'Until then the secret before it signs too' }),
    apiVersion: z.string(),
    createdBy: z.string(),
    createdByName: z.string(),
    version: z.int(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: 'Webhook' });
export type Webhook = z.infer<typeof Webhook>;

/** The one answer that shows the secret. */
export const FreshWebhook = Webhook.extend({
  secret: z.string().meta({ secret: true, help: 'Begins with whsec_; shown in this answer and never again' }),
});

export const Delivery = z
  .object({
    id: z.uuid(),
    webhookId: z.uuid(),
    messageId: z.string().meta({ help: 'The header webhook-id: the same over all attempts' }),
    type: z.string(),
    sequence: z.int(),
    state: z.enum(DELIVERY_STATES),
    test: z.boolean(),
    attempts: Count,
    nextAt: Time.nullable(),
    status: z.int().nullable().meta({ help: 'HTTP status of the last attempt' }),
    code: z
      .string()
      .nullable()
      .meta({ help: 'Why it is not delivered: an outcome, `exhausted`, `aborted`, `gone`, `disabled`, or `expired`: its body is no longer kept' }),
    occurredAt: Time,
    createdAt: Time,
    settledAt: Time.nullable(),
    replayedAt: Time.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });
export type Delivery = z.infer<typeof Delivery>;

export const Attempt = z
  .object({
    id: z.uuid(),
    number: Count,
    at: Time,
    ms: Millis,
    outcome: z.enum(OUTCOMES),
    status: z.int().nullable(),
    error: z.string().nullable(),
    request: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }),
    response: z.object({ headers: z.record(z.string(), z.string()), body: z.string().nullable().meta({ help: 'The first 4 KiB' }) }).nullable(),
  })
  .meta({ id: 'WebhookAttempt' });
export type Attempt = z.infer<typeof Attempt>;

export const DeliveryDetail = Delivery.extend({
  payload: z.string().nullable().meta({ help: 'The body as it is sent; null when it is no longer kept (7 days)' }),
  history: z.array(Attempt).meta({ help: 'The newest 50 attempts, the newest first' }),
});

export const EventType = z.object({
  type: z.string(),
  family: z.string().meta({ help: 'What stands before the last dot: `server` of `server.created`' }),
  module: z.string(),
  summary: z.string(),
  schema: z.record(z.string(), z.json()).nullable().meta({ help: 'JSON Schema of `data`; null where it is not fixed' }),
});

export const TenantEvent = z.object({
  id: z.uuid(),
  type: z.string(),
  timestamp: Time,
  changeId: z.uuid().nullable(),
  data: z.record(z.string(), z.json()),
});

export const Replay = z.object({
  id: z.uuid(),
  webhookId: z.uuid(),
  from: Time,
  to: Time,
  deliveries: Count.meta({ help: 'How many it is about, when it was asked for' }),
});

export const ReplayProgress = z.object({
  id: z.uuid(),
  from: Time,
  to: Time,
  only: z.enum(['failed', 'all']),
  deliveries: Count.meta({ help: 'How many it is about: those that it took, and those that are left' }),
  replayed: Count,
  skipped: Count.meta({ help: 'Whose body is no longer kept' }),
  createdAt: Time,
  endedAt: Time.nullable(),
});
