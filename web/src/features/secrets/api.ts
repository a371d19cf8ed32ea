import { queryOptions, useQuery } from '@tanstack/react-query';
import { request, type Query } from '#lib/api.ts';
import { useCan } from '#lib/session.ts';
import type { Page } from '#lib/types.ts';
import { WORKSPACE, type SecretsSearch } from './search.ts';
import type { Secret, SecretDetail, SecretVersion } from './types.ts';

/** First parts of the query keys that a changed secret or variable makes old. */
export const SECRET_LISTS = ['/secrets', '/env-vars'];

export const SOON_DAYS = 30;
/** The list's parameters. */
export const listQuery = ({ q, project, expiring, ...same }: SecretsSearch): Query => ({
  ...same,
  name: q,
  ...(project === WORKSPACE ? { scope: 'workspace' } : { project }),
  expiring: expiring ? SOON_DAYS : undefined,
});

export const secretQuery = (id: string) =>
  queryOptions({
    queryKey: ['/secrets', 'one', id],
    queryFn: ({ signal }) => request<SecretDetail>('GET', `/secrets/${id}`, { signal }),
  });
export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['/secrets', 'versions', id],
    queryFn: ({ signal }) => request<{ items: SecretVersion[] }>('GET', `/secrets/${id}/versions`, { signal }).then(({ items }) => items),
  });

const sorted = (values: Iterable<string>): string[] => [...new Set(values)].sort((a, b) => a.localeCompare(b));

export interface Places {
  projects: readonly string[];
  environments: readonly string[];
  tags: readonly string[];
}
const NOWHERE: Places = { projects: [], environments: [], tags: [] };
const placesOf = (secrets: readonly Secret[]): Places => ({
  projects: sorted(secrets.flatMap(({ project }) => project ?? [])),
  environments: sorted(secrets.flatMap(({ environment }) => environment ?? [])),
  tags: sorted(secrets.flatMap(({ tags }) => Object.entries(tags).map(([key, value]) => (value ? `${key}=${value}` : key)))),
});
/** Where secrets and variables lie so far, to choose from; others can be typed. Of the first 200 of each. */
export function usePlaces(of: '/secrets' | '/env-vars' = '/secrets'): Places {
  const { data } = useQuery({
    queryKey: [of, 'places'],
    queryFn: ({ signal }) => request<Page<Secret>>('GET', of, { query: { limit: 200 }, signal }).then(({ items }) => placesOf(items)),
    staleTime: 60_000,
  });
  return data ?? NOWHERE;
}

/** Teams by slug and name, for those who may see them. */
export function useTeams(): readonly { slug: string; name: string }[] {
  const { data } = useQuery({
    queryKey: ['/teams', 'choices'],
    queryFn: ({ signal }) =>
      request<Page<{ slug: string; name: string }>>('GET', '/teams', { query: { limit: 200 }, signal }).then(({ items }) => items),
    enabled: useCan('teams:read'),
    staleTime: 60_000,
  });
  return data ?? [];
}
