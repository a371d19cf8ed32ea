import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Group, Permission, Role, RoleDetail } from '#features/settings/types.ts';
import { request, type Query } from '#lib/api.ts';
import { useCan } from '#lib/session.ts';
import type { Named, Page } from '#lib/types.ts';

/** All that a list holds: for choices and trees, where a part would mislead. */
export async function everything<T>(path: string, query: Query, signal: AbortSignal): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await request<Page<T>>('GET', path, { query: { ...query, limit: 200, cursor }, signal });
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}

export const rolesQuery = queryOptions({ queryKey: ['/roles', 'all'], queryFn: ({ signal }) => everything<Role>('/roles', {}, signal) });
export const roleQuery = (id: string) =>
  queryOptions({ queryKey: ['/roles', 'one', id], queryFn: ({ signal }) => request<RoleDetail>('GET', `/roles/${id}`, { signal }) });
export const permissionsQuery = queryOptions({
  queryKey: ['/permissions'],
  queryFn: ({ signal }) => request<{ items: Permission[] }>('GET', '/permissions', { signal }).then(({ items }) => items),
  // It follows the release of the server.
  staleTime: 3_600_000,
});
export const groupsQuery = queryOptions({ queryKey: ['/groups', 'all'], queryFn: ({ signal }) => everything<Group>('/groups', {}, signal) });

/** Resource groups, for those who may see them; nobody else is asked to choose one. */
export const useGroups = (): readonly Group[] => useQuery({ ...groupsQuery, enabled: useCan('groups:read') }).data ?? [];

interface Kind {
  /** What the server calls it in a Scope. */
  type: string;
  path: string;
  permission: string;
}
/** Kinds of resource that a Scope can name one by one. */
export const KINDS: readonly Kind[] = [
  { type: 'server', path: '/servers', permission: 'servers:read' },
  { type: 'dnsZone', path: '/dns/zones', permission: 'dns:read' },
  { type: 'cloud', path: '/cloud-providers', permission: 'clouds:read' },
];

export interface Resource extends Named {
  environment?: string | null;
}
const NONE: Kind = { type: '', path: '', permission: '' };
/** Resources of a kind by name: the first 200. Others are named by their id. */
export function useResources(type: string): { items: readonly Resource[]; loading: boolean } {
  const kind = KINDS.find((one) => one.type === type) ?? NONE;
  const may = useCan(kind.permission || 'none:none');
  const enabled = kind !== NONE && may;
  const { data, isFetching } = useQuery({
    queryKey: [kind.path, 'choices'],
    queryFn: ({ signal }) => request<Page<Resource>>('GET', kind.path, { query: { limit: 200 }, signal }).then(({ items }) => items),
    enabled,
  });
  return { items: data ?? [], loading: enabled && isFetching };
}
