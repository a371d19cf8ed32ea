import { PLAIN, type Methods } from './api.ts';

/** Looks like an address; the server has the last word. */
export const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@.]+$|^[^\s@]+@localhost$/.test(text);

export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1);

/** What the second step of signing in shows for an address. */
export type Next =
  /** Only the organisation's own way: go there at once. */
  | { kind: 'sso'; name: string; startUrl: string }
  | { kind: 'password'; sso: { name: string; startUrl: string } | null }
  /** Neither password nor organisation: providers or a passkey, if there are any. */
  | { kind: 'other' };

export function nextFor({ sso, password }: Methods = PLAIN): Next {
  if (sso && (sso.enforced || !password)) return { kind: 'sso', name: sso.name, startUrl: sso.startUrl };
  if (password) return { kind: 'password', sso };
  return { kind: 'other' };
}
