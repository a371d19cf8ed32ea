import type { AuthenticationResponseJSON } from '#lib/passkey.ts';
import type { Problem } from '#lib/problem.ts';
import type { Factor } from '#lib/session.ts';

export type ProofFactor = Factor | 'password';
export type Proof =
  | { factor: 'totp' | 'sms' | 'backup'; code: string }
  | { factor: 'password'; password: string }
  | { factor: 'webauthn'; response: AuthenticationResponseJSON };

/** The quickest for most people first; a backup code is the last resort. */
const ORDER: readonly ProofFactor[] = ['totp', 'webauthn', 'password', 'sms', 'backup'];

/** The accepted ones that this browser can give, in the order they are offered. */
export const offered = (accepted: readonly string[], passkeys: boolean): ProofFactor[] =>
  ORDER.filter((factor) => accepted.includes(factor) && (passkeys || factor !== 'webauthn'));

/** A backup code as it is stored: without the space or dash that people read it with. */
export const backupCode = (typed: string): string => typed.replaceAll(/[\s-]/g, '').toUpperCase();

/** Tries that a refusal says are left, if it does. */
export const triesLeft = (problem: Problem): number | null => {
  const left = problem.body['triesLeft'];
  return typeof left === 'number' && left >= 0 ? left : null;
};
