import type { AiAccounts } from '#kernel/ai.ts';
import type { Clock } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { and, eq, inArray, sql } from '#kernel/drizzle.ts';
import type { Spent } from './budget-rules.ts';
import { accounts, type AccountRow } from './tables.ts';

const rowsOf = (db: Database, tenantId: string, ids: readonly string[]): Promise<AccountRow[]> =>
  db.select().from(accounts).where(and(eq(accounts.tenantId, tenantId), inArray(accounts.id, [...ids]))); // prettier-ignore

/** An account with those above it, nearest first; empty where it was never opened. */
export async function payersOf(db: Database, tenantId: string, id: string | undefined): Promise<AccountRow[]> {
  if (id === undefined) return [];
  const [nearest] = await rowsOf(db, tenantId, [id]);
  if (!nearest) return [];
  const found = nearest.above.length === 0 ? [] : await rowsOf(db, tenantId, nearest.above);
  return [nearest, ...nearest.above.flatMap((above) => found.find((one) => one.id === above) ?? [])];
}

/** Each of them pays all of it. */
export async function pay(db: Database, tenantId: string, ids: readonly string[], { tokens, cost }: Spent, now: Date): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(accounts)
    .set({ tokens: sql`${accounts.tokens} + ${tokens}`, cost: sql`${accounts.cost} + ${cost}`, updatedAt: now })
    .where(and(eq(accounts.tenantId, tenantId), inArray(accounts.id, [...ids])));
}

/** Accounts as others open them. */
export const createAccounts = ({ now }: { now: Clock }): AiAccounts => ({
  async open(db, tenantId, { id, name, above, tokens, cost }) {
    const payers = await payersOf(db, tenantId, above);
    const at = now();
    await db
      .insert(accounts)
      .values({
        tenantId,
        id,
        name,
        above: payers.map((one) => one.id),
        tokensMost: tokens ?? null,
        costMost: cost ?? null,
        createdAt: at,
        updatedAt: at,
      })
      .onConflictDoUpdate({
        target: [accounts.tenantId, accounts.id],
        set: {
          tokensMost: sql`coalesce(excluded.tokens_most, ${accounts.tokensMost})`,
          costMost: sql`coalesce(excluded.cost_most, ${accounts.costMost})`,
          updatedAt: at,
        },
      });
  },
  isOpen: async (db, tenantId, id) => (await rowsOf(db, tenantId, [id])).length > 0,
});
