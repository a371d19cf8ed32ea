import { and, eq, isNotNull, lt, sql, type SQL } from '#kernel/drizzle.ts';
import { LegalHolds } from '#kernel/holds.ts';
import { idAt } from '#kernel/ids.ts';
import type { WorkContext } from '#kernel/work.ts';
import { WEBHOOKS } from './rules.ts';
import { Surroundings } from './providers/port.ts';
import { lanes, replays, webhooks } from './tables.ts';
import { giveUpWaiting } from './waiting.ts';

/** Rows that one statement takes, and statements in one run: what is left goes with the next. */
const BATCH = 5_000;
const MOST = 40;

async function inBatches(db: WorkContext['db'], statement: SQL): Promise<void> {
  for (let run = 0; run < MOST; run++) {
    const { rowCount } = await db.execute(statement);
    if ((rowCount ?? 0) < BATCH) return;
  }
}

/**
 * Hourly: bodies go after 7 days, deliveries with their attempts after 30. Ids sort by time, so the primary key finds what is old. Nothing
 * goes while a legal hold keeps what is of the tenant.
 */
export async function forgetOld({ db, tenantId, now, provider }: WorkContext): Promise<void> {
  if (await provider(LegalHolds).isHeld(db, tenantId)) return;
  const before = (ms: number): string => idAt(new Date(now().getTime() - ms));
  const old = (table: string, ms: number, more = sql``): SQL => sql`
    delete from ${sql.identifier(table)} where tenant_id = ${tenantId} and id in (
      select id from ${sql.identifier(table)} where tenant_id = ${tenantId} and id < ${before(ms)} ${more} order by id limit ${BATCH})`;
  await inBatches(db, old('webhook_deliveries', WEBHOOKS.keepDelivery));
  // What was replayed is younger than its id says, and what waits still needs its body.
  const isOver = sql`and not exists (select from webhook_deliveries d where d.tenant_id = ${tenantId} and d.id = webhook_payloads.id
    and d.state = 'waiting' and d.replayed_at is not null)`;
  await inBatches(db, old('webhook_payloads', WEBHOOKS.keepPayload, isOver));
  const ended = new Date(now().getTime() - WEBHOOKS.keepDelivery);
  await db.delete(replays).where(and(eq(replays.tenantId, tenantId), isNotNull(replays.endedAt), lt(replays.endedAt, ended)));
}

/** Every five minutes: what a webhook with a great backlog left waiting when it was disabled. */
export async function giveUpDisabled({ db, tenantId, now }: WorkContext): Promise<void> {
  const disabled = await db.select({ id: webhooks.id }).from(webhooks).where(and(eq(webhooks.tenantId, tenantId), eq(webhooks.state, 'disabled'))); // prettier-ignore
  for (const { id } of disabled) for (let run = 0; run < MOST; run++) if ((await giveUpWaiting(db, tenantId, id, now())) === 0) break;
}

/** A tenant that was suspended goes on at once. */
export async function resume({ db, tenantId, now, provider }: WorkContext): Promise<void> {
  await db
    .update(lanes)
    .set({ dueAt: now() })
    .where(and(eq(lanes.tenantId, tenantId), isNotNull(lanes.dueAt)));
  provider(Surroundings).wake();
}
