const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** platform.md 19: six attempts, the waits between them growing from ten seconds to an hour. Milliseconds. */
const WAITS = [10 * SECOND, MINUTE, 5 * MINUTE, 20 * MINUTE, 60 * MINUTE] as const;
export const ATTEMPTS = WAITS.length + 1;
/** Mails that the whole installation hands over in a minute; big receivers block who sends in bursts. */
export const PER_MINUTE = 100;
/** An address that did not exist is tried again after a month: mailboxes are made, and servers are mended. */
export const SUPPRESSED_MS = 30 * 24 * 60 * MINUTE;
/** Longer than all attempts together; what is older was left behind by a fault. */
export const KEPT_MS = 3 * 24 * 60 * MINUTE;

/** When to try again after the `attempts`-th attempt failed; undefined when it was the last. */
export const nextAttempt = (attempts: number, at: Date): Date | undefined => {
  const wait = WAITS[attempts - 1];
  return wait === undefined ? undefined : new Date(at.getTime() + wait);
};

export const minuteOf = (at: Date): Date => new Date(Math.floor(at.getTime() / MINUTE) * MINUTE);
/** `spread` in [0, 1): those that were too many do not all come back in the same instant. */
export const nextMinute = (at: Date, spread: number): Date => new Date(minuteOf(at).getTime() + MINUTE + spread * 20 * SECOND);

/** What a mail server, or the way to it, said. */
export interface SmtpAnswer {
  /** Of the library: EENVELOPE, EMESSAGE, ECONNECTION … */
  code?: string | undefined;
  /** `RCPT TO`, `MAIL FROM`, `DATA` … */
  command?: string | undefined;
  responseCode?: number | undefined;
  response?: string | undefined;
}

/** `retry`: it may work later. `refused`: this mail never will. `no-such-address`: no mail to this address will. */
export type Verdict = 'retry' | 'refused' | 'no-such-address';

/** Status codes of RFC 3463 that speak of the mailbox itself: bad, moved, ambiguous or disabled. Not of its being full, nor of us. */
const MAILBOX = /^5\.(?:1\.(?:1|2|3|6|10)|2\.1)$/;
const PLAIN_MAILBOX: ReadonlySet<number> = new Set([550, 551, 553]);

/** What follows from a failed attempt (RFC 5321 4.2.1: 4yz may succeed later, 5yz will not). */
export function verdictOf({ command, responseCode, response = '' }: SmtpAnswer): Verdict {
  const final = responseCode !== undefined && responseCode >= 500;
  // A wrong password, sender or certificate is a fault of ours: mended in the settings, not by dropping people's mail.
  if (!final || (command !== 'RCPT TO' && command !== 'DATA')) return 'retry';
  if (command === 'DATA') return 'refused';
  const [, status] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response) ?? [];
  const dead = status === undefined ? PLAIN_MAILBOX.has(responseCode) : MAILBOX.test(status);
  return dead ? 'no-such-address' : 'refused';
}
