import type { Database } from '#kernel/database.ts';
import { sql } from '#kernel/drizzle.ts';

/** Deliveries that wait: those whose time has come, and those that are for later. */
export async function backlog(db: Database, now: Date): Promise<Map<string, number>> {
  const { rows } = await db.execute<{ due: boolean; count: number }>(
    sql`select next_at <= ${now} as due, count(*)::int as count from webhook_deliveries where state = 'waiting' group by 1`,
  );
  const found = new Map(rows.map(({ due, count }) => [due ? 'now' : 'later', count]));
  return new Map(['now', 'later'].map((due) => [due, found.get(due) ?? 0]));
}

/** Seconds since the oldest event was announced that nobody has been handed yet; 0 when there is none. */
export async function oldestWaiting(db: Database): Promise<Map<string, number>> {
  const { rows } = await db.execute<{ seconds: number | null }>(
    sql`select extract(epoch from now() - min(created_at))::float8 as seconds from events where dispatched_at is null`,
  );
  return new Map([['events', rows[0]!.seconds ?? 0]]);
}
