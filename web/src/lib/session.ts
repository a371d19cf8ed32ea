import { queryOptions, useQuery } from '@tanstack/react-query';
import { request, workIn } from './api.ts';
import { queryClient } from './query.ts';
import { signal as shared } from './signal.ts';
import type { Me, Tenant } from './types.ts';

async function me(signal: AbortSignal | undefined, quiet = false): Promise<Me> {
  const found = await request<Me>('GET', '/me', { signal, quiet });
  workIn(found.tenant?.slug ?? null);
  return found;
}
export const meQuery = queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => me(signal), staleTime: 60_000 });

/** The same at the door, where nobody being signed in is no news. */
export const meAtDoor = queryOptions({ ...meQuery, queryFn: ({ signal }) => me(signal, true) });
/** The person, or null when nobody is signed in; for pages that serve both. */
export const visitor = (): Promise<Me | null> => queryClient.fetchQuery(meAtDoor).catch(() => null);

/** What counts as a second factor at sign-in. */
export type Factor = 'totp' | 'sms' | 'webauthn' | 'backup';
export interface SignedIn {
  status: 'signed-in';
  user: { id: string; email: string; name: string };
  tenant: Tenant | null;
  tenants: Tenant[];
}
export interface SecondFactorAsked {
  status: 'mfa-required';
  challengeId: string;
  factors: Factor[];
  expiresAt: string;
}
/** How every way of signing in answers. */
export type SignInAnswer = SignedIn | SecondFactorAsked;

/** True while signing out: calls that are refused meanwhile are no news. */
export const leaving = shared(false);
/** Ends the session, here and at the provider it came from. A new document: nothing that was read stays in memory. */
export async function signOut(then = '/login'): Promise<void> {
  leaving.set(true);
  const { endSessionUrl } = await request<{ endSessionUrl: string | null }>('POST', '/auth/logout', { body: {} }).catch((error: unknown) => {
    leaving.set(false);
    throw error;
  });
  location.assign(endSessionUrl ?? then);
}

/** The session works in another tenant from now on; the page has to be loaded anew. */
export const switchTenant = (tenantId: string): Promise<unknown> => request('POST', '/auth/switch-tenant', { body: { tenantId } });

/** True from the moment a call was refused until a second factor is set up. */
export const enrolmentOnly = shared(false);

/** `servers:*`, `*:read` and `*` against `servers:create`. The server decides; this only spares people a refusal. */
export function permits(patterns: readonly string[], permission: string): boolean {
  const [resource, action] = permission.split(':');
  return patterns.some((pattern) => {
    if (pattern === '*' || pattern === permission) return true;
    const [r, a] = pattern.split(':');
    return (r === '*' || r === resource) && (a === '*' || a === action);
  });
}

/** The signed-in person at work in a tenant; pages below the shell always have both. */
export const useMe = (): Me & { tenant: Tenant } => {
  const { data } = useQuery(meQuery);
  if (!data?.tenant) throw new Error('useMe is used outside the signed-in pages');
  return data as Me & { tenant: Tenant };
};
export const useCan = (permission: string): boolean => permits(useMe().permissions, permission);

/**
 * Where to go after sign-in: only a path of this site, so a link cannot lead elsewhere. It is judged as the browser will read it, which
 * passes over tabs and line breaks: `/<tab>/evil.example` is another site's address.
 */
export function safeReturn(to: unknown): string {
  if (typeof to !== 'string' || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(to) || !URL.canParse(to, location.origin)) return '/';
  const { origin, pathname, search, hash } = new URL(to, location.origin);
  return origin !== location.origin || pathname.startsWith('//') || pathname.startsWith('/login') ? '/' : pathname + search + hash;
}
