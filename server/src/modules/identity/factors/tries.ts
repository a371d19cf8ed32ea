import type { Database } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import { networkOf } from '../network.ts';
import { settleTry, takeTry, type Counter, type Taken } from '../throttle.ts';

/** Wrong proofs of a person in a row. */
export const ofPerson = (userId: string): Counter => ({ limit: 'mfa', subject: userId });
const ofNetwork = (ip: string | null): Counter => ({ limit: 'mfaNetwork', subject: networkOf(ip) });

/** Counts one try to prove a factor against the person and the network; both sign-in and step-up share the count. Commit it first. */
export const takeProofTry = (db: Database, userId: string, ip: string | null, at: Date): Promise<Taken> =>
  takeTry(db, [ofPerson(userId), ofNetwork(ip)], at);

/** The same where nobody knows yet whose try it is. */
export const takeNetworkTry = (db: Database, ip: string | null, at: Date): Promise<Taken> => takeTry(db, [ofNetwork(ip)], at);

/** Throws `locked` or `network-blocked`. */
export function requireFree(taken: Taken, at: Date): void {
  if (!taken.lock) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((taken.lock.until.getTime() - at.getTime()) / 1000));
  const minutes = Math.ceil(retryAfterSeconds / 60);
  throw taken.lock.limit === 'mfaNetwork'
    ? new Problem('network-blocked', `Too many wrong codes came from your network. Try again in ${minutes} minutes.`, { retryAfterSeconds })
    : new Problem('locked', `There were too many wrong codes in a row. Try again in ${minutes} minutes.`, { retryAfterSeconds });
}

/** The try was good: the person begins anew, the network gets this one back. */
export const settleProofTry = (db: Database, taken: Taken, userId: string, ip: string | null, at: Date): Promise<void> =>
  settleTry(db, taken, { forget: [ofPerson(userId)], giveBack: [ofNetwork(ip)] }, at);

export const settleNetworkTry = (db: Database, taken: Taken, ip: string | null, at: Date): Promise<void> =>
  settleTry(db, taken, { forget: [], giveBack: [ofNetwork(ip)] }, at);
