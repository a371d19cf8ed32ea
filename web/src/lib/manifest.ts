import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from './api.ts';
import type { Manifest, ManifestOperation } from './schema.ts';

/** What this person may call; large, so it is read when first needed and kept. */
export const manifestQuery = queryOptions({
  queryKey: ['manifest'],
  queryFn: ({ signal }) => request<Manifest>('GET', '/manifest', { signal }),
  staleTime: 600_000,
  gcTime: Infinity,
});

const NONE: readonly ManifestOperation[] = [];
export const useOperations = (): readonly ManifestOperation[] => useQuery(manifestQuery).data?.operations ?? NONE;
