import type { Database } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import { enrolled } from './held.ts';
import { personById } from './notices.ts';
import type { Factor } from './port.ts';

const SAID: Record<Factor, string> = { totp: 'an authenticator app', sms: 'SMS', webauthn: 'a passkey', backup: 'backup codes' };

const notOffered = (factor: Factor, offered: readonly Factor[]): Problem =>
  new Problem('factor-not-offered', `${SAID[factor]} cannot be used here. Use ${offered.map((one) => SAID[one]).join(' or ') || 'another way'}.`, {
    factors: offered,
  });

/** Throws `factor-not-offered`: it is not theirs, a stronger one stands in its place, or the phone number is too new. */
export async function requireOffered(db: Database, userId: string, factor: Factor, at: Date, among?: readonly Factor[]): Promise<void> {
  const offered = (await enrolled(db, userId)).filter((one) => among === undefined || among.includes(one));
  if (!offered.includes(factor)) throw notOffered(factor, offered);
  if (factor === 'sms') await requireRested(db, userId, at);
}

/** After a change of number nobody gets in by SMS for a day. Throws `factor-not-offered`. */
export async function requireRested(db: Database, userId: string, at: Date): Promise<void> {
  const until = (await personById(db, userId))?.smsUsableFrom;
  if (!until || until <= at) return;
  const retryAfterSeconds = Math.ceil((until.getTime() - at.getTime()) / 1000);
  throw new Problem('factor-not-offered', `Your phone number was changed; SMS can be used again from ${until.toISOString()}.`, { retryAfterSeconds });
}
