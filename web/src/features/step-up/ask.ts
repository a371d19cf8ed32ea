import type { Problem } from '#lib/problem.ts';
import { signal } from '#lib/signal.ts';

export interface Asked {
  /** What the server accepts: password, totp, sms, webauthn, backup. */
  factors: readonly string[];
  /** With true once there is a fresh proof, with false when the person gave up. */
  settle: (proven: boolean) => void;
}
/** The question that is open, if any; the dialog shows it. */
export const asked = signal<Asked | null>(null);
let open: Promise<boolean> | null = null;

/**
 * Asks the person for a fresh proof. Calls that are refused meanwhile wait for the same answer: one dialog, one code, and then
 * each of them is made again.
 */
export function askForProof(problem: Problem): Promise<boolean> {
  if (open) return open;
  const factors = problem.body['factors'];
  open = new Promise<boolean>((settle) => {
    asked.set({ factors: Array.isArray(factors) ? factors.map(String) : ['password'], settle });
  }).finally(() => {
    open = null;
    asked.set(null);
  });
  return open;
}
