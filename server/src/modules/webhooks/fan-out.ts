import type { Clock } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { and, asc, inArray, ne } from '#kernel/drizzle.ts';
import type { BulkSubscriber, OutboxEvent } from '#kernel/events.ts';
import { newId } from '#kernel/ids.ts';
import { bodyOf } from './payload.ts';
import { wants } from './rules.ts';
import { deliveries, payloads, webhooks, type WebhookRow } from './tables.ts';

interface FanOutDeps {
  now: Clock;
  publicUrl: string;
  /** Types that may go to tenants. */
  isPublic: (type: string) => boolean;
  /** There is something to send. */
  wake: () => void;
}

/**
 * Webhooks of these tenants, held against deletion until the deliveries are there. In the order of their ids, as everybody locks them,
 * so that nobody waits for each other.
 */
const hearing = (db: Database, tenantIds: readonly string[]): Promise<WebhookRow[]> =>
  db
    .select()
    .from(webhooks)
    .where(and(inArray(webhooks.tenantId, [...tenantIds]), ne(webhooks.state, 'disabled'), ne(webhooks.state, 'unproven')))
    .orderBy(asc(webhooks.tenantId), asc(webhooks.id))
    .for('key share');

/** Rows that one statement takes; each has a dozen parameters of the 65,535 that there can be. */
const AT_ONCE = 1_000;

async function insertAll(db: Database, rows: readonly { delivery: typeof deliveries.$inferInsert; body: string }[]): Promise<void> {
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const part = rows.slice(at, at + AT_ONCE);
    const made = await db.insert(deliveries).values(part.map(({ delivery }) => delivery)).onConflictDoNothing().returning({ id: deliveries.id }); // prettier-ignore
    const ids = new Set(made.map(({ id }) => id));
    const bodies = part.flatMap(({ delivery: { tenantId, id, createdAt, updatedAt }, body }) => (ids.has(id) ? [{ tenantId, id, body, createdAt, updatedAt }] : [])); // prettier-ignore
    if (bodies.length > 0) await db.insert(payloads).values(bodies);
  }
}

/** Lanes that have something to send from now on; the row is written even where it says so already, so that a worker that lets go of it waits for us. */
async function callUpAll(db: Database, called: readonly WebhookRow[], at: Date): Promise<void> {
  await db.$client.query({
    name: 'webhooks_call_up',
    text: `with mine as (
        select tenant_id, id from webhook_lanes where (tenant_id, id) in (select * from unnest($1::uuid[], $2::uuid[])) order by tenant_id, id for update)
      update webhook_lanes l set due_at = least(l.due_at, $3) from mine where l.tenant_id = mine.tenant_id and l.id = mine.id`,
    values: [called.map(({ tenantId }) => tenantId), called.map(({ id }) => id), at],
  });
}

/** Makes a delivery of each event for each webhook that wants it, in the transaction that dispatches the events. */
export function createFanOut({ now, publicUrl, isPublic, wake }: FanOutDeps): BulkSubscriber {
  return async (db, batch) => {
    const told = batch.filter(({ type }) => isPublic(type));
    if (told.length === 0) return undefined;
    const found = await hearing(db, [...new Set(told.map(({ tenantId }) => tenantId))]);
    if (found.length === 0) return undefined;
    const byTenant = Map.groupBy(found, ({ tenantId }) => tenantId);
    const at = now();
    const bodies = new Map<string, string>();
    // Most webhooks leave nothing out, so most bodies are the same.
    const bodyFor = (event: OutboxEvent, webhook: WebhookRow): string => {
      const key = JSON.stringify([event.id, webhook.redact, webhook.apiVersion]);
      const known = bodies.get(key) ?? bodyOf({ ...event, occurredAt: event.time, sequence: event.seq }, webhook, publicUrl);
      bodies.set(key, known);
      return known;
    };
    const rows = told.flatMap((event) =>
      (byTenant.get(event.tenantId) ?? []).filter((webhook) => wants(webhook, event)).map((webhook) => ({
        webhook,
        body: bodyFor(event, webhook),
        delivery: {
          tenantId: event.tenantId, id: newId(), webhookId: webhook.id, eventId: event.id, type: event.type, sequence: event.seq,
          occurredAt: event.time, state: 'waiting' as const, nextAt: at, createdAt: at, updatedAt: at,
        },
      })),
    ); // prettier-ignore
    if (rows.length === 0) return undefined;
    await insertAll(db, rows);
    await callUpAll(db, [...new Set(rows.map(({ webhook }) => webhook))], at);
    return wake;
  };
}
