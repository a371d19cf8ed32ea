import { Problem } from '#kernel/problem.ts';
import type { Found, StoredSession } from './store.ts';

export const over = (): Problem => new Problem('session-revoked', 'This session was ended. Sign in again.');

/** What is left of a session that was found; throws what became of it. */
export function liveOf(found: Found | undefined): StoredSession {
  if (!found) throw new Problem('unauthenticated', 'The credential is not known here. Sign in again, or check the API key.');
  if (found.state === 'ended') throw over();
  if (found.state === 'expired') throw new Problem('session-expired', 'This session is over. Sign in again.');
  return found.session;
}
