import { NO_TENANT, type Actor, type Context } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';

export const SESSION_COOKIE = 'sy_session';
/** Of a device that its owner has come to trust. */
export const DEVICE_COOKIE = 'sy_device';

/** A stolen key must not be able to make more keys, end sessions or go to another tenant. Answers the session's id. */
export function requireSession(actor: Actor): string {
  if (actor.kind !== 'user' || actor.credentialId === null)
    throw new Problem('session-required', 'This needs a person who is signed in; an API key may not do it.');
  return actor.credentialId;
}

/** Tells the tenant in which the caller works that sessions of theirs ended; who works in none has nobody to tell. */
export function announceEnded({ actor, tenantId, emit }: Context, sessionIds: readonly string[], reason: string): void {
  if (tenantId === NO_TENANT) return;
  for (const sessionId of sessionIds) emit('session.revoked', { sessionId, userId: actor.id, reason });
}
