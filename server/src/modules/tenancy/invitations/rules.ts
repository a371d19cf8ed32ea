import { Problem } from '#kernel/problem.ts';

/** `a•••@acme.example`: enough to recognise one's own address, too little to learn somebody else's. */
export function maskedAddress(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, at > 2 ? 1 : 0)}•••${email.slice(at)}`;
}

/** One answer for unknown, expired, used and revoked: who guesses tokens learns nothing. */
export const notGood = (): Problem =>
  new Problem('invitation-invalid', 'This invitation is not good: it is unknown, over, used or withdrawn. Ask for a new one.');
