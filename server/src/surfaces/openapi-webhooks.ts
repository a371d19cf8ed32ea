import { z } from 'zod';
import { isForTenants } from '#kernel/module.ts';
import type { Registry } from '#kernel/registry.ts';
import { tidy, type JsonSchema } from './json-schema.ts';
import { json, ref } from './openapi-parts.ts';

type Json = Record<string, unknown>;

/** What is the same in every message, as `allOf` has it. */
const MESSAGE: JsonSchema = {
  type: 'object',
  description: 'An event as webhooks are told of it',
  required: ['type', 'timestamp', 'data', 'tenantId', 'apiVersion', 'sequence'],
  properties: {
    type: { type: 'string' },
    timestamp: { type: 'string', format: 'date-time' },
    data: { type: 'object', description: 'With `reference` instead, `eventId` and `url`, where it would be larger than 256 KiB' },
    tenantId: { type: 'string', format: 'uuid' },
    apiVersion: { type: 'string' },
    sequence: { type: 'integer', description: 'Grows with the events of one resource, with gaps: older news can be dropped by it' },
  },
};

const header = (name: string, description: string): Json => ({ name, in: 'header', required: true, description, schema: { type: 'string' } });
const HEADERS = {
  WebhookId: header('webhook-id', 'The same over all attempts: what has been seen can be dropped'),
  WebhookTimestamp: header('webhook-timestamp', 'Seconds since 1970 at which this attempt was signed'),
  WebhookSignature: header('webhook-signature', 'Standard Webhooks 1.0: `v1,` and base64, several separated by spaces'),
} as const;

/** Of an event's data, for receivers: further fields may come. */
export const eventDataSchema = (schema: z.ZodObject): JsonSchema => tidy(z.toJSONSchema(schema, { io: 'input' })) as JsonSchema;

/** What receivers are sent: one entry for each event that may leave, with the schema of its data where it is fixed. */
export function webhooksOf({ announcements }: Pick<Registry, 'announcements'>): { webhooks: Json; parameters: Json; schemas: Record<string, JsonSchema> } {
  const told = [...announcements].filter(([, said]) => isForTenants(said)).sort(([a], [b]) => (a < b ? -1 : 1));
  const webhooks = Object.fromEntries(
    told.map(([type, { summary, data, module }]) => [
      type,
      {
        post: {
          summary,
          tags: [module],
          security: [],
          parameters: Object.keys(HEADERS).map((name) => ref('parameters', name)),
          requestBody: {
            required: true,
            content: json({
              allOf: [ref('schemas', 'WebhookMessage'), { type: 'object', properties: { type: { const: type }, ...(data ? { data: eventDataSchema(data) } : {}) } }],
            }),
          },
          responses: { '2XX': { description: 'Taken; anything else is tried again' }, 410: { description: 'Gone: the webhook is disabled' } },
        },
      },
    ]),
  );
  return { webhooks, parameters: HEADERS, schemas: { WebhookMessage: MESSAGE } };
} // prettier-ignore
