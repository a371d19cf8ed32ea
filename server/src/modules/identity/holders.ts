import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import type { Membership, Memberships } from './providers/port.ts';
import { idleEnd, isTouchDue, KEY, SESSION } from './rules.ts';
import { apiKeys, sessions, users } from './tables.ts';
import { sameHash, type Presented } from './tokens.ts';

/** Whom a live credential belongs to, and where they may go with it. */
export interface Holder {
  kind: 'user' | 'apiKey';
  credentialId: string;
  userId: string;
  name: string;
  email: string;
  /** Where a call goes that names no tenant. */
  tenantId: string;
  memberships: readonly Membership[];
  permissionCap: readonly string[] | null;
  endsAt: Date;
}

const person = { userId: users.id, name: users.name, email: users.email, status: users.status };

function requireActive(status: string): void {
  if (status !== 'active') throw new Problem('account-suspended', 'This account is suspended. Ask whoever runs this installation.');
}

export async function sessionHolder(db: Database, hash: string, memberships: Memberships, at: Date): Promise<Holder | undefined> {
  const [row] = await db
    .select({ ...person, session: sessions })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.tokenHash, hash));
  if (!row) return undefined;
  const { session, status, ...who } = row;
  if (session.revokedAt) throw new Problem('unauthenticated', 'This session was ended. Sign in again.');
  if (session.idleExpiresAt <= at) throw new Problem('session-expired', 'This session is over. Sign in again.');
  requireActive(status);
  let endsAt = session.idleExpiresAt;
  if (isTouchDue(session.lastSeenAt, at, SESSION.touchedEvery)) {
    endsAt = idleEnd(at, session.expiresAt);
    await db
      .update(sessions)
      .set({ lastSeenAt: at, idleExpiresAt: endsAt })
      .where(and(eq(sessions.id, session.id), isNull(sessions.revokedAt)));
  }
  return {
    kind: 'user',
    credentialId: session.id,
    ...who,
    tenantId: session.tenantId,
    memberships: await memberships.of(db, who.userId),
    permissionCap: null,
    endsAt,
  };
}

export async function keyHolder(
  db: Database,
  presented: Presented & { kind: 'key' },
  memberships: Memberships,
  at: Date,
): Promise<Holder | undefined> {
  const [row] = await db
    .select({ ...person, key: apiKeys })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .where(eq(apiKeys.publicId, presented.publicId));
  if (!row || !sameHash(row.key.keyHash, presented.hash)) return undefined;
  const { key, status, ...who } = row;
  if (key.revokedAt) throw new Problem('unauthenticated', `The API key "${key.name}" was revoked. Make a new one.`);
  if (key.expiresAt <= at) throw new Problem('unauthenticated', `The API key "${key.name}" has expired. Make a new one.`);
  requireActive(status);
  if (isTouchDue(key.lastUsedAt, at, KEY.touchedEvery)) await db.update(apiKeys).set({ lastUsedAt: at }).where(eq(apiKeys.id, key.id));
  const there = (await memberships.of(db, who.userId)).filter((membership) => membership.tenantId === key.tenantId);
  return {
    kind: 'apiKey',
    credentialId: key.id,
    ...who,
    tenantId: key.tenantId,
    memberships: there,
    permissionCap: key.permissions,
    endsAt: key.expiresAt,
  };
}
