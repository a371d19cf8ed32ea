import { z } from 'zod';
import type { EventDeclaration } from '#kernel/module.ts';

const named = { webhookId: z.uuid(), name: z.string() };
const told = (summary: string, data: Record<string, z.ZodType>): EventDeclaration => ({ summary, data: z.object(data) });

/** What this module announces. */
export const webhookEvents: Record<string, EventDeclaration> = {
  'webhook.created': told('Events are sent to an address from now on', { ...named, events: z.array(z.string()) }),
  'webhook.updated': told('A webhook was changed, paused or resumed, or has a new secret', { ...named, fields: z.array(z.string()) }),
  'webhook.deleted': told('Nothing is sent to an address any more', named),
  'webhook.disabled': told('A webhook was disabled: its receiver is gone, or gave no good answer for five days', { ...named, reason: z.string() }),
  'webhook.exhausted': told('A delivery failed with its last attempt', {
    webhookId: z.uuid(),
    deliveryId: z.uuid(),
    eventId: z.uuid(),
    type: z.string(),
    attempts: z.int(),
    status: z.int().nullable(),
  }),
  'webhook.test': told('Sent on demand, to try a receiver out', { ...named, by: z.string() }),
};
