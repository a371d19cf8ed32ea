import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from './api.ts';
import { queryClient } from './query.ts';
import type { Me } from './types.ts';

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => request<Me>('GET', '/me', { signal }), staleTime: 60_000 });

export interface SignedIn {
  user: { id: string; email: string; name: string };
  tenant: { id: string; slug: string; name: string };
  expiresAt: string;
}
export const signIn = (email: string, password: string): Promise<SignedIn> =>
  request<SignedIn>('POST', '/auth/login', { body: { email, password, tokenType: 'cookie' } });

export async function signOut(): Promise<void> {
  await request('POST', '/auth/logout', { body: {} });
  queryClient.clear();
}

/** Everything that was read belonged to the other tenant, so all of it goes. */
export async function switchTenant(tenantId: string): Promise<void> {
  await request('POST', '/auth/switch-tenant', { body: { tenantId } });
  queryClient.clear();
}

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
