import type { Amr } from '../sessions/types.ts';
import type { Factor } from './port.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** All times in milliseconds (platform.md 4.8 and 19). */
export const FACTORS = {
  totp: { setup: 10 * MINUTE },
  challenge: { lives: 10 * MINUTE, tries: 5 },
  sms: { lives: 5 * MINUTE, tries: 3, resend: MINUTE, restAfterChange: DAY },
  ceremony: { lives: 10 * MINUTE },
  passkeys: { perPerson: 20 },
  device: { trusted: 7 * DAY, perPerson: 20 },
  backup: { count: 10, low: 3 },
  enrolment: { grace: 7 * DAY },
} as const;

/** Seconds. Proofs that own affairs ask for: one to add a factor, a fresher one to take a factor away or replace it. */
export const PROOF = { add: 900, change: 300 } as const;

/** What a person has that could prove them. */
export interface Held {
  totp: boolean;
  sms: boolean;
  passkeys: number;
  backupCodes: number;
}

/**
 * The factors that are asked for, the best first. SMS is offered to nobody who has a better one, so that a stolen number is no way
 * around it; backup codes stand in for a factor and are none by themselves.
 */
export function offered({ totp, sms, passkeys, backupCodes }: Held): Factor[] {
  const strong: Factor[] = [...(passkeys > 0 ? ['webauthn' as const] : []), ...(totp ? ['totp' as const] : [])];
  const main: Factor[] = strong.length === 0 && sms ? ['sms'] : strong;
  return main.length > 0 && backupCodes > 0 ? [...main, 'backup'] : main;
}

/** A passkey that was the first factor cannot be the second as well. */
export const besides = (factors: readonly Factor[], amr: readonly string[]): Factor[] =>
  factors.filter((factor) => factor !== 'webauthn' || !amr.includes('hwk'));

/** The method that a factor is (RFC 8176; `bkp` is ours). */
export const AMR = { totp: 'otp', sms: 'sms', webauthn: 'hwk', backup: 'bkp' } as const satisfies Record<Factor, Amr>;
