import { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { SecretReferences } from '#kernel/secret-references.ts';
import { reopen } from '../lanes.ts';
import { Surroundings } from '../providers/port.ts';
import { id, Webhook, webhookFields } from '../schemas.ts';
import { openWebhook, sealHeaders } from '../sealing.ts';
import { findWebhook, nameTaken, requireSeen, webhookTargets, webhookView } from '../store.ts';
import { webhooks, type WebhookRow, type WebhookState } from '../tables.ts';
import { requireProof } from '../trial.ts';
import { linkSecrets, referencesIn, requireFields } from '../wishes.ts';

const input = z.object({
  id,
  name: webhookFields.name.optional(),
  description: webhookFields.description.nullable().optional(),
  url: webhookFields.url.optional(),
  events: webhookFields.events.optional(),
  environments: webhookFields.environments.optional(),
  labels: webhookFields.labels.optional(),
  redact: webhookFields.redact.optional(),
  headers: webhookFields.headers.optional(),
  rate: webhookFields.rate.optional(),
  ordered: webhookFields.ordered.optional(),
  challenge: z.boolean().optional().meta({ title: 'Ask for proof' }),
  state: z
    .enum(['active', 'paused'])
    .optional()
    .meta({ title: 'State', help: 'paused: events wait. active: sends again, also after it was disabled or has to prove itself' }),
});
type Wish = Omit<z.output<typeof input>, 'id'>;

const SHOWN = ['name', 'description', 'url', 'events', 'environments', 'labels', 'redact', 'rate', 'ordered', 'challenge', 'state'] as const;

/** Another address has to prove itself anew where proof is asked for. */
function nextState(row: WebhookRow, wish: Wish): WebhookState {
  const moved = wish.url !== undefined && wish.url !== row.url;
  if (moved && (wish.challenge ?? row.challenge)) return wish.state === 'active' ? 'active' : 'unproven';
  if (wish.state === undefined) return row.state;
  if (wish.state === 'paused' && (row.state === 'unproven' || row.state === 'disabled'))
    throw new Problem('webhook-disabled', `"${row.name}" is ${row.state}: nothing is sent to it, so there is nothing to pause.`);
  return wish.state;
}

/** Becomes active from where it had to prove itself, or at another address than the one that did. */
const mustProve = (row: WebhookRow, wish: Wish, state: WebhookState): boolean =>
  state === 'active' && (wish.challenge ?? row.challenge) && (row.state === 'unproven' || (wish.url !== undefined && wish.url !== row.url));

/** At another address the values of secrets go elsewhere: whoever moves it must be allowed to use those that the headers it keeps name. */
async function requireUse(ctx: ReadContext, row: WebhookRow, { url, headers }: Wish): Promise<void> {
  if (headers !== undefined || url === undefined || url === row.url || row.headersSealed === null) return;
  const kept = await openWebhook(ctx.db, ctx.provider(Surroundings).sealer, row, ctx.now());
  const found = referencesIn(kept.headers);
  if (found.length > 0) await ctx.provider(SecretReferences).check(ctx, found);
}

/** The headers as they are from now on, sealed; undefined when they stay. */
async function sealedHeaders(ctx: Context, row: WebhookRow, { headers, name }: Wish): Promise<Partial<WebhookRow>> {
  if (headers === undefined) return {};
  const { sealer } = ctx.provider(Surroundings);
  const before = await openWebhook(ctx.db, sealer, row, ctx.now());
  await linkSecrets(ctx, { id: row.id, name: name ?? row.name }, before.headers, headers);
  return { headerNames: Object.keys(headers), headersSealed: await sealHeaders(ctx.db, sealer, row, headers) };
}

export const webhooksUpdate = defineOperation({
  name: 'webhooks.update',
  summary: 'Change, pause or resume a webhook',
  description:
    'Headers are replaced as a whole. While it is paused events wait for it, for seven days at most. Setting a disabled one to `active` sends what comes from then on; replay what failed before.',
  permission: 'webhooks:write',
  risk: 'write',
  input,
  output: Webhook,
  async targets(ctx, { id: webhook, environments, labels }) {
    const row = await findWebhook(ctx, webhook);
    const after = { ...row, environments: environments ?? row.environments, labels: labels ?? row.labels };
    // Both what it told so far and what it will tell: a filter cannot be widened beyond one's reach.
    return [...webhookTargets(row), ...(environments || labels ? webhookTargets(after) : [])];
  },
  async plan(ctx, { id: webhook, ...wish }) {
    const row = await findWebhook(ctx, webhook);
    requireSeen(row, ctx);
    requireFields(ctx, wish);
    await requireUse(ctx, row, wish);
    nextState(row, wish);
    const shown = SHOWN.flatMap((path) => (wish[path] === undefined || JSON.stringify(wish[path]) === JSON.stringify(row[path]) ? [] : [{ path, before: row[path], after: wish[path] }])); // prettier-ignore
    const headers = wish.headers === undefined ? [] : [{ path: 'headers', before: row.headerNames, after: Object.keys(wish.headers) }];
    return {
      summary: `Change webhook ${row.name}`,
      changes: [{ action: 'update', type: 'webhook', id: webhook, name: row.name, fields: [...shown, ...headers] }],
      reversible: 'Change it back.',
      observed: { [`webhook:${webhook}`]: String(row.version) },
    };
  },
  async run(ctx, { id: webhook, ...wish }) {
    const row = await findWebhook(ctx, webhook, true);
    requireSeen(row, ctx);
    requireFields(ctx, wish);
    await requireUse(ctx, row, wish);
    const { headers: _headers, ...plain } = wish;
    const state = nextState(row, wish);
    const headers = await sealedHeaders(ctx, row, wish);
    // As it will be: the values of headers that are being replaced are not for the new address.
    if (mustProve(row, wish, state)) await requireProof(ctx, { ...row, ...headers, url: wish.url ?? row.url });
    const at = ctx.now();
    const moved = state === row.state ? {} : { state, stateAt: at, stateReason: null };
    const patch = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
    const [saved] = await ctx.db
      .update(webhooks)
      .set({ ...patch, state: row.state, ...headers, ...moved, version: row.version + 1, updatedAt: at })
      .where(and(eq(webhooks.tenantId, ctx.tenantId), eq(webhooks.id, webhook)))
      .returning()
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? nameTaken(wish.name ?? row.name) : error;
      });
    if (state === 'active') await reopen(ctx, webhook);
    ctx.emit('webhook.updated', { webhookId: webhook, name: saved!.name, fields: Object.keys(wish).filter((field) => wish[field as keyof Wish] !== undefined) }); // prettier-ignore
    return webhookView(saved!, at);
  },
});
