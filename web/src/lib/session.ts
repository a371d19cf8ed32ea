import { queryOptions, useQuery } from '@tanstack/react-query';
import { request, workIn } from './api.ts';
import { queryClient } from './query.ts';
import type { Me } from './types.ts';

async function me(signal: AbortSignal): Promise<Me> {
  const found = await request<Me>('GET', '/me', { signal });
  workIn(found.tenant.slug);
  return found;
}
export const meQuery = queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => me(signal), staleTime: 60_000 });

export interface SignedIn {
  user: { id: string; email: string; name: string };
  tenant: { id: string; slug: string; name: string };
  expiresAt: string;
}
export function signIn(email: string, password: string): Promise<SignedIn> {
  workIn(null);
  return request<SignedIn>('POST', '/auth/login', { body: { email, password, tokenType: 'cookie' } });
}

export async function signOut(): Promise<void> {
  await request('POST', '/auth/logout', { body: {} });
  queryClient.clear();
}

/** The session works in another tenant from now on; the page has to be loaded anew. */
export const switchTenant = (tenantId: string): Promise<unknown> => request('POST', '/auth/switch-tenant', { body: { tenantId } });

/** `servers:*`, `*:read` and `*` against `servers:create`. The server decides; this only spares people a refusal. */
export function permits(patterns: readonly string[], permission: string): boolean {
  const [resource, action] = permission.split(':');
  return patterns.some((pattern) => {
    if (pattern === '*' || pattern === permission) return true;
    const [r, a] = pattern.split(':');
    return (r === '*' || r === resource) && (a === '*' || a === action);
  });
}

/** The signed-in person; pages below the shell always have one. */
export const useMe = (): Me => {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error('useMe is used outside the signed-in pages');
  return data;
};
export const useCan = (permission: string): boolean => permits(useMe().permissions, permission);

/** Where to go after sign-in: only a path of this site, so a link cannot lead elsewhere. */
export const safeReturn = (to: unknown): string => (typeof to === 'string' && /^\/(?![/\\])/.test(to) && !to.startsWith('/login') ? to : '/');
