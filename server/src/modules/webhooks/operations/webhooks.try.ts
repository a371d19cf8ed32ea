import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { cleaned } from '../attempts.ts';
import { Surroundings } from '../providers/port.ts';
import { OUTCOMES } from '../rules.ts';
import { sampleData } from '../sample.ts';
import { id } from '../schemas.ts';
import { findWebhook, webhookTargets } from '../store.ts';
import { sendNow } from '../trial.ts';

// The file is not called after the operation, since `.test.ts` is what tests are called.
export const webhooksTest = defineOperation({
  name: 'webhooks.test',
  summary: 'Send a test event to a webhook now, and show what its receiver answers',
  description:
    'A `webhook.test`, or a sample of the type, signed like every other and sent once. Ten times a minute for each webhook, whatever its state.',
  permission: 'webhooks:test',
  // It changes nothing but the history; a write, because it makes a call to a host that somebody named.
  risk: 'write',
  change: 'none',
  input: z.object({ id, type: z.string().max(120).optional().meta({ title: 'Event', help: 'webhook.test when left out', widget: 'webhookEvent' }) }),
  output: z.object({
    deliveryId: z.uuid(),
    outcome: z.enum(OUTCOMES),
    status: z.int().nullable(),
    ms: z.int(),
    error: z.string().nullable(),
    headers: z.record(z.string(), z.string()).nullable(),
    body: z.string().nullable().meta({ help: 'The first 4 KiB' }),
  }),
  targets: async (ctx, { id: webhook }) => webhookTargets(await findWebhook(ctx, webhook)),
  async run(ctx, { id: webhook, type = 'webhook.test' }) {
    const row = await findWebhook(ctx, webhook);
    const known = ctx.provider(Surroundings).catalogue().find((one) => one.type === type); // prettier-ignore
    if (!known)
      throw new Problem('validation-failed', `There is no event "${type}". See webhooks.eventTypes.`, {
        errors: [{ pointer: '/type', message: 'Not an event' }],
      });
    const data = type === 'webhook.test' ? { webhookId: row.id, name: row.name, by: ctx.actor.name } : ((known.schema ? sampleData(known.schema) : {}) as Record<string, unknown>); // prettier-ignore
    const { deliveryId, sent } = await sendNow(ctx, row, type, data);
    const { outcome, status, ms, error, responseHeaders, responseBody } = cleaned(sent, ctx.tenantId);
    return { deliveryId, outcome, status, ms, error, headers: responseHeaders, body: responseBody };
  },
});
