import { eq } from 'drizzle-orm';
import type { Live } from '#kernel/live.ts';
import { Problem } from '#kernel/problem.ts';
import { createKey, liveKeys, revokeKey } from './keys.ts';
import type { Accounts } from './providers/port.ts';
import { endSession, findSession, liveSessions, lockSession } from './sessions.ts';
import { conclude, createSignIn, type SignInDeps } from './sign-in.ts';
import { CREDENTIALS_TOPIC } from './steps.ts';
import { users } from './tables.ts';

/**
 * The adapter of the Accounts port on schema `auth`. Its transactions are its own, beside the call's: what it gives is of use only
 * to who gets the answer, and what it ends stays ended even when the call fails later.
 */
export function createAccounts(deps: SignInDeps & { live: Live }): Accounts {
  const { databases, now, memberships, live } = deps;
  const ended = (): void => live.publish(CREDENTIALS_TOPIC);
  return {
    signIn: createSignIn(deps),
    async switchTenant(sessionId, tenantId, ip) {
      const at = now();
      const issued = await databases.platform('switch tenant', async (db) => {
        const session = await lockSession(db, sessionId, at);
        if (!session) throw new Problem('unauthenticated', 'This session was ended. Sign in again.');
        const tenants = await memberships.of(db, session.userId);
        const home = tenants.find((one) => one.tenantId === tenantId);
        if (!home) throw new Problem('tenant-not-found', 'There is no such tenant, or you are not an active member of it.');
        const [person] = await db.select().from(users).where(eq(users.id, session.userId));
        await endSession(db, session.userId, session.id, 'switched', at);
        return conclude(db, person!, tenants, home, { kind: session.kind, ip, at, expiresAt: session.expiresAt });
      });
      ended();
      return issued;
    },
    memberships: (userId) => databases.platform('own tenants', (db) => memberships.of(db, userId)),
    sessions: (userId) => databases.platform('own sessions', (db) => liveSessions(db, userId, now())),
    session: (id) => databases.platform('own session', (db) => findSession(db, id)),
    async endSession(userId, id, reason) {
      const found = await databases.platform('end session', (db) => endSession(db, userId, id, reason, now()));
      ended();
      return found;
    },
    keys: (userId, tenantId) => databases.platform('own keys', (db) => liveKeys(db, { userId, tenantId }, now())),
    createKey: (owner, wanted) => databases.platform('create key', (db) => createKey(db, owner, wanted, now())),
    async revokeKey(owner, id) {
      const found = await databases.platform('revoke key', (db) => revokeKey(db, owner, id, now()));
      ended();
      return found;
    },
  };
}
