import type { Clock } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { and, eq, gt, lt, sql } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import type { Jobs } from '#kernel/jobs.ts';
import type { Message } from '#kernel/mail.ts';
import { addressHash, openMessage, priorityOf, type KeyFor } from './outbox.ts';
import type { Undelivered } from './providers/port.ts';
import { KEPT_MS, minuteOf, nextAttempt, nextMinute, PER_MINUTE, SUPPRESSED_MS } from './rules.ts';
import { minutes, outbox, suppressions } from './tables.ts';

/** How a mail ended, or why it waits. */
export type MailOutcome = 'sent' | 'suppressed' | 'waiting' | 'retry' | 'refused' | 'no-such-address' | 'given-up' | 'unreadable';

export interface Ids {
  tenantId: string;
  id: string;
}
export interface Found {
  message: Message;
  attempts: number;
}

const OVER = new Set<MailOutcome>(['suppressed', 'refused', 'no-such-address', 'given-up', 'unreadable']);

/** Says what became of a mail that somebody waits to hear of, with the effect itself. */
async function announce(
  db: Database,
  { tenantId, id: mailId }: Ids,
  { tracked }: Message,
  outcome: MailOutcome,
  code?: string,
): Promise<MailOutcome> {
  if (tracked !== true) return outcome;
  const type = outcome === 'sent' ? 'mail.sent' : OVER.has(outcome) ? 'mail.failed' : 'mail.delayed';
  await appendEvents(db, tenantId, [{ type, data: { mailId, outcome, code: code ?? null } }], null);
  return outcome;
}

const rowOf = ({ tenantId, id }: Ids) => and(eq(outbox.tenantId, tenantId), eq(outbox.id, id));

async function drop(db: Database, ids: Ids, outcome: MailOutcome): Promise<MailOutcome> {
  await db.delete(outbox).where(rowOf(ids));
  return outcome;
}

async function sweep(db: Database, at: Date): Promise<void> {
  await db.delete(minutes).where(lt(minutes.minute, new Date(at.getTime() - 3_600_000)));
  await db.delete(suppressions).where(lt(suppressions.suppressedUntil, at));
  await db.delete(outbox).where(lt(outbox.createdAt, new Date(at.getTime() - KEPT_MS)));
}

/** Takes one of the places of this minute; false when there is none left. The first of a minute also clears away what is old. */
async function takePlace(db: Database, perMinute: number, at: Date): Promise<boolean> {
  const [taken] = await db
    .insert(minutes)
    .values({ minute: minuteOf(at), sent: 1 })
    .onConflictDoUpdate({ target: minutes.minute, set: { sent: sql`${minutes.sent} + 1` }, setWhere: lt(minutes.sent, perMinute) })
    .returning();
  if (taken?.sent === 1) await sweep(db, at);
  return taken !== undefined;
}

export interface QueueDeps {
  jobs: Jobs;
  keyFor: KeyFor;
  now: Clock;
  perMinute?: number;
}

/** What is decided of a mail before it is handed over and after; each in one platform transaction. */
export function createQueue({ jobs, keyFor, now, perMinute = PER_MINUTE }: QueueDeps) {
  const hashOf = addressHash(keyFor);

  function read({ id }: Ids, row: { sealed: string; attempts: number }): Found | undefined {
    try {
      return { message: openMessage(keyFor, id, row.sealed), attempts: row.attempts };
    } catch {
      return undefined;
    }
  }

  async function isSuppressed(db: Database, { to }: Message, at: Date): Promise<boolean> {
    const wanted = and(eq(suppressions.addressHash, hashOf(to)), gt(suppressions.suppressedUntil, at));
    return (await db.select().from(suppressions).where(wanted)).length > 0;
  }

  async function suppress(db: Database, { to }: Message, code: string, at: Date): Promise<void> {
    const until = { code, suppressedUntil: new Date(at.getTime() + SUPPRESSED_MS) };
    await db
      .insert(suppressions)
      .values({ addressHash: hashOf(to), createdAt: at, ...until })
      .onConflictDoUpdate({ target: suppressions.addressHash, set: until });
  }

  return {
    /** The mail, if it is to leave now; otherwise what became of it; undefined when it is gone already. */
    async begin(db: Database, ids: Ids): Promise<Found | MailOutcome | undefined> {
      const at = now();
      const [row] = await db.select().from(outbox).where(rowOf(ids));
      if (!row) return undefined;
      const found = read(ids, row);
      if (!found) return drop(db, ids, 'unreadable');
      if (await isSuppressed(db, found.message, at)) return announce(db, ids, found.message, await drop(db, ids, 'suppressed'));
      if (await takePlace(db, perMinute, at)) return found;
      await jobs.enqueue(db, 'mail', { ...ids }, { startAfter: nextMinute(at, Math.random()), priority: priorityOf(found.message) });
      return 'waiting';
    },

    async after(db: Database, ids: Ids, { message, attempts }: Found, fault: Undelivered | undefined): Promise<MailOutcome> {
      const over = async (outcome: MailOutcome): Promise<MailOutcome> => announce(db, ids, message, await drop(db, ids, outcome), fault?.code);
      if (!fault) return over('sent');
      const at = now();
      if (fault.verdict === 'no-such-address') await suppress(db, message, fault.code, at);
      if (fault.verdict !== 'retry') return over(fault.verdict);
      const startAfter = nextAttempt(attempts + 1, at);
      if (!startAfter) return over('given-up');
      await db
        .update(outbox)
        .set({ attempts: attempts + 1, updatedAt: at })
        .where(rowOf(ids));
      await jobs.enqueue(db, 'mail', { ...ids }, { startAfter, priority: priorityOf(message) });
      return announce(db, ids, message, 'retry', fault.code);
    },
  };
}
