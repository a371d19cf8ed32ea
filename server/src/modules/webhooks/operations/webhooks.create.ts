import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { count, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Surroundings } from '../providers/port.ts';
import { API_VERSION, WEBHOOKS } from '../rules.ts';
import { FreshWebhook, webhookFields } from '../schemas.ts';
import { newSecret, sealHeaders, sealSecret } from '../sealing.ts';
import { nameTaken, webhookTargets, webhookView } from '../store.ts';
import { lanes, webhooks } from '../tables.ts';
import { linkSecrets, requireFields } from '../wishes.ts';

/** Plans with more webhooks than this ask for proof unless the wish says otherwise. */
const TRUSTED = 10;

async function requireRoom({ db, tenantId, provider }: ReadContext): Promise<number | null> {
  const { plan, webhooks: limit } = await provider(Surroundings).limit(db, tenantId);
  const [row] = await db.select({ used: count() }).from(webhooks).where(eq(webhooks.tenantId, tenantId));
  if (limit === null || row!.used < limit) return limit;
  throw new Problem('webhook-limit-reached', `All ${limit} webhooks of the plan ${plan} are in use. Delete one, or change the plan.`, {
    limit,
    used: row!.used,
  });
}

export const webhooksCreate = defineOperation({
  name: 'webhooks.create',
  summary: 'Have events sent to an address',
  description:
    'Signed as Standard Webhooks has it; the secret is in this answer and never shown again. At least once, in no order unless `ordered` is asked for. With `challenge` it stays `unproven` until its state is set to `active` and the receiver answers. Where a rule has it agreed to first, nobody is there to be shown the secret: rotate it then.',
  permission: 'webhooks:write',
  risk: 'write',
  hiddenFrom: ['mcp'],
  input: z.object({
    name: webhookFields.name,
    description: webhookFields.description.optional(),
    url: webhookFields.url,
    events: webhookFields.events,
    environments: webhookFields.environments.default([]),
    labels: webhookFields.labels.default({}),
    redact: webhookFields.redact.default([]),
    headers: webhookFields.headers.default({}),
    rate: webhookFields.rate.default(WEBHOOKS.defaultRate),
    ordered: webhookFields.ordered.default(false),
    challenge: webhookFields.challenge.optional(),
  }),
  output: FreshWebhook,
  targets: (_ctx, { name, environments, labels }) => webhookTargets({ id: 'new', name, environments, labels }),
  async plan(ctx, wish) {
    requireFields(ctx, wish);
    await requireRoom(ctx);
    const shown = ['url', 'events', 'environments', 'labels', 'redact', 'rate', 'ordered'] as const;
    return {
      summary: `Send ${wish.events.join(', ')} to ${new URL(wish.url).host}`,
      changes: [
        {
          action: 'create',
          type: 'webhook',
          name: wish.name,
          fields: [
            ...shown.map((path) => ({ path, before: null, after: wish[path] })),
            { path: 'headers', before: null, after: Object.keys(wish.headers) },
          ],
        },
      ],
      reversible: 'Delete the webhook. What was sent stays with its receiver.',
    };
  },
  async run(ctx, { headers, challenge, description = null, ...wish }) {
    const { db, tenantId, actor } = ctx;
    requireFields(ctx, { ...wish, headers });
    const limit = await requireRoom(ctx);
    const asks = challenge ?? (limit !== null && limit > TRUSTED);
    const { sealer } = ctx.provider(Surroundings);
    const place = { tenantId, id: newId() };
    const [secret, at] = [newSecret(), ctx.now()];
    await linkSecrets(ctx, { id: place.id, name: wish.name }, {}, headers);
    const [row] = await db
      .insert(webhooks)
      .values({
        ...place,
        ...wish,
        description,
        challenge: asks,
        state: asks ? 'unproven' : 'active',
        stateAt: at,
        headerNames: Object.keys(headers),
        headersSealed: await sealHeaders(db, sealer, place, headers),
        secretSealed: await sealSecret(db, sealer, place, secret),
        secretSetAt: at,
        apiVersion: API_VERSION,
        createdBy: actor.id,
        createdByName: actor.name,
        createdAt: at,
        updatedAt: at,
      })
      .returning()
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? nameTaken(wish.name) : error;
      });
    await db.insert(lanes).values({ ...place, createdAt: at, updatedAt: at });
    ctx.emit('webhook.created', { webhookId: place.id, name: wish.name, events: wish.events });
    return { ...webhookView(row!, at), secret };
  },
});
