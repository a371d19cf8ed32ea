import type { Live } from '#kernel/live.ts';
import { createKey, liveKeys, revokeKey } from './keys.ts';
import type { Accounts } from './providers/port.ts';
import { createSignIn, type SignInDeps } from './sign-in.ts';
import { CREDENTIALS_TOPIC } from './steps.ts';

/**
 * The adapter of the Accounts port on schema `auth`. Its transactions are its own, beside the call's: what it gives is of use only
 * to who gets the answer, and what it ends stays ended even when the call fails later.
 */
export function createAccounts(deps: SignInDeps & { live: Live }): Accounts {
  const { databases, now, memberships, live } = deps;
  const ended = (): void => live.publish(CREDENTIALS_TOPIC);
  return {
    signIn: createSignIn(deps),
    memberships: (userId) => databases.platform('own tenants', (db) => memberships.of(db, userId)),
    keys: (userId, tenantId) => databases.platform('own keys', (db) => liveKeys(db, { userId, tenantId }, now())),
    createKey: (owner, wanted) => databases.platform('create key', (db) => createKey(db, owner, wanted, now())),
    async revokeKey(owner, id) {
      const found = await databases.platform('revoke key', (db) => revokeKey(db, owner, id, now()));
      ended();
      return found;
    },
  };
}
