import { and, desc, eq, gt, isNull, lt, notInArray } from 'drizzle-orm';
import type { Database } from '#kernel/database.ts';
import { newId } from '#kernel/ids.ts';
import type { SessionRecord, TokenType } from './providers/port.ts';
import { idleEnd, SESSION } from './rules.ts';
import { sessions } from './tables.ts';
import { mintSession } from './tokens.ts';

const isLive = (at: Date) => and(isNull(sessions.revokedAt), gt(sessions.idleExpiresAt, at));

interface Start {
  userId: string;
  tenantId: string;
  kind: TokenType;
  ip: string | null;
  at: Date;
  /** Absolute end; a rotated session keeps that of the first. */
  expiresAt: Date;
}

/** Opens a session and ends the oldest beyond ten. The caller holds the person's row, so parallel sign-ins take turns. */
export async function startSession(
  db: Database,
  { userId, tenantId, kind, ip, at, expiresAt }: Start,
): Promise<{ id: string; token: string; expiresAt: Date }> {
  const { token, hash } = mintSession();
  const id = newId();
  const idleExpiresAt = idleEnd(at, expiresAt);
  await db.insert(sessions).values({ id, tokenHash: hash, userId, tenantId, kind, ip, createdAt: at, lastSeenAt: at, idleExpiresAt, expiresAt });
  const kept = await db.select({ id: sessions.id }).from(sessions).where(and(eq(sessions.userId, userId), isLive(at))).orderBy(desc(sessions.createdAt), desc(sessions.id)).limit(SESSION.perUser); // prettier-ignore
  await revoke(db, and(eq(sessions.userId, userId), notInArray(sessions.id, [id, ...kept.map((row) => row.id)])), 'limit', at);
  return { id, token, expiresAt: idleExpiresAt };
}

const revoke = async (db: Database, which: ReturnType<typeof and>, reason: string, at: Date): Promise<number> => {
  const ended = await db
    .update(sessions)
    .set({ revokedAt: at, revokeReason: reason })
    .where(and(which, isNull(sessions.revokedAt)));
  return ended.rowCount ?? 0;
};

export const endSession = async (db: Database, userId: string, id: string, reason: string, at: Date): Promise<boolean> =>
  (await revoke(db, and(eq(sessions.userId, userId), eq(sessions.id, id)), reason, at)) > 0;

export const endAllSessions = (db: Database, userId: string, reason: string, at: Date): Promise<number> =>
  revoke(db, eq(sessions.userId, userId), reason, at);

const recordOf = (row: typeof sessions.$inferSelect): SessionRecord => ({
  id: row.id, tenantId: row.tenantId, kind: row.kind, ip: row.ip, createdAt: row.createdAt, lastSeenAt: row.lastSeenAt, expiresAt: row.idleExpiresAt,
}); // prettier-ignore

/** Live sessions of a person, the newest first. */
export const liveSessions = async (db: Database, userId: string, at: Date): Promise<SessionRecord[]> =>
  (
    await db
      .select()
      .from(sessions)
      .where(and(eq(sessions.userId, userId), isLive(at)))
      .orderBy(desc(sessions.createdAt))
  ).map(recordOf);

/** A live session under lock, with its absolute end. */
export async function lockSession(db: Database, id: string, at: Date): Promise<typeof sessions.$inferSelect | undefined> {
  const [row] = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.id, id), isLive(at)))
    .for('update');
  return row;
}

export async function findSession(db: Database, id: string): Promise<SessionRecord | undefined> {
  const [row] = await db.select().from(sessions).where(eq(sessions.id, id));
  return row && recordOf(row);
}

/** Sessions whose absolute end is a month past are of no use to anybody. */
export const sweepSessions = async (db: Database, at: Date): Promise<void> =>
  void (await db.delete(sessions).where(lt(sessions.expiresAt, new Date(at.getTime() - 30 * 86_400_000))));
