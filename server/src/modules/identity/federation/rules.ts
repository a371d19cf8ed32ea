import { createHash } from 'node:crypto';
import type { RoleMapping } from './types.ts';

/** Milliseconds, and bytes of randomness (platform.md 19, governance.md 3.2). */
export const FLOW = { life: 600_000, codeLife: 120_000, randomBytes: 32 } as const;
/** Browsers and servers agree on addresses of about this length. */
const MAX_RETURN = 1_500;

/**
 * A path on our own site, or `/`. What looks relative but leads elsewhere (`//evil.example`, `/\evil.example`, `/..//evil.example`)
 * does not survive: it is read as a browser reads it and judged afterwards.
 */
export function safeReturnTo(text: string | undefined): string {
  if (text === undefined || text.length > MAX_RETURN || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(text)) return '/';
  const base = 'https://own.invalid';
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
  if (url?.origin !== base || url.pathname.startsWith('//') || /^\/(api|auth\/oauth)(\/|$)/.test(url.pathname)) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}

/** Hash that an algorithm's `at_hash` is made with (OpenID Connect Core 3.1.3.6); Ed25519 signs over SHA-512. */
const digestOf = (algorithm: string): string =>
  ({ 256: 'sha256', 384: 'sha384', 512: 'sha512' })[algorithm.slice(-3)] ?? (algorithm === 'EdDSA' || algorithm === 'Ed25519' ? 'sha512' : 'sha256');

/** The left half of the hash of an access token, in base64url. */
export function leftHash(algorithm: string, token: string): string {
  const digest = createHash(digestOf(algorithm)).update(token, 'ascii').digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}

/** `user@Example.org` → `example.org`. */
export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase();

/** Booleans that some providers send as text. */
export const isTrue = (value: unknown): boolean => value === true || value === 'true';
export const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null);
export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : typeof value === 'string' ? [value] : [];

const CONTROL = /[\p{Cc}\p{Cf}]/gu;
/** A name as it may be shown: one line, of a length that fits. */
export const shownName = (...candidates: (string | null)[]): string =>
  candidates.map((one) => one?.replaceAll(CONTROL, '').trim().slice(0, 100)).find((one) => one) ?? 'Unnamed';

/** The claim may lie deeper (`realm_access.roles`), or have dots in its own name. */
export function claimAt(claims: Record<string, unknown>, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path
    .split('.')
    .reduce<unknown>(
      (found, key) =>
        found !== null && typeof found === 'object' && Object.hasOwn(found, key) ? (found as Record<string, unknown>)[key] : undefined,
      claims,
    );
}

/** Roles that somebody's groups stand for; the same role and scope once. */
export function mappedRoles(mapping: readonly RoleMapping[], groups: readonly string[]): RoleMapping[] {
  const held = new Set(groups);
  const found = mapping.filter(({ value }) => held.has(value));
  return [...new Map(found.map((one) => [JSON.stringify([one.roleId, one.scope]), one])).values()];
}

/** Methods of RFC 8176 that by themselves say "more than one factor". */
const MULTI = new Set(['mfa']);

/** Did the provider ask for two factors, as far as it says? `acrValues` are those that the tenant counts as such. */
export const saysTwoFactors = ({ amr, acr }: { amr: readonly string[]; acr: string | null }, acrValues: readonly string[]): boolean =>
  amr.some((one) => MULTI.has(one)) || (acr !== null && acrValues.includes(acr));
