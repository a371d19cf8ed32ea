import type { Actor } from './context.ts';
import { Problem } from './problem.ts';

const isSecond = (factor: string): boolean => factor !== 'password';

/**
 * Throws `step-up-required` unless the caller's session was proven within so many seconds, and by a second factor when the person has
 * one: a device that they trust, or a stolen password, is not enough. Keys and parts of the system have no session to prove.
 */
export function requireProof({ proof }: Pick<Actor, 'proof'>, maxAgeSeconds: number, what: string, now: Date): void {
  if (proof === undefined) return;
  const second = proof.factors.filter(isSecond);
  const isFresh = now.getTime() - proof.at.getTime() <= maxAgeSeconds * 1000;
  if (isFresh && (proof.level === 2 || second.length === 0)) return;
  throw new Problem(
    'step-up-required',
    `${what} needs a proof of who you are that is no older than ${maxAgeSeconds / 60} minutes. Prove it once more (auth.stepUp).`,
    { factors: second.length > 0 ? second : proof.factors, maxAgeSeconds },
  );
}

/** Does the person have a second factor? */
export const hasSecondFactor = ({ proof }: Pick<Actor, 'proof'>): boolean => proof?.factors.some(isSecond) ?? false;
