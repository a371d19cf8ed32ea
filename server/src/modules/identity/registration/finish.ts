import { sameHash } from '../tokens.ts';

/** Milliseconds to choose a password in, once an address was shown to be one's own. */
const LIFE = 30 * 60_000;

const textOf = (userId: string, until: string): string => `finish:${userId}:${until}`;
const FORM = /^([0-9a-f-]{36})\.([0-9a-z]{1,12})\.([0-9a-f]{64})$/;

/**
 * Says that its bearer has just shown the address of a pending account to be theirs. Nothing of it is stored: it names the row of this
 * one sign-up, which is pending once, and a mail that is sent again meanwhile does not end it.
 */
export function openFinish(keyed: (text: string) => string, userId: string, at: Date): { proof: string; expiresAt: Date } {
  const expiresAt = new Date(at.getTime() + LIFE);
  const until = expiresAt.getTime().toString(36);
  return { proof: `${userId}.${until}.${keyed(textOf(userId, until))}`, expiresAt };
}

/** Whose account it may finish; undefined for what is forged or over. */
export function finisherOf(keyed: (text: string) => string, token: string, at: Date): string | undefined {
  const [, userId = '', until = '', hash = ''] = FORM.exec(token) ?? [];
  const isOurs = hash !== '' && sameHash(hash, keyed(textOf(userId, until)));
  return isOurs && Number.parseInt(until, 36) > at.getTime() ? userId : undefined;
}
