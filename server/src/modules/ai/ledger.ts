import type { AiBound, AiOrigin, AiUsage } from '#kernel/ai.ts';
import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { and, eq, gt, gte, or, sql } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import { newId } from '#kernel/ids.ts';
import type { Live } from '#kernel/live.ts';
import { Problem } from '#kernel/problem.ts';
import { payersOf } from './accounts.ts';
import { boundsBy, boundsOn, exceeded, requireRoom } from './bounds.ts';
import { dayOf, resetsAt, type Spent } from './budget-rules.ts';
import { charge, chargeLapsed } from './charging.ts';
import type { AiSurroundings } from './providers/port.ts';
import { lockTenant } from './store.ts';
import { reservations, usage } from './tables.ts';

interface LedgerDeps {
  databases: Databases;
  live: Pick<Live, 'publish'>;
  now: Clock;
  surroundings: () => AiSurroundings;
  /** Tokens that all tenants together may use in a day. */
  platformTokens: number | undefined;
  onError: (error: Error) => void;
}

interface Reservation {
  id: string;
  tenantId: string;
}

export interface Ledger {
  /** Sets the most that a call can cost aside under every budget. Throws `ai-budget-exceeded`. */
  reserve: (origin: AiOrigin, model: string, most: AiUsage, bounds: readonly AiBound[], seconds: number) => Promise<Reservation>;
  /**
   * Replaces what was set aside by what it was; undefined gives it back. Never throws: what cannot be written down now is counted as it was
   * set aside, once its time is over.
   */
  settle: (reservation: Reservation, spent: AiUsage | undefined) => Promise<void>;
}

/** A reservation of a process that died lapses a while after its call would have ended. */
const GRACE_SECONDS = 60;
/** A refusal is announced once in a while, however often it is asked. */
const QUIET_MS = 3_600_000;
/** Any constant, the same in every process. */
const PLATFORM_LOCK = 7_305_801_177;

/** What all tenants have used today, and may still use by calls under way. */
async function usedByAll(databases: Databases, now: Date): Promise<number> {
  return databases.platform('tokens of all tenants today', async (db) => {
    const used = sql<number>`coalesce(sum(${usage.inputTokens} + ${usage.outputTokens}), 0)::bigint`.mapWith(Number);
    const [settled] = await db.select({ used }).from(usage).where(gte(usage.day, dayOf(now))); // prettier-ignore
    const held = sql<number>`coalesce(sum(${reservations.tokens}), 0)::bigint`.mapWith(Number);
    // Of a process that died yesterday it counts for yesterday.
    const ofToday = or(gt(reservations.expiresAt, now), gte(reservations.createdAt, new Date(`${dayOf(now)}T00:00:00Z`)));
    const [open] = await db.select({ held }).from(reservations).where(ofToday);
    return settled!.used + open!.held;
  });
}

async function requirePlatform({ databases, now, platformTokens }: LedgerDeps, db: Database, most: Spent): Promise<void> {
  if (platformTokens === undefined) return;
  // Everybody who sets something aside waits here, so that what was read is what holds.
  await db.execute(sql`select pg_advisory_xact_lock(${PLATFORM_LOCK})`);
  const used = await usedByAll(databases, now());
  if (used + most.tokens > platformTokens)
    throw exceeded({ level: 'installation for a day', unit: 'tokens', limit: platformTokens, used }, most, resetsAt(now(), 'day'));
}

/** Says of a budget that a call was refused, once in a while. */
function createAnnouncer({ databases, live, now }: LedgerDeps) {
  const told = new Map<string, number>();
  return async ({ tenantId, workflowId, purpose }: AiOrigin, { extras }: Problem): Promise<void> => {
    const key = `${tenantId} ${String(extras['level'])} ${workflowId ?? ''}`;
    const at = now().getTime();
    if (at - (told.get(key) ?? -Infinity) < QUIET_MS) return;
    if (told.size > 10_000) told.clear();
    told.set(key, at);
    const { level, unit, limit, used } = extras;
    const data = { level, unit, limit, used, purpose, workflowId: workflowId ?? null };
    await databases.tenant({ tenantId, operation: 'ai budget' }, (db) => appendEvents(db, tenantId, [{ type: 'ai.budget_exceeded', data }], null));
    live.publish('outbox');
  };
}

/** The one place that says what may be spent, and writes down what was. */
export function createLedger(deps: LedgerDeps): Ledger {
  const { databases, live, now, surroundings, onError } = deps;
  const announceRefusal = createAnnouncer(deps);

  /** Under the lock of the tenant, so that of many at once each sees what the others have set aside. */
  async function setAside(db: Database, id: string, origin: AiOrigin, model: string, most: AiUsage, bounds: readonly AiBound[], seconds: number): Promise<void> {
    const { tenantId, purpose, workflowId = null, accountId } = origin;
    const at = { db, tenantId, now: now() };
    await lockTenant(at, 'spending');
    await chargeLapsed(at, surroundings());
    const { outputTokens, cost } = most;
    const wanted: Spent = { tokens: most.inputTokens + outputTokens, cost };
    const payers = await payersOf(db, tenantId, accountId);
    requireRoom(await boundsBy(at, workflowId, bounds, payers), wanted);
    requireRoom(await boundsOn(at, await surroundings().tokensPerDay(db, tenantId), workflowId, payers), wanted);
    await requirePlatform(deps, db, wanted);
    const expiresAt = new Date(at.now.getTime() + (seconds + GRACE_SECONDS) * 1_000);
    const accounts = payers.map((one) => one.id);
    await db.insert(reservations).values({ tenantId, id, workflowId, model, purpose, ...wanted, outputTokens, accounts, expiresAt, createdAt: at.now, updatedAt: at.now });
  } // prettier-ignore

  /** Whoever finds nothing to replace comes again, or comes so late that it was counted: it counts once. */
  const replace = ({ id, tenantId }: Reservation, spent: AiUsage | undefined): Promise<number> =>
    databases.tenant({ tenantId, operation: 'ai settlement' }, async (db) => {
      const at = { db, tenantId, now: now() };
      await lockTenant(at, 'spending');
      const [row] = await db.delete(reservations).where(and(eq(reservations.tenantId, tenantId), eq(reservations.id, id))).returning(); // prettier-ignore
      return row && spent ? charge(at, surroundings(), row, spent, dayOf(at.now)) : 0;
    });

  return {
    async reserve(origin, model, most, bounds, seconds) {
      const id = newId();
      const { tenantId } = origin;
      try {
        await databases.tenant({ tenantId, operation: 'ai reservation' }, (db) => setAside(db, id, origin, model, most, bounds, seconds));
      } catch (error) {
        if (error instanceof Problem && error.slug === 'ai-budget-exceeded') await announceRefusal(origin, error).catch(onError);
        throw error;
      }
      return { id, tenantId };
    },

    async settle(reservation, spent) {
      try {
        if ((await replace(reservation, spent)) > 0) live.publish('outbox');
      } catch (error) {
        onError(new Error('a settlement was not written down: the call counts as it was set aside', { cause: error }));
      }
    },
  };
}
