import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, count, eq, isNull } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Surroundings } from '../providers/port.ts';
import { inRange } from '../replaying.ts';
import { WEBHOOKS } from '../rules.ts';
import { id, Replay } from '../schemas.ts';
import { findWebhook, isDisabled, webhookTargets } from '../store.ts';
import { deliveries, replays } from '../tables.ts';

interface Wish {
  id: string;
  from: string;
  to?: string | undefined;
  only: 'failed' | 'all';
}

const wrong = (pointer: string, message: string): Problem => new Problem('validation-failed', `${pointer}: ${message}.`, { errors: [{ pointer, message }] }); // prettier-ignore

async function rangeOf(ctx: ReadContext, wish: Wish) {
  const webhook = await findWebhook(ctx, wish.id);
  if (webhook.state === 'disabled') throw isDisabled(webhook.name);
  const now = ctx.now();
  const [from, to] = [new Date(wish.from), wish.to === undefined ? now : new Date(Math.min(Date.parse(wish.to), now.getTime()))];
  if (from >= to) throw wrong('/from', 'Must be before “to”, and in the past');
  if (to.getTime() - from.getTime() > WEBHOOKS.longestReplay) throw wrong('/from', 'At most 7 days before “to”');
  const range = { tenantId: ctx.tenantId, webhookId: wish.id, from, to, onlyFailed: wish.only === 'failed' };
  const [row] = await ctx.db.select({ about: count() }).from(deliveries).where(inRange(range));
  return { webhook, range, about: row!.about };
}

/** Each goes through up to a week of deliveries. */
async function requireTurn({ db, tenantId }: ReadContext, webhookId: string): Promise<void> {
  const open = and(eq(replays.tenantId, tenantId), eq(replays.webhookId, webhookId), isNull(replays.endedAt));
  const [row] = await db.select({ open: count() }).from(replays).where(open);
  if (row!.open < WEBHOOKS.replaysAtOnce) return;
  throw new Problem('rate-limited', `${WEBHOOKS.replaysAtOnce} replays of this webhook are still under way. Wait until one has ended: see webhooks.replays.list.`, {
    retryAfterSeconds: 60,
  }); // prettier-ignore
}

export const webhooksReplayRange = defineOperation({
  name: 'webhooks.replayRange',
  summary: 'Send what failed in a span of time again',
  description:
    'Or everything of it that is settled. In the background; each with its own id and body, signed anew. 7 days at most, since bodies are not kept for longer.',
  permission: 'webhooks:replay',
  risk: 'write',
  route: { method: 'POST', path: '/webhooks/{id}/replay' },
  input: z.object({
    id,
    from: z.iso.datetime().meta({ title: 'From', help: 'Made at or after', examples: ['2026-11-20T00:00:00Z'] }),
    to: z.iso.datetime().optional().meta({ title: 'To', help: 'Made before; now when left out' }),
    only: z.enum(['failed', 'all']).default('failed').meta({ title: 'Which' }),
  }),
  output: Replay,
  targets: async (ctx, { id: webhook }) => webhookTargets(await findWebhook(ctx, webhook)),
  async plan(ctx, wish) {
    const { webhook, about } = await rangeOf(ctx, wish);
    return { summary: `Send ${about} ${about === 1 ? 'delivery' : 'deliveries'} to ${webhook.name} again`, changes: [] };
  },
  async run(ctx, wish) {
    const { range, about } = await rangeOf(ctx, wish);
    await requireTurn(ctx, wish.id);
    const replayId = newId();
    await ctx.db.insert(replays).values({ ...range, id: replayId, createdBy: ctx.actor.id, createdAt: ctx.now(), updatedAt: ctx.now() });
    ctx.provider(Surroundings).wake();
    return { id: replayId, webhookId: wish.id, from: range.from.toISOString(), to: range.to.toISOString(), deliveries: about };
  },
});
