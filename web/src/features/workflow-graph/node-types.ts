import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import type { NodeTypeInfo } from './types.ts';

/** Every type of node that this installation knows; it changes with its version only. */
const nodeTypesQuery = queryOptions({
  queryKey: ['/node-types'],
  queryFn: ({ signal }) => request<{ items: NodeTypeInfo[] }>('GET', '/node-types', { signal }),
  staleTime: 600_000,
  select: ({ items }) => new Map(items.map((type) => [type.type, type])) as ReadonlyMap<string, NodeTypeInfo>,
});

const NONE: ReadonlyMap<string, NodeTypeInfo> = new Map();
/** By name; empty until they are here, and graphs are drawn all the same. */
export const useNodeTypes = (): ReadonlyMap<string, NodeTypeInfo> => useQuery(nodeTypesQuery).data ?? NONE;
