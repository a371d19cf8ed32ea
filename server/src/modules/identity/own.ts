import type { Actor } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';

/** A stolen key must not be able to make more keys, end sessions or go to another tenant. Answers the session's id. */
export function requireSession(actor: Actor): string {
  if (actor.kind !== 'user' || actor.credentialId === null)
    throw new Problem('session-required', 'This needs a person who is signed in; an API key may not do it.');
  return actor.credentialId;
}
