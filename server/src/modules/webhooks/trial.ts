import { randomBytes } from 'node:crypto';
import { createBerths } from '#kernel/berths.ts';
import type { Context } from '#kernel/context.ts';
import { and, count, eq, gte } from '#kernel/drizzle.ts';
import { idAt, newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { attemptRow } from './attempts.ts';
import { bodyOf } from './payload.ts';
import { Courier, Surroundings, type Sent } from './providers/port.ts';
import { messageIdOf, WEBHOOKS } from './rules.ts';
import { attempts, deliveries, payloads, type WebhookRow } from './tables.ts';

async function requireTurn({ db, tenantId, now }: Context, webhookId: string): Promise<void> {
  const since = idAt(new Date(now().getTime() - 60_000));
  const tests = and(eq(deliveries.tenantId, tenantId), eq(deliveries.webhookId, webhookId), gte(deliveries.id, since), eq(deliveries.isTest, true));
  const [row] = await db.select({ made: count() }).from(deliveries).where(tests);
  if (row!.made < WEBHOOKS.testsPerMinute) return;
  throw new Problem('rate-limited', `A webhook is tested ${WEBHOOKS.testsPerMinute} times a minute at most. Try again in a minute.`, {
    retryAfterSeconds: 60,
  });
}

/** Each holds a connection of the database for as long as its receiver takes, and of those there are ten. */
const berth = createBerths(
  { each: 1, all: 3 },
  () => new Problem('rate-limited', 'Other tests are still waiting for their receivers. Try again in a few seconds.', { retryAfterSeconds: 5 }),
);

/**
 * Sends one message while the caller waits, once, whatever the state of the webhook. It is in the history like every other; nothing is
 * tried again. Throws `rate-limited` after ten in a minute, and while another of the tenant waits.
 */
export async function sendNow(
  ctx: Context,
  row: WebhookRow,
  type: string,
  data: Record<string, unknown>,
): Promise<{ deliveryId: string; sent: Sent }> {
  await requireTurn(ctx, row.id);
  const around = ctx.provider(Surroundings);
  const [id, eventId, at] = [newId(), newId(), ctx.now()];
  const { db, tenantId } = ctx;
  const body = bodyOf({ id: eventId, type, tenantId, occurredAt: at, sequence: 0, data }, row, around.publicUrl);
  const { secrets, headers } = await around.open(db, row, 'webhooks.test');
  const message = { url: row.url, id: messageIdOf(eventId), body, headers, secrets };
  const sent = await berth(tenantId, () => ctx.provider(Courier).send(message));
  const isGood = sent.outcome === 'delivered';
  await db.insert(deliveries).values({
    tenantId, id, webhookId: row.id, eventId, type, sequence: 0, occurredAt: at, isTest: true, attempts: 1, round: 1, status: sent.status,
    state: isGood ? 'delivered' : 'failed', code: isGood ? null : sent.outcome, settledAt: sent.at, createdAt: at, updatedAt: at,
  }); // prettier-ignore
  await db.insert(payloads).values({ tenantId, id, body, createdAt: at, updatedAt: at });
  await db.insert(attempts).values(attemptRow({ tenantId, deliveryId: id, webhookId: row.id, number: 1, url: row.url }, sent));
  return { deliveryId: id, sent };
}

const echoes = (body: string | null, challenge: string): boolean => {
  if (body === null) return false;
  if (body.trim() === challenge) return true;
  try {
    const answer: unknown = JSON.parse(body);
    return typeof answer === 'object' && answer !== null && (answer as { challenge?: unknown }).challenge === challenge;
  } catch {
    return false;
  }
};

/** Has the receiver show that it expects this: it answers a random word with that word, plain or as `{"challenge": …}`. Throws `webhook-unproven`. */
export async function requireProof(ctx: Context, row: WebhookRow): Promise<void> {
  const challenge = randomBytes(24).toString('base64url');
  const { sent } = await sendNow(ctx, { ...row, redact: [] }, 'webhook.challenge', { webhookId: row.id, challenge });
  if (sent.outcome === 'delivered' && echoes(sent.responseBody, challenge)) return;
  const why = sent.outcome === 'delivered' ? 'it answered, but not with the challenge' : (sent.error ?? `it answered ${sent.status}`);
  throw new Problem('webhook-unproven', `The receiver of "${row.name}" has not proven itself: ${why}.`);
}
