import type { Accounts } from './providers/port.ts';
import { createSignIn, type SignInDeps } from './sign-in.ts';

/**
 * The adapter of the Accounts port on schema `auth`. Its transactions are its own, beside the call's: what it gives is of use only
 * to who gets the answer, and what it ends stays ended even when the call fails later.
 */
export function createAccounts(deps: SignInDeps): Accounts {
  const { databases, memberships } = deps;
  return {
    signIn: createSignIn(deps),
    memberships: (userId) => databases.platform('own tenants', (db) => memberships.of(db, userId)),
  };
}
