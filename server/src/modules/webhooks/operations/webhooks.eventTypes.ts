import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Surroundings } from '../providers/port.ts';
import { EventType } from '../schemas.ts';

export const webhooksEventTypes = defineOperation({
  name: 'webhooks.eventTypes',
  summary: 'List the events that a webhook can hear of',
  description: 'With the JSON Schema of `data` where it is fixed. Made from what the modules announce.',
  permission: 'webhooks:read',
  risk: 'read',
  route: { method: 'GET', path: '/webhook-event-types' },
  input: z.object({}),
  output: z.object({ items: z.array(EventType) }),
  targets: 'none',
  run: async (ctx) => ({
    items: ctx.provider(Surroundings).catalogue().map(({ type, module, summary, schema }) => ({
      type,
      family: type.slice(0, type.lastIndexOf('.')),
      module,
      summary,
      schema: schema as z.output<typeof EventType>['schema'],
    })),
  }),
}); // prettier-ignore
