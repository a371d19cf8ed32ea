import { jsonb, pgTable, text, timestamp, uuid } from './columns.ts';
import type { Actor } from './context.ts';
import type { Database } from './database.ts';
import { and, eq, sql } from './drizzle.ts';
import { Problem } from './problem.ts';

const keys = pgTable('idempotency_keys', {
  tenantId: uuid('tenant_id').notNull(),
  actorId: text('actor_id').notNull(),
  key: text('key').notNull(),
  operation: text('operation').notNull(),
  inputHash: text('input_hash').notNull(),
  outcome: jsonb('outcome').$type<Record<string, unknown>>(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});

export interface KeyClaim {
  actor: Actor;
  key: string;
  operation: string;
  inputHash: string;
}

/** No call is finished for longer than this; one that had begun before its process ended may then be finished by the next. */
const FINISHING_MS = 180_000;

/**
 * Takes the key for this call, or answers the first call's outcome. A second call with the same key waits at the unique index until
 * the first has committed or rolled back, so two at once cannot both act. Keys are per actor and live 24 h.
 */
export async function claimKey(db: Database, { actor, key, operation, inputHash }: KeyClaim): Promise<{ status: string } | undefined> {
  const mine = and(eq(keys.tenantId, actor.tenantId), eq(keys.actorId, actor.id), eq(keys.key, key));
  await db.delete(keys).where(and(mine, sql`${keys.createdAt} < now() - interval '24 hours'`));
  const claimed = await db.insert(keys).values({ tenantId: actor.tenantId, actorId: actor.id, key, operation, inputHash }).onConflictDoNothing();
  if (claimed.rowCount === 1) return undefined;
  const [row] = await db.select().from(keys).where(mine);
  if (!row || row.inputHash !== inputHash) {
    throw new Problem(
      'idempotency-conflict',
      `The key "${key.slice(0, 64)}" was used for another request within 24 hours. Use a new key for a new request.`,
    );
  }
  const outcome = (row.outcome ?? undefined) as { status: string; finishing?: true } | undefined;
  if (outcome?.finishing && Date.now() - row.createdAt.getTime() < FINISHING_MS)
    throw new Problem('idempotency-conflict', 'The first call with this key is not done yet. Make it again in a moment to be told what came of it.', {
      retryAfterSeconds: 5,
    });
  return outcome;
}

/** The call came to nothing that could be told again: the same key makes it anew. */
export async function dropKey(db: Database, actor: Actor, key: string): Promise<void> {
  await db.delete(keys).where(and(eq(keys.tenantId, actor.tenantId), eq(keys.actorId, actor.id), eq(keys.key, key)));
}

export async function keepOutcome(db: Database, actor: Actor, key: string, outcome: object): Promise<void> {
  await db.update(keys).set({ outcome: outcome as Record<string, unknown> }).where(and(eq(keys.tenantId, actor.tenantId), eq(keys.actorId, actor.id), eq(keys.key, key))); // prettier-ignore
}

/** Removes keys past their 24 h; run as the platform. */
export const sweepKeys = async (db: Database): Promise<void> =>
  void (await db.delete(keys).where(sql`${keys.createdAt} < now() - interval '24 hours'`));
