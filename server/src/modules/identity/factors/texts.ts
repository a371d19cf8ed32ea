import type { Database } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import { SmsFault } from '#kernel/sms.ts';
import { networkOf } from '../network.ts';
import { takeTry } from '../throttle.ts';
import type { FactorDeps } from './deps.ts';
import { dropOtp, issueOtp, type OtpPlace } from './otp-store.ts';
import { FACTORS } from './rules.ts';

/** A code as a text; the last line lets phones fill it in on our page and on no other (domain-bound codes of the WHATWG). */
export function codeText(code: string, installation: string, host: string, locale: string | null): string {
  const words = locale?.startsWith('de')
    ? `${code} ist Ihr Code für ${installation}. Er gilt fünf Minuten. Geben Sie ihn niemandem weiter.`
    : `${code} is your ${installation} code. It is good for five minutes. Give it to nobody.`;
  return `${words}\n\n@${host} #${code}`;
}

/** One text to a number: at most one a minute and five an hour, ten an hour for a person (platform.md 4.8). Throws `rate-limited`. */
async function spendQuota(
  db: Database,
  { userId, address, ip }: { userId: string; address: string; ip: string | null },
  at: Date,
): Promise<Problem | undefined> {
  const { lock } = await takeTry(
    db,
    [
      { limit: 'resendPause', subject: `sms ${address}` },
      { limit: 'sms', subject: address },
      { limit: 'smsUser', subject: userId },
      { limit: 'smsNetwork', subject: networkOf(ip) },
      { limit: 'smsInstallation', subject: 'all' },
    ],
    at,
  );
  if (!lock) return undefined;
  const retryAfterSeconds = Math.max(1, Math.ceil((lock.until.getTime() - at.getTime()) / 1000));
  return new Problem('rate-limited', `There were too many texts. The next one can go out in ${retryAfterSeconds} seconds.`, { retryAfterSeconds });
}

const UNDELIVERED: Record<SmsFault['reason'], string> = {
  number: 'The carrier says that this number takes no texts. Check it, or use another factor.',
  country: 'The carrier sends no texts to that country for us. Use another factor.',
  blocked: 'This number has asked the carrier for none of our texts. Use another factor.',
  busy: 'The carrier is busy. Try again in a minute.',
  down: 'The carrier does not answer. Try again in a few minutes, or use another factor.',
};

export interface Sent {
  resendAfterSeconds: number;
}

/** Sends a code to the address of its place. Throws `rate-limited` or `sms-undelivered`; then the code is worth nothing. */
export function createTexts({ databases, now, vault, sms, party }: Pick<FactorDeps, 'databases' | 'now' | 'vault' | 'sms' | 'party'>) {
  return async (place: OtpPlace, { ip, locale }: { ip: string | null; locale: string | null }): Promise<Sent> => {
    const at = now();
    const code = await databases.platform('text a code', async (db) => {
      const refusal = await spendQuota(db, { ...place, ip }, at);
      return refusal ?? issueOtp(db, vault, place, at);
    });
    if (code instanceof Problem) throw code;
    try {
      await sms.send({ to: place.address, text: codeText(code, party.name, party.id, locale) });
    } catch (cause) {
      await databases.platform('text a code', (db) => dropOtp(db, place, at));
      if (!(cause instanceof SmsFault)) throw cause;
      const wait = cause.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: cause.retryAfterSeconds };
      throw new Problem('sms-undelivered', UNDELIVERED[cause.reason], wait, { cause });
    }
    return { resendAfterSeconds: FACTORS.sms.resend / 1000 };
  };
}
export type Texts = ReturnType<typeof createTexts>;
